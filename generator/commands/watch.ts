import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch as watchFiles } from 'chokidar';
import { toAddresses } from '../build/recorded.js';
import { findConfig, type PlannedProvider } from '../config.js';
import { isUrl } from '../load/url.js';
import { readLock } from '../output/read-lock.js';
import type { GenerateOptions } from '../program.js';
import type { Exit, Terminal } from '../terminal.js';
import { type Ended, generate } from './generate.js';

/** An editor writes a file in several steps. */
const SETTLE = 100;

/**
 * `refundgen generate --watch`: generates again whenever a spec, an overlay or the configuration changes, until it is
 * stopped. A mistake in one of them is reported, and waited out.
 *
 * @param signal - ends it.
 */
export async function watch(
  terminal: Terminal,
  specs: readonly string[],
  options: GenerateOptions,
  signal?: AbortSignal,
): Promise<Exit> {
  // Found once: a configuration that is gone for a moment is a mistake to wait out, and no wrong usage.
  const config = options.config ?? (specs.length > 0 ? undefined : findConfig(process.cwd()));
  const given = { ...options, ...(config !== undefined && { config }) };
  let ended = await generate(terminal, specs, given);
  const watcher = watchFiles([...(await filesOf(ended, specs, given))], { ignoreInitial: true });
  let wake = (): void => undefined;
  let changed = new Promise<void>((resolve) => {
    wake = resolve;
  });
  watcher.on('all', () => wake());
  signal?.addEventListener('abort', () => wake());
  const ready = new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  try {
    while (signal?.aborted !== true) {
      await ready;
      terminal.printError('Waiting for changes.');
      await changed;
      await sleep(SETTLE);
      // What changes from here on may have been read before: it counts again.
      changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      ended = await generate(terminal, specs, given);
      watcher.add([...(await filesOf(ended, specs, given))]);
    }
    return ended.exit;
  } finally {
    await watcher.close();
  }
}

/** All files whose change may make another output, also those that are wrong or not there yet. */
async function filesOf(
  { problems, task }: Ended,
  specs: readonly string[],
  { config }: GenerateOptions,
): Promise<ReadonlySet<string>> {
  const named = [
    ...specs,
    ...(config === undefined ? [] : [config]),
    ...(task?.config === undefined ? [] : [task.config]),
  ];
  const wrong = problems.flatMap(({ location }) => (location === undefined ? [] : [location.file]));
  const planned = task?.plan.inputs.flatMap(entriesOf) ?? [];
  const lock = task === undefined ? undefined : readLock(task.plan.output);
  const locked = lock?.ok === true ? [...(lock.value?.made.providers.values() ?? [])] : [];
  const output = task?.plan.output ?? '';
  const read = locked.flatMap(({ inputs }) => [...toAddresses(inputs, output).keys()]);
  const files = [...named, ...wrong, ...planned, ...read].filter((file) => !isUrl(file) && !file.startsWith('pack:'));
  return new Set(files.map((file) => path.resolve(file)));
}

/** An overlay beside the spec counts as soon as it is there. */
function entriesOf({ overlay, overlays, spec }: PlannedProvider): readonly string[] {
  const stem = spec.slice(0, spec.length - path.extname(spec).length);
  const beside = isUrl(spec) ? [] : ['yaml', 'yml', 'json'].map((extension) => `${stem}.overlay.${extension}`);
  return [spec, ...(overlays ?? (overlay === undefined ? [] : [overlay])), ...beside];
}
