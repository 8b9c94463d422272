import { describe, expect, test } from 'vitest';
import { CONFIG, change, project, run } from '../build/project.js';
import { runHere } from '../cli/here.js';
import { put, read, temporaryFolder } from '../output/folder.js';

/** A project that was generated, with a configuration. */
async function generated(): Promise<string> {
  const folder = await project();
  await put(folder, 'refundgen.config.js', `export default ${JSON.stringify(CONFIG)};\n`);
  await run(folder);
  return folder;
}

/** The provider adds a status that nobody has classified. */
async function addStatus(folder: string): Promise<void> {
  await change(folder, 'specs/piriod.yaml', (text) =>
    text.replace('- succeeded\n', '- succeeded\n            - reversed\n'),
  );
  expect(await read(folder, 'specs/piriod.yaml')).toContain('reversed');
}

describe('against the lock', () => {
  test('nothing has changed', async () => {
    const { exit, stderr, stdout } = await runHere(await generated(), 'diff');
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain('No change for refunds.');
  });

  test('a status that nobody has classified is money, and generate stops', async () => {
    const folder = await generated();
    await addStatus(folder);
    const { exit, stdout } = await runHere(folder, 'diff');
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^ {2}money +status reversed: \+ not known$/m);
    expect(stdout).toMatch(/^ {2}stops +R032 piriod\.yaml:\d+:\d+ /m);
    expect((await runHere(folder, 'generate')).stderr).toContain('error R032');
    expect((await runHere(folder, 'diff', '--fail-on', 'none')).exit).toBe(0);
  });

  test('as JSON and as Markdown', async () => {
    const folder = await generated();
    await addStatus(folder);
    const json = await runHere(folder, 'diff', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ diffVersion: 1, counts: { money: 1, breaking: 0, harmless: 0 } });
    expect((await runHere(folder, 'diff', '--markdown')).stdout).toContain('reversed');
  });

  test('a provider that is named alone is compared alone', async () => {
    const folder = await generated();
    const { stdout } = await runHere(folder, 'diff', 'specs/chip.yaml');
    expect(stdout).not.toContain('piriod');
  });

  test('nothing was generated yet', async () => {
    const { exit, stderr } = await runHere(await project(), 'diff', 'specs/chip.yaml');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R072');
    expect(stderr).toContain('--against <revision or file>');
  });
});

describe('against something else', () => {
  test('an older file', async () => {
    const folder = await generated();
    await put(folder, 'old.yaml', await read(folder, 'specs/piriod.yaml'));
    await addStatus(folder);
    const { exit, stdout } = await runHere(folder, 'diff', 'specs/piriod.yaml', '--against', 'old.yaml');
    expect(exit).toBe(1);
    expect(stdout).toContain('status reversed: + not known');
  });

  test('a revision, where there is no repository', async () => {
    const { exit, stderr } = await runHere(await generated(), 'diff', '--against', 'main');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R070');
  });
});

test.each([
  ['a grade that is none', ['diff', '--fail-on', 'severe']],
  ['two forms at once', ['diff', '--json', '--markdown']],
])('%s is wrong usage', async (_, args) => {
  const folder = await temporaryFolder();
  await put(folder, 'refundgen.config.js', `export default ${JSON.stringify(CONFIG)};\n`);
  expect((await runHere(folder, ...args)).exit).toBe(2);
});
