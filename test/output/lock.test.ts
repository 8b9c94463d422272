import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { printLock } from '../../generator/output/lock.js';
import { readLock } from '../../generator/output/read-lock.js';
import { failuresOf, generated, put, temporaryFolder, valueFrom } from './folder.js';

const HASH = 'a'.repeat(64);

async function readLockOf(text: string) {
  const folder = await temporaryFolder();
  await put(folder, 'refundgen.lock', text);
  return readLock(folder);
}

describe('printLock', () => {
  it('has the SHA-256 of each text, sorted by code unit, whatever the order of the files', () => {
    const files = [generated('b.ts'), generated('a/z.ts'), generated('B.ts'), generated('a.ts')];
    const hash = createHash('sha256').update(generated('b.ts').text).digest('hex');
    const text = printLock(files);
    expect(text).toBe(
      [
        '{',
        '  "lockVersion": 1,',
        '  "files": {',
        `    "B.ts": "${hash}",`,
        `    "a.ts": "${hash}",`,
        `    "a/z.ts": "${hash}",`,
        `    "b.ts": "${hash}"`,
        '  }',
        '}',
        '',
      ].join('\n'),
    );
    expect(printLock([...files].reverse())).toBe(text);
  });

  it('is read back as it was printed', async () => {
    const lock = valueFrom(await readLockOf(printLock([generated('a/b.ts'), generated('__proto__')])));
    expect([...(lock?.files.keys() ?? [])]).toEqual(['__proto__', 'a/b.ts']);
  });

  it('does not depend on line endings', async () => {
    const text = printLock([generated('a.ts')]);
    expect((await readLockOf(text.replaceAll('\n', '\r\n'))).ok).toBe(true);
    expect(printLock([{ path: 'a.ts', text: generated('a.ts').text.replaceAll('\n', '\r\n') }])).toBe(text);
  });
});

describe('readLock', () => {
  it('finds none in a folder without a lock, and in no folder', async () => {
    const folder = await temporaryFolder();
    expect(valueFrom(readLock(folder))).toBeUndefined();
    expect(valueFrom(readLock(path.join(folder, 'none')))).toBeUndefined();
  });

  it.each([
    ['', 'is not valid JSON'],
    ['<<<<<<< HEAD\n{}', 'is not valid JSON'],
    ['null', 'is not a JSON object'],
    ['[]', 'is not a JSON object'],
    ['"lock"', 'is not a JSON object'],
    ['{}', 'does not have lockVersion 1'],
    ['{"lockVersion":2,"files":{}}', 'does not have lockVersion 1'],
    ['{"lockVersion":"1","files":{}}', 'does not have lockVersion 1'],
    ['{"lockVersion":1}', 'has no object of files'],
    ['{"lockVersion":1,"files":[]}', 'has no object of files'],
    ['{"lockVersion":1,"files":{"a.ts":1}}', 'has no SHA-256 for "a.ts"'],
    ['{"lockVersion":1,"files":{"a.ts":"abc"}}', 'has no SHA-256 for "a.ts"'],
    [`{"lockVersion":1,"files":{"a.ts":"${HASH}\\n"}}`, 'has no SHA-256 for "a.ts"'],
  ])('refuses %j', async (text, reason) => {
    const result = await readLockOf(text);
    expect(failuresOf(result)).toEqual([expect.stringMatching(/^R053 error .*\/refundgen\.lock /)]);
    expect(failuresOf(result)[0]).toContain(reason);
    expect(result.problems[0]?.hint).toMatch(/Restore it from version control, or delete it/);
  });

  it.each(['/etc/passwd', '../x.ts', 'a/../../x.ts', 'a\\..\\x.ts', 'C:/x.ts', './x.ts', '', 'refundgen.lock'])(
    'refuses the path %j',
    async (file) => {
      const result = await readLockOf(JSON.stringify({ lockVersion: 1, files: { 'fine.ts': HASH, [file]: HASH } }));
      expect(failuresOf(result)).toEqual([expect.stringContaining(`has "${file}", which is no path`)]);
    },
  );

  it('does not bring what a hostile path has for a terminal into the message', async () => {
    const files = { [`\u001b[2J\u202e${'x'.repeat(1000)}`]: HASH };
    const [message = ''] = failuresOf(await readLockOf(JSON.stringify({ lockVersion: 1, files })));
    expect(message).toMatch(/"\?\[2J\?x{95}"/);
  });

  it('refuses a folder in its place', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'refundgen.lock'));
    expect(failuresOf(readLock(folder))).toEqual([expect.stringMatching(/^R053 .* cannot be read \(EISDIR\)$/)]);
  });
});
