import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOutput } from '../../generator/output/check.js';
import { printLock } from '../../generator/output/lock.js';
import { writeOutput } from '../../generator/output/write.js';
import { contents, described, failuresOf, generated, names, put, read, temporaryFolder, valueFrom } from './folder.js';

const CLEAN = { missing: [], changed: [], orphaned: [] };
const PROVIDERS = ['adyen', 'piriod', 'stripe'];
const FILES = PROVIDERS.flatMap((id) => [generated(`${id}/client.ts`), generated(`${id}/types.ts`)]);

async function writtenFolder(): Promise<string> {
  const folder = await temporaryFolder();
  valueFrom(await writeOutput(folder, FILES));
  return folder;
}

describe('checkOutput', () => {
  it('finds nothing right after writing', async () => {
    expect(valueFrom(await checkOutput(await writtenFolder(), FILES))).toEqual(CLEAN);
  });

  it('finds what a cache has brought back: generated once, and in no lock', async () => {
    const folder = await writtenFolder();
    await put(folder, 'paypal/client.ts', generated('', 'old').text);
    await put(folder, 'paypal/types.ts', '// mine\n');
    await put(folder, 'paypal/notes.ts', generated('', 'old').text);
    expect(valueFrom(await checkOutput(folder, FILES))).toEqual({ ...CLEAN, orphaned: ['paypal/client.ts'] });
    const { ok, problems } = await writeOutput(folder, FILES);
    expect([ok, ...described(problems)]).toEqual([
      true,
      expect.stringMatching(
        /^R050 warning .*paypal\/client\.ts was generated once, and refundgen\.lock does not have it/,
      ),
    ]);
  });

  it('lists everything of every provider, sorted, the lock included', async () => {
    const folder = await writtenFolder();
    await rm(path.join(folder, 'stripe/types.ts'));
    await rm(path.join(folder, 'adyen/types.ts'));
    await put(folder, 'piriod/types.ts', generated('', 'edited').text);
    await put(folder, 'adyen/client.ts', '// mine\n');
    const wanted = [
      ...FILES.filter((file) => file.path !== 'stripe/client.ts' && file.path !== 'piriod/client.ts'),
      generated('zeta/client.ts'),
    ];
    expect(valueFrom(await checkOutput(folder, wanted))).toEqual({
      missing: ['adyen/types.ts', 'stripe/types.ts', 'zeta/client.ts'],
      changed: ['adyen/client.ts', 'piriod/types.ts', 'refundgen.lock'],
      orphaned: ['piriod/client.ts', 'stripe/client.ts'],
    });
  });

  it('lists edited orphans and files of somebody else too', async () => {
    const folder = await writtenFolder();
    await put(folder, 'piriod/types.ts', 'edited');
    await put(folder, 'zeta/client.ts', '// mine\n');
    const wanted = [...FILES.filter((file) => file.path !== 'piriod/types.ts'), generated('zeta/client.ts')];
    expect(valueFrom(await checkOutput(folder, wanted))).toEqual({
      missing: [],
      changed: ['refundgen.lock', 'zeta/client.ts'],
      orphaned: ['piriod/types.ts'],
    });
  });

  it('reports a missing lock', async () => {
    const folder = await writtenFolder();
    await rm(path.join(folder, 'refundgen.lock'));
    expect(valueFrom(await checkOutput(folder, FILES))).toEqual({ ...CLEAN, missing: ['refundgen.lock'] });
  });

  it('reports a lock that is stale although every file is current', async () => {
    const folder = await writtenFolder();
    await put(folder, 'refundgen.lock', printLock(FILES.slice(1)));
    expect(valueFrom(await checkOutput(folder, FILES))).toEqual({ ...CLEAN, changed: ['refundgen.lock'] });
  });

  it('reports a folder where a file should be', async () => {
    const folder = await writtenFolder();
    await rm(path.join(folder, 'adyen/client.ts'));
    await mkdir(path.join(folder, 'adyen/client.ts'));
    expect(valueFrom(await checkOutput(folder, FILES))).toEqual({ ...CLEAN, changed: ['adyen/client.ts'] });
  });

  it('takes CRLF for unchanged, in the lock too', async () => {
    const folder = await writtenFolder();
    for (const file of [...FILES.map(({ path }) => path), 'refundgen.lock']) {
      await put(folder, file, (await read(folder, file)).replaceAll('\n', '\r\n'));
    }
    expect(valueFrom(await checkOutput(folder, FILES))).toEqual(CLEAN);
  });

  it('says nothing of files that refundgen never wrote', async () => {
    const folder = await writtenFolder();
    await put(folder, 'piriod/mine.ts', '// mine\n');
    expect(valueFrom(await checkOutput(folder, FILES))).toEqual(CLEAN);
  });

  it('writes nothing', async () => {
    const folder = await writtenFolder();
    await put(folder, `piriod/types.ts.${'0'.repeat(16)}.refundgen-tmp`, 'left over');
    await put(folder, 'piriod/types.ts', 'edited');
    const before = await contents(folder);
    await checkOutput(folder, [generated('new/client.ts'), ...FILES.slice(2)]);
    expect(await contents(folder)).toEqual(before);
  });

  it('does not make the output folder', async () => {
    const folder = await temporaryFolder();
    const report = valueFrom(await checkOutput(path.join(folder, 'none'), [generated('a.ts')]));
    expect(report).toEqual({ ...CLEAN, missing: ['a.ts', 'refundgen.lock'] });
    expect(await names(folder)).toEqual([]);
  });

  it('refuses a hostile lock', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'refundgen.lock', `{"lockVersion":1,"files":{"../x.ts":"${'a'.repeat(64)}"}}`);
    expect(failuresOf(await checkOutput(folder, FILES))).toEqual([expect.stringMatching(/^R053 /)]);
  });
});
