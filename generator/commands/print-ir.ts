import { printableJson } from '../printable.js';
import type { GenerateOptions } from '../program.js';
import { EXIT, type Exit, type Terminal } from '../terminal.js';
import { compileTask } from './compile-task.js';
import { type Task, UsageError } from './task.js';

/** `refundgen generate --print ir`. */
export async function printIr(terminal: Terminal, task: Task, options: GenerateOptions): Promise<Exit> {
  if (options.print !== 'ir') throw new UsageError(`--print takes ir, not ${options.print}.`);
  const compiled = await compileTask(terminal, task, options);
  if (compiled === undefined) return EXIT.problems;
  const printed = options.nativeOnly === true ? compiled.natives : compiled.apis;
  terminal.print(printableJson(Object.fromEntries(printed.map((api) => [api.provider.id, api]))));
  return EXIT.done;
}
