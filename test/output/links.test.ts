import { access, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../generator/generated-file.js';
import { printLock } from '../../generator/output/lock.js';
import { claimName } from '../../generator/output/output-path.js';
import { writeOutput } from '../../generator/output/write.js';
import { contents, failuresOf, generated, names, put, read, temporaryFolder, valueFrom } from './folder.js';

const CLIENT = generated('piriod/client.ts');
const FILES = [CLIENT, generated('piriod/types.ts'), generated('stripe/client.ts'), generated('index.ts')];

describe('the way out of the output folder', () => {
  it('is not in a lock', async () => {
    const parent = await temporaryFolder();
    const folder = path.join(parent, 'out');
    await put(parent, 'precious.ts', 'precious');
    const paths = ['../precious.ts', path.join(parent, 'precious.ts'), 'a/../../precious.ts', '..\\precious.ts'];
    for (const hostile of paths) {
      const lock = { lockVersion: 1, files: { [hostile]: fingerprint('precious') } };
      await put(folder, 'refundgen.lock', JSON.stringify(lock));
      const before = await contents(parent);
      expect(failuresOf(await writeOutput(folder, FILES))).toEqual([expect.stringMatching(/^R053 /)]);
      expect(await contents(parent)).toEqual(before);
    }
  });

  it('is not a folder that is a link', async () => {
    const parent = await temporaryFolder();
    const folder = path.join(parent, 'out');
    await mkdir(path.join(parent, 'elsewhere'));
    await mkdir(folder);
    await symlink('../elsewhere', path.join(folder, 'piriod'));
    const before = await contents(parent);
    expect(failuresOf(await writeOutput(folder, FILES))).toEqual([
      expect.stringMatching(/^R052 error .*\/out\/piriod is a symbolic link that leads out of the output folder$/),
    ]);
    expect(await contents(parent)).toEqual(before);
  });

  it('is not a link to the folder above', async () => {
    const parent = await temporaryFolder();
    const folder = path.join(parent, 'out');
    await mkdir(folder);
    await symlink('..', path.join(folder, 'piriod'));
    expect(failuresOf(await writeOutput(folder, [CLIENT]))).toEqual([expect.stringMatching(/^R052 .* symbolic link/)]);
    expect(await names(parent)).toEqual(['out', 'out/piriod']);
  });

  it('is not a link for what is removed', async () => {
    const parent = await temporaryFolder();
    const folder = path.join(parent, 'out');
    await put(parent, 'elsewhere/client.ts', CLIENT.text);
    await put(folder, 'refundgen.lock', printLock([CLIENT]));
    await symlink('../elsewhere', path.join(folder, 'piriod'));
    const before = await contents(parent);
    expect(failuresOf(await writeOutput(folder, []))).toEqual([
      expect.stringMatching(/^R052 .*\/out\/piriod is a sym/),
    ]);
    expect(await contents(parent)).toEqual(before);
  });

  it('is not a link that has the name of what a killed run left', async () => {
    const parent = await temporaryFolder();
    const folder = path.join(parent, 'out');
    await put(parent, 'elsewhere/1', 'precious');
    await mkdir(folder);
    await symlink('../elsewhere', path.join(folder, claimName(999_999_999, '0'.repeat(16))));
    valueFrom(await writeOutput(folder, [CLIENT]));
    expect(await read(parent, 'elsewhere/1')).toBe('precious');
  });

  it.each(['piriod/client.ts', 'refundgen.lock'])(
    'is not a link at %s, whether or not something is there',
    async (file) => {
      const parent = await temporaryFolder();
      const folder = path.join(parent, 'out');
      await mkdir(path.join(folder, 'piriod'), { recursive: true });
      await symlink(path.join(parent, 'precious'), path.join(folder, file));
      expect(failuresOf(await writeOutput(folder, [CLIENT]))).toEqual([
        expect.stringMatching(/^R052 .* symbolic link/),
      ]);
      await expect(access(path.join(parent, 'precious'))).rejects.toThrow();

      await put(parent, 'precious', file === 'refundgen.lock' ? printLock([]) : generated('', 'other').text);
      const before = await contents(parent);
      expect(failuresOf(await writeOutput(folder, [CLIENT]))).toEqual([
        expect.stringMatching(/^R052 .* symbolic link/),
      ]);
      expect(await contents(parent)).toEqual(before);
    },
  );

  it('may be the output folder itself, and links that stay inside may be used', async () => {
    const parent = await temporaryFolder();
    await mkdir(path.join(parent, 'real/providers'), { recursive: true });
    await symlink('real', path.join(parent, 'out'));
    await symlink('providers', path.join(parent, 'real/piriod'));
    valueFrom(await writeOutput(path.join(parent, 'out'), [CLIENT]));
    expect(await read(parent, 'real/providers/client.ts')).toBe(CLIENT.text);
  });

  it('is not a link to a device, which is not even read', async () => {
    const folder = await temporaryFolder();
    await symlink('/dev/null', path.join(folder, 'index.ts'));
    expect(failuresOf(await writeOutput(folder, FILES))).toEqual([
      expect.stringMatching(/^R052 .*\/index\.ts cannot be written \(EINVAL\)$/),
    ]);
  });

  it('is not a link that leads in circles', async () => {
    const folder = await temporaryFolder();
    await symlink('piriod', path.join(folder, 'piriod'));
    expect(failuresOf(await writeOutput(folder, [CLIENT]))).toEqual([
      expect.stringMatching(/^R052 .*cannot be written \(ELOOP\)$/),
    ]);
  });
});
