import { describe, expect, it } from 'vitest';
import { printLock, readLock } from '../../generator/output/lock.js';
import { failuresOf, generated, put, temporaryFolder, valueFrom } from './folder.js';

const HASH = 'a'.repeat(64);

async function readLockOf(text: string) {
  const folder = await temporaryFolder();
  await put(folder, 'refundgen.lock', text);
  return readLock(folder);
}

describe('the specs of a lock', () => {
  const specs = new Map([
    ['beta', { url: 'https://beta.example/spec.json', sha256: HASH }],
    ['acme', { url: 'https://acme.example/spec.json', sha256: HASH }],
  ]);

  it('are printed sorted, and read back', async () => {
    const text = printLock([generated('a.ts')], specs);
    expect(text.indexOf('acme')).toBeLessThan(text.indexOf('beta'));
    expect(printLock([generated('a.ts')], new Map([...specs].reverse()))).toBe(text);
    expect(valueFrom(await readLockOf(text))?.specs).toEqual(new Map([...specs].reverse()));
  });

  it('are nothing where there are none', async () => {
    expect(printLock([generated('a.ts')], new Map())).toBe(printLock([generated('a.ts')]));
    expect(valueFrom(await readLockOf(printLock([generated('a.ts')])))?.specs.size).toBe(0);
  });

  it.each([
    ['[]', 'has specs that are no object'],
    ['{"Acme":{}}', 'has a spec of "Acme", which is no provider'],
    ['{"__proto__":{}}', 'has a spec of "__proto__", which is no provider'],
    ['{"acme":null}', 'has no URL for the spec of acme'],
    [`{"acme":{"url":"x","sha256":"${HASH}"}}`, 'has no URL for the spec of acme'],
    ['{"acme":{"url":"https://acme.example/","sha256":"abc"}}', 'has no SHA-256 for the spec of acme'],
  ])('%s is refused', async (text, reason) => {
    const [message = ''] = failuresOf(await readLockOf(`{"lockVersion":1,"specs":${text},"files":{}}`));
    expect(message).toContain(reason);
  });
});
