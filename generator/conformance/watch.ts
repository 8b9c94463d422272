import { setTimeout as wait } from 'node:timers/promises';
import { type Violation, violation } from './laws.js';

/** What keeps a process from ending. */
const HANDLES = ['TCPSocketWrap', 'TCPServerWrap', 'Timeout'];
const PATIENCE = 50;
const PAUSE_MS = 100;

/** Watches the process while something runs: it must leave no open handle and no unhandled rejection. */
export async function watched<T>(
  run: () => Promise<T>,
): Promise<{ readonly value: T; readonly violations: Violation[] }> {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => {
    rejections.push(reason);
  };
  process.on('unhandledRejection', note);
  const before = openHandles();
  try {
    const value = await run();
    const left = await leftOpen(before);
    return {
      value,
      violations: [
        ...rejections.map((reason) => violation('ends', `an unhandled rejection: ${String(reason)}`)),
        ...(left <= 0 ? [] : [violation('ends', `${left} handles are still open`)]),
      ],
    };
  } finally {
    process.off('unhandledRejection', note);
  }
}

/** Handles close in their own time: only what stays counts. */
async function leftOpen(before: number): Promise<number> {
  for (let tries = 0; tries < PATIENCE && openHandles() > before; tries += 1) await wait(PAUSE_MS);
  return openHandles() - before;
}

function openHandles(): number {
  return process.getActiveResourcesInfo().filter((resource) => HANDLES.includes(resource)).length;
}
