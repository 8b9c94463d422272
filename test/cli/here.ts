import { vi } from 'vitest';
import { main } from '../../generator/cli.js';
import type { Ended } from './built.js';

/** Runs the command line in this process, as if it stood in a folder: starting a program takes far longer. */
export async function runHere(folder: string, ...args: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const spies = [
    vi.spyOn(process, 'cwd').mockReturnValue(folder),
    ...(['stdout', 'stderr'] as const).map((stream) =>
      vi.spyOn(process[stream], 'write').mockImplementation((text) => {
        said[stream] += String(text);
        return true;
      }),
    ),
  ];
  try {
    return { exit: await main(args), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
