import { describe, expect, it } from 'vitest';
import { foldersAbove, isOutputPath, isTemporaryName, temporaryName } from '../../generator/output/output-path.js';

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
    temporaryName('client.ts', '0123456789abcdef'),
  ])('refuses %j', (path) => expect(isOutputPath(path)).toBe(false));
});

describe('temporary names', () => {
  it('are recognised', () => {
    expect(isTemporaryName(temporaryName('client.ts', '0123456789abcdef'))).toBe(true);
  });

  it.each(['client.ts', 'client.ts.tmp', 'notes.refundgen-tmp', '.0123456789abcdef.refundgen-tmp'])(
    'are not seen in %j',
    (name) => expect(isTemporaryName(name)).toBe(false),
  );
});

describe('foldersAbove', () => {
  it('goes from the deepest up, and stops below the output folder', () => {
    expect(foldersAbove('a/b/c.ts')).toEqual(['a/b', 'a']);
    expect(foldersAbove('c.ts')).toEqual([]);
  });
});
