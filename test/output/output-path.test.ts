import { describe, expect, it } from 'vitest';
import { claimName, foldersAbove, isOutputPath, processOfClaim } from '../../generator/output/output-path.js';

describe('isOutputPath', () => {
  it.each(['index.ts', 'piriod/client.ts', 'runtime/http/send.ts', 'a-b/_c.d.ts', '.gitattributes', 'console.ts'])(
    'accepts %j',
    (path) => expect(isOutputPath(path)).toBe(true),
  );

  it.each([
    '',
    '.',
    '..',
    '../x.ts',
    'a/../../x.ts',
    'a/..',
    './x.ts',
    'a/./x.ts',
    '/etc/passwd',
    '//host/share/x.ts',
    'a//x.ts',
    'a/',
    'a\\x.ts',
    '..\\x.ts',
    'C:/x.ts',
    'C:x.ts',
    'x.ts:stream',
    'a/.../x.ts',
    'x.ts.',
    'x.ts ',
    'x\u0000.ts',
    'x\n.ts',
    '~/x.ts*',
    'ünicode.ts',
    'nul',
    'a/CON.ts',
    'aux/x.ts',
    'refundgen.lock',
    'REFUNDGEN.LOCK',
    claimName(7, '0123456789abcdef'),
    `${claimName(7, '0123456789abcdef')}/client.ts`,
    `${claimName(7, '0123456789abcdef').toUpperCase()}/client.ts`,
  ])('refuses %j', (path) => expect(isOutputPath(path)).toBe(false));
});

describe('the name of a claim', () => {
  it('tells the process', () => {
    expect(processOfClaim(claimName(4711, '0123456789abcdef'))).toBe(4711);
  });

  it.each([
    'client.ts',
    'notes.refundgen-tmp',
    'run-1.refundgen-tmp',
    'run-0-0123456789abcdef.refundgen-tmp',
    'run--1-0123456789abcdef.refundgen-tmp',
    'my-run-1-0123456789abcdef.refundgen-tmp',
    'run-1-0123456789abcdef.refundgen-tmp.ts',
  ])('is not seen in %j', (name) => expect(processOfClaim(name)).toBeUndefined());
});

describe('foldersAbove', () => {
  it('goes from the deepest up, and stops below the output folder', () => {
    expect(foldersAbove('a/b/c.ts')).toEqual(['a/b', 'a']);
    expect(foldersAbove('c.ts')).toEqual([]);
  });
});
