import { describe, expect, it } from 'vitest';
import {
  type LockedProvider,
  type Made,
  printLock,
  printPendingLock,
  SHARED,
  sealOf,
} from '../../generator/output/lock.js';
import { readLock } from '../../generator/output/read-lock.js';
import { failuresOf, generated, put, temporaryFolder, valueFrom } from './folder.js';

const HASH = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

function provider(facts: Partial<LockedProvider> = {}): LockedProvider {
  return {
    client: 'normalized',
    options: HASH,
    inputs: new Map([
      ['../specs/b.yaml', HASH],
      ['../specs/a.yaml', null],
    ]),
    warnings: 0,
    contract: { facts: ['unit: minor'] },
    ...facts,
  };
}

const MADE: Made = {
  generator: HASH,
  providers: new Map([
    ['beta', provider({ client: 'native', warnings: 2 })],
    ['acme', provider({ pin: { url: 'https://acme.example/spec.json', sha256: HASH } })],
  ]),
};
const FILES = [generated('acme/client.ts'), generated('beta/client.ts'), generated('index.ts')];

async function readLockOf(text: string) {
  const folder = await temporaryFolder();
  await put(folder, 'refundgen.lock', text);
  return readLock(folder);
}

/** The lock of {@link FILES}, with a part of its text replaced. */
async function lockWith(part: string, other: string) {
  const text = printLock(FILES, MADE);
  expect(text).toContain(part);
  return valueFrom(await readLockOf(text.replace(part, other)));
}

describe('what an output was made from', () => {
  it('is printed sorted, and read back', async () => {
    const text = printLock(FILES, MADE);
    const shuffled: Made = { ...MADE, providers: new Map([...MADE.providers].reverse()) };
    expect(printLock([...FILES].reverse(), shuffled)).toBe(text);
    expect(text.indexOf('"acme"')).toBeLessThan(text.indexOf('"beta"'));
    expect(text.indexOf('a.yaml')).toBeLessThan(text.indexOf('b.yaml'));
    expect(valueFrom(await readLockOf(text))?.made).toEqual(MADE);
  });

  it('is nothing where nothing is known', async () => {
    const lock = valueFrom(await readLockOf(printLock(FILES)));
    expect(lock?.made).toEqual({ generator: '', providers: new Map() });
    expect(lock?.seals).toEqual(new Map());
  });

  it('is sealed, for each provider and for what they share', async () => {
    const lock = valueFrom(await readLockOf(printLock(FILES, MADE)));
    for (const id of ['acme', 'beta', SHARED])
      expect(lock?.seals.get(id)).toBe(sealOf(id, MADE, lock?.files ?? new Map()));
  });

  it.each([
    ['the digest of an input', '"../specs/b.yaml": "aaa', '"../specs/b.yaml": "baa', ['acme']],
    ['an input that is not there', '      "inputs": {\n', '      "inputs": {\n        "x.yaml": null,\n', ['acme']],
    ['the contract', 'unit: minor', 'unit: major', ['acme']],
    ['the kind of client', '"client": "normalized"', '"client": "native"', ['acme', SHARED]],
    ['the generator', `"generator": "${HASH}"`, `"generator": "${OTHER}"`, ['acme', 'beta', SHARED]],
    ['a file of a provider', '    "acme/client.ts":', '    "acme/other.ts":', ['acme']],
    ['a shared file', '    "index.ts":', '    "providers.ts":', [SHARED]],
  ])('a seal does not fit a lock in which %s was changed', async (_, part, other, broken) => {
    const lock = await lockWith(part, other);
    const fitting = ['acme', 'beta', SHARED].filter(
      (id) => lock !== undefined && lock.seals.get(id) === sealOf(id, lock.made, lock.files),
    );
    expect(fitting).toEqual(['acme', 'beta', SHARED].filter((id) => !broken.includes(id)));
  });

  it('is not vouched for while files are being replaced, but pins hold', async () => {
    const old = valueFrom(await readLockOf(printLock(FILES, MADE)));
    const lock = valueFrom(await readLockOf(printPendingLock(old, FILES, new Map())));
    expect(lock?.made.generator).toBe('');
    expect(lock?.seals).toEqual(new Map());
    expect(lock?.made.providers.get('acme')?.pin).toEqual(MADE.providers.get('acme')?.pin);
  });

  const VALID = `"client":"native","options":"${HASH}","inputs":{}`;

  it.each([
    ['[]', 'has providers that are no object'],
    ['{"Acme":{}}', 'has "Acme", which is no provider'],
    ['{"__proto__":{}}', 'has "__proto__", which is no provider'],
    ['{"acme":null}', 'does not say which client acme has'],
    [`{"acme":{"client":"other","options":"${HASH}","inputs":{}}}`, 'does not say which client acme has'],
    ['{"acme":{"client":"native","options":"","inputs":{}}}', 'has no SHA-256 for the options of acme'],
    [`{"acme":{"client":"native","options":"${HASH}","inputs":[]}}`, 'has no object of inputs for acme'],
    [`{"acme":{"client":"native","options":"${HASH}","inputs":{"a":1}}}`, 'has no SHA-256 for an input of acme'],
    [`{"acme":{${VALID},"pin":{"url":"x","sha256":"${HASH}"}}}`, 'has no URL for the spec of acme'],
    [`{"acme":{${VALID},"pin":{"url":"https://a.example/","sha256":"b"}}}`, 'has no SHA-256 for the spec of acme'],
  ])('%s is refused', async (text, reason) => {
    const [message = ''] = failuresOf(await readLockOf(`{"lockVersion":1,"providers":${text},"files":{}}`));
    expect(message).toContain(reason);
  });
});
