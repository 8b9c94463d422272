import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { runHere } from '../cli/here.js';
import { packFile } from '../fixtures/pack.js';
import { put, read, temporaryFolder } from '../output/folder.js';

/** A folder with the spec and the overlay of Piriod in `specs/`. */
async function withPiriod(): Promise<string> {
  const folder = await temporaryFolder();
  await put(folder, 'specs/piriod.yaml', await readFile(packFile('piriod', 'spec'), 'utf8'));
  await put(folder, 'specs/piriod.overlay.yaml', await readFile(packFile('piriod', 'overlay'), 'utf8'));
  return folder;
}

/** An overlay with a mistake on a line that is known. */
async function breakOverlay(folder: string): Promise<number> {
  const overlay = await read(folder, 'specs/piriod.overlay.yaml');
  await put(folder, 'specs/piriod.overlay.yaml', overlay.replace('unit: major', 'unit: cents'));
  return overlay.split('\n').findIndex((text) => text.includes('unit: major')) + 1;
}

const SPEC = 'specs/piriod.yaml';

describe('--quiet', () => {
  test('says nothing where nothing is wrong', async () => {
    const folder = await withPiriod();
    for (const command of ['generate', 'generate', 'check']) {
      expect(await runHere(folder, command, SPEC, '--quiet')).toEqual({ exit: 0, stdout: '', stderr: '' });
    }
  });

  test('says what is wrong', async () => {
    const folder = await withPiriod();
    const stale = await runHere(folder, 'check', SPEC, '--quiet');
    expect([stale.exit, stale.stderr]).toEqual([1, expect.stringContaining('stale: run refundgen generate')]);
    expect(stale.stdout).toContain('missing   generated/piriod/client.ts');
    await breakOverlay(folder);
    const { exit, stderr, stdout } = await runHere(folder, 'generate', SPEC, '--quiet');
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error R013');
  });
});

describe('lines', () => {
  test('name each provider: what it can do and how long it took, or that it has not changed', async () => {
    const folder = await withPiriod();
    const first = await runHere(folder, 'generate', SPEC);
    expect(first.stdout).toMatch(/^✓ piriod {2}POST \/refunds\/ .* {2}\d+ ms$/m);
    const second = await runHere(folder, 'generate', SPEC);
    expect(second.stdout).toMatch(/^✓ piriod {2}unchanged$/m);
  });

  test('say how many warnings were given when it was generated', async () => {
    const folder = await withPiriod();
    const spec = await read(folder, SPEC);
    await put(folder, SPEC, spec.replace(/^info:\n/m, "info:\n  x-a:\n    $ref: 'no.yaml'\n"));
    const first = await runHere(folder, 'generate', SPEC);
    expect(first.stderr).toContain('warning R005');
    const second = await runHere(folder, 'generate', SPEC);
    expect(second.stderr).toBe('');
    expect(second.stdout).toContain('piriod  unchanged (1 warning: --force says them again)');
    expect((await runHere(folder, 'check', SPEC, '--force')).stderr).toContain('warning R005');
  });
});

describe('--reporter json', () => {
  test('is one document, whatever happens', async () => {
    const folder = await withPiriod();
    const first = await runHere(folder, 'generate', SPEC, '--reporter', 'json');
    expect([first.exit, first.stderr]).toEqual([0, '']);
    expect(JSON.parse(first.stdout)).toMatchObject({
      reportVersion: 1,
      ok: true,
      output: 'generated',
      providers: [{ id: 'piriod', state: 'generated', durationMs: expect.any(Number) }],
      written: { created: expect.arrayContaining(['piriod/client.ts']), changed: [] },
      checked: null,
      problems: [],
    });
    const again = await runHere(folder, 'check', SPEC, '--reporter', 'json');
    expect(JSON.parse(again.stdout)).toMatchObject({
      ok: true,
      providers: [{ id: 'piriod', state: 'fresh' }],
      written: null,
      checked: { missing: [], changed: [], orphaned: [] },
    });
  });

  test('has the problems with their places', async () => {
    const folder = await withPiriod();
    const line = await breakOverlay(folder);
    const { exit, stderr, stdout } = await runHere(folder, 'generate', SPEC, '--reporter', 'json');
    expect([exit, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      output: null,
      providers: [{ id: 'piriod', state: 'failed' }],
      problems: [{ code: 'R013', severity: 'error', location: { file: 'specs/piriod.overlay.yaml', line } }],
    });
  });

  test('says that the output is stale', async () => {
    const { exit, stdout } = await runHere(await withPiriod(), 'check', SPEC, '--reporter', 'json');
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, checked: { missing: expect.any(Array) } });
  });

  test('says what is wrong with a configuration', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'refundgen.config.js', 'export default { providers: {} };\n');
    const { exit, stdout } = await runHere(folder, 'generate', '--reporter', 'json');
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [{ code: 'R060' }] });
  });
});

describe('annotations for GitHub', () => {
  test('have the place from the root of the repository', async () => {
    const folder = await withPiriod();
    const line = await breakOverlay(folder);
    vi.stubEnv('GITHUB_ACTIONS', 'true');
    vi.stubEnv('GITHUB_WORKSPACE', path.dirname(folder));
    const { stderr } = await runHere(folder, 'generate', SPEC);
    const file = `${path.basename(folder)}/specs/piriod.overlay.yaml`;
    expect(stderr.match(/^::.*$/gm)).toEqual([
      expect.stringMatching(new RegExp(`^::error file=${file},line=${line},col=\\d+,title=refundgen R013::x-refund`)),
    ]);
  });

  test('are nothing elsewhere', async () => {
    const folder = await withPiriod();
    await breakOverlay(folder);
    vi.stubEnv('GITHUB_ACTIONS', undefined);
    expect((await runHere(folder, 'generate', SPEC)).stderr).not.toMatch(/^::/m);
  });

  test('cannot be forged by a spec', async () => {
    const folder = await withPiriod();
    await put(folder, 'specs/piriod.overlay.yaml', 'overlay: 1.0.0\nactions: [{ "a\\n::warning::b%0A::c,d": 1 }]\n');
    vi.stubEnv('GITHUB_ACTIONS', 'true');
    const { stderr } = await runHere(folder, 'generate', SPEC);
    expect(stderr.match(/^::.*$/gm)?.every((text) => /^::error (?:[a-z]+=[^:,]*,?)+::/.test(text))).toBe(true);
    expect(stderr).not.toMatch(/^::warning::b/m);
    expect(stderr.match(/^::.*$/gm)?.join('\n')).not.toContain('%0A');
  });
});
