import { spawn } from 'node:child_process';
import path from 'node:path';

/** How a run of the command line ended, and what it took. */
export interface Measured {
  /** `null` where it was killed, or ran out of memory. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** So long that only what does not end is ended: how fast a machine is decides nothing. */
const KILL_AFTER = 1_200_000;
const MEGABYTES = 512;

/** Runs the built command line in a folder with little memory. */
export function runSmall(bin: string, folder: string, ...args: readonly string[]): Promise<Measured> {
  const child = spawn(process.execPath, [`--max-old-space-size=${MEGABYTES}`, path.resolve(bin), ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
    timeout: KILL_AFTER,
    killSignal: 'SIGKILL',
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, ...said }));
  });
}
