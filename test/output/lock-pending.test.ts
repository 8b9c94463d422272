import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../generator/generated-file.js';
import { printLock, printPendingLock } from '../../generator/output/lock.js';
import { readLock } from '../../generator/output/read-lock.js';
import { failuresOf, generated, put, temporaryFolder, valueFrom } from './folder.js';

const HASH = 'a'.repeat(64);

async function readLockOf(text: string) {
  const folder = await temporaryFolder();
  await put(folder, 'refundgen.lock', text);
  return readLock(folder);
}

function texts(...files: readonly ReturnType<typeof generated>[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}

describe('a lock that is pending', () => {
  const OLD = [generated('a.ts', 'old'), generated('b.ts', 'same'), generated('gone.ts', 'old')];
  const NEW = [generated('a.ts', 'new'), generated('b.ts', 'same'), generated('c.ts', 'new')];

  it('has what was there, and what will be', async () => {
    const old = valueFrom(await readLockOf(printLock(OLD)));
    const lock = valueFrom(await readLockOf(printPendingLock(old, NEW, texts(...OLD))));
    expect(lock?.files).toEqual(old?.files);
    expect([...(lock?.pending ?? [])]).toEqual([
      ['a.ts', fingerprint(generated('', 'new').text)],
      ['c.ts', fingerprint(generated('', 'new').text)],
    ]);
  });

  it('is a lock like another where nothing is pending', () => {
    expect(printPendingLock(undefined, [], new Map())).toBe(printLock([]));
  });

  it('tells what a run before it has come to from what it has not, and keeps what was edited apart', async () => {
    const old = valueFrom(await readLockOf(printLock(OLD)));
    const first = valueFrom(await readLockOf(printPendingLock(old, NEW, texts(...OLD))));
    const onDisk = texts(generated('a.ts', 'new'), generated('b.ts', 'edited'), generated('gone.ts', 'old'));
    const third = [generated('a.ts', 'third'), generated('b.ts', 'same')];
    const lock = valueFrom(await readLockOf(printPendingLock(first, third, onDisk)));
    expect(lock?.files).toEqual(
      new Map([
        ['a.ts', fingerprint(generated('', 'new').text)],
        ['b.ts', fingerprint(generated('', 'same').text)],
        ['c.ts', fingerprint(generated('', 'new').text)],
        ['gone.ts', fingerprint(generated('', 'old').text)],
      ]),
    );
    expect([...(lock?.pending.keys() ?? [])]).toEqual(['a.ts']);
  });

  it.each([
    ['[]', 'has pending files that are no object'],
    ['{"a.ts":1}', 'has no SHA-256 for "a.ts"'],
    [`{"../a.ts":"${HASH}"}`, 'has "../a.ts", which is no path'],
  ])('%s is refused', async (text, reason) => {
    const [message = ''] = failuresOf(await readLockOf(`{"lockVersion":1,"files":{},"pending":${text}}`));
    expect(message).toContain(reason);
  });
});
