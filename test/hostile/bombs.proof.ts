import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Built, build } from '../cli/built.js';
import { contents, temporaryFolder } from '../output/folder.js';
import { BOMBS } from './bombs.js';
import { type Measured, runSmall } from './child.js';

// Each in a program of its own, with half a gigabyte of memory.

let built: Built;

beforeAll(async () => {
  built = await build();
});

afterAll(() => built.remove());

async function generate(folder: string, ...more: readonly string[]): Promise<Measured> {
  return runSmall(built.program, folder, 'generate', 'acme.yaml', '-o', 'out', ...more);
}

describe.each(Object.entries(BOMBS))('%s', (_, { codes, text }) => {
  test('end with a problem that has a code and a place, and write nothing', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'acme.yaml'), text());
    const before = [...(await contents(folder)).keys()];
    const { exit, stderr } = await generate(folder);
    expect(exit, stderr.slice(0, 500)).toBe(1);
    expect(stderr).toMatch(new RegExp(`^error (?:${codes.join('|')}) acme\\.yaml:\\d+:\\d+ `, 'm'));
    expect([...(await contents(folder)).keys()]).toEqual(before);
  });

  test('end where only the operations are wanted', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'acme.yaml'), text());
    const { exit, stderr } = await generate(folder, '--native-only');
    expect([0, 1], stderr.slice(0, 500)).toContain(exit);
    if (exit === 1) expect(stderr).toMatch(/^error R\d{3} acme\.yaml:\d+:\d+ /m);
  });
});

test('a file of 200 megabytes is refused before it is read', async () => {
  const folder = await temporaryFolder();
  const file = await open(path.join(folder, 'acme.yaml'), 'w');
  await file.truncate(200 * 1024 * 1024);
  await file.close();
  const { exit, stderr } = await generate(folder);
  expect(exit).toBe(1);
  expect(stderr).toMatch(/^error R004 acme\.yaml:1:1 acme\.yaml is larger than /m);
});

test.skipIf(process.platform === 'win32')('a device that never ends is no file', async () => {
  const folder = await temporaryFolder();
  const { exit, stderr } = await runSmall(built.program, folder, 'generate', '/dev/zero', '-o', 'out');
  expect(exit).toBe(1);
  expect(stderr).toMatch(/^error R001 \S*\/dev\/zero cannot be read \(no file\)$/m);
});
