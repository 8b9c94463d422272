import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { claims, openWorkshop, textsIn, type Workshop } from './versions.js';

let workshop: Workshop;
let output: string;
const undo: (() => void)[] = [];

beforeAll(async () => {
  workshop = await openWorkshop();
  output = path.join(workshop.folder, 'out');
});

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) step();
  await rm(output, { recursive: true, force: true });
});

afterAll(() => workshop.remove());

function asRoot(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: 'ignore' });
}

function can(program: string, ...args: readonly string[]): boolean {
  try {
    asRoot(program, ...args);
    return true;
  } catch {
    return false;
  }
}

/** What this machine lets a test do: a disk of its own is for root, and not in every container. */
async function abilities(): Promise<{ mount: boolean; fix: boolean }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'refundgen-able-'));
  const mount = can('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder) && can('umount', folder);
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  const fix = can('chattr', '+i', file) && can('chattr', '-i', file);
  await rm(folder, { recursive: true });
  return { mount, fix };
}

const able = await abilities();

/** The first version on a small disk, and a rest of it that the second one does not fit into. */
async function onSmallDisk(): Promise<void> {
  await mkdir(output);
  asRoot('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', output);
  undo.push(() => asRoot('umount', output));
  expect((await workshop.generate('first', 'out')).exit).toBe(0);
}

async function expectOld(problem: RegExp): Promise<void> {
  const { exit, stderr, stdout } = await workshop.generate('second', 'out');
  expect({ exit, stderr, stdout }).toEqual({ exit: 1, stderr: expect.stringMatching(problem), stdout: '' });
  expect(stderr).toContain('No file of the output was changed.');
  expect(await textsIn(output)).toEqual(workshop.wanted.first);
  expect(await claims(output)).toEqual([]);
}

async function expectRepaired(): Promise<void> {
  expect(await workshop.generate('second', 'out')).toMatchObject({ exit: 0, stderr: '' });
  expect(await textsIn(output)).toEqual(workshop.wanted.second);
}

describe.skipIf(!able.mount)('the command line on a disk of its own (skipped where nobody may mount one)', () => {
  test('keeps the old output when the disk is full', async () => {
    await onSmallDisk();
    for (const left of ['20', '12', '4', '0']) {
      const fill = `dd if=/dev/zero of=fill bs=1k 2>/dev/null; truncate -s -${left}k fill`;
      execFileSync('sh', ['-c', fill], { cwd: output });
      const before = workshop.wanted.first;
      const { exit, stderr } = await workshop.generate('second', 'out');
      await rm(path.join(output, 'fill'));
      expect({ left, exit, stderr }).toEqual({ left, exit: 1, stderr: expect.stringMatching(/R052 .*\(ENOSPC\)/) });
      expect(stderr).toContain('No file of the output was changed.');
      expect(await textsIn(output)).toEqual(before);
      expect(await claims(output)).toEqual([]);
    }
    await expectRepaired();
  });

  test('keeps the old output when the disk is read-only', async () => {
    await onSmallDisk();
    asRoot('mount', '-o', 'remount,ro', output);
    await expectOld(/R052 out cannot be written \(EROFS\)/);
    expect(await workshop.generate('first', 'out')).toMatchObject({ exit: 0, stderr: '' });
    asRoot('mount', '-o', 'remount,rw', output);
    await expectRepaired();
  });

  test('keeps the old output when a folder in it is read-only', async () => {
    expect((await workshop.generate('first', 'out')).exit).toBe(0);
    const acme = path.join(output, 'acme');
    asRoot('mount', '--bind', acme, acme);
    undo.push(() => asRoot('umount', acme));
    asRoot('mount', '-o', 'remount,bind,ro', acme);
    await expectOld(/R052 out\/acme\/\w+\.ts cannot be written \(EROFS\)/);
  });
});

describe.skipIf(!able.fix)('the command line with files that are fixed (skipped where nobody may fix them)', () => {
  test.each(['.', 'acme', 'acme/client.ts', 'beta/types.ts', 'refundgen.lock'])(
    'at %s keeps the old output',
    async (at) => {
      expect((await workshop.generate('first', 'out')).exit).toBe(0);
      const file = path.join(output, at);
      asRoot('chattr', '+i', file);
      undo.push(() => can('chattr', '-i', file));
      await expectOld(/R052 .* cannot be written \(EPERM\)/);
      asRoot('chattr', '-i', file);
      await expectRepaired();
    },
  );
});

describe('the command line with an output folder that is a link', () => {
  test('writes to what it leads to, and leaves the link', async () => {
    await mkdir(path.join(workshop.folder, 'real'));
    await symlink('real', output);
    for (const version of ['first', 'second'] as const) {
      expect(await workshop.generate(version, 'out')).toMatchObject({ exit: 0, stderr: '' });
      expect(await textsIn(path.join(workshop.folder, 'real'))).toEqual(workshop.wanted[version]);
      expect((await workshop.check(version, 'out')).exit).toBe(0);
    }
  });

  test('to nothing is a problem', async () => {
    await symlink('nowhere', output);
    const { exit, stderr } = await workshop.generate('first', 'out');
    expect({ exit, stderr }).toEqual({
      exit: 1,
      stderr: expect.stringMatching(/R052 out.* cannot be written \(E\w+\)/),
    });
  });
});
