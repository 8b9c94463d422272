import { execFileSync } from 'node:child_process';
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { diffProviders, type ProviderDiff } from '../../generator/diff/diff.js';
import { packFile } from '../fixtures/pack.js';
import { contents, failuresOf, put, temporaryFolder, valueFrom } from '../output/folder.js';

function git(folder: string, ...args: string[]): string {
  const own = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...own, ...args], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] } });
}

/** A repository with a provider in a folder of its own, committed. */
async function repository(): Promise<string> {
  const folder = await temporaryFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  await put(folder, 'specs/acme.yaml', await readFile(packFile('wooshpay', 'spec'), 'utf8'));
  await put(folder, 'specs/acme.overlay.yaml', await readFile(packFile('wooshpay', 'overlay'), 'utf8'));
  commit(folder);
  return folder;
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=change');
}

function diffWith(folder: string, revision: string, spec = 'specs/acme.yaml') {
  const overlay = path.join(folder, 'specs/acme.overlay.yaml');
  const inputs = [{ id: 'acme', spec: path.join(folder, spec), overlay, overlays: [overlay] }];
  return diffProviders(inputs, { kind: 'revision', revision, folder });
}

function seen(diffs: readonly ProviderDiff[]): readonly string[] {
  return diffs.flatMap(({ changes }) => changes.map(({ grade, kind, subject }) => `${grade} ${kind} ${subject}`));
}

async function edit(folder: string, file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(path.join(folder, file), text.replace(from, to));
}

test('compares the working tree with a revision, with lines on both sides, and touches nothing', async () => {
  const folder = await repository();
  await edit(folder, 'specs/acme.overlay.yaml', 'unit: minor', 'unit: major');
  const before = await contents(folder);
  const diffs = valueFrom(await diffWith(folder, 'HEAD'));
  expect(seen(diffs)[0]).toBe('money changed amount unit');
  const [change] = diffs[0]?.changes ?? [];
  expect(change?.before?.place).toMatchObject({ file: 'acme.overlay.yaml', line: change?.after?.place.line });
  expect(change?.before?.place.line).toBeGreaterThan(1);
  expect(await contents(folder)).toEqual(before);
  commit(folder);
  expect(seen(valueFrom(await diffWith(folder, 'main')))).toEqual([]);
  expect(seen(valueFrom(await diffWith(folder, 'main~1')))[0]).toBe('money changed amount unit');
});

test('a provider whose spec was not there yet is new', async () => {
  const folder = await repository();
  await put(folder, 'specs/other.yaml', await readFile(packFile('wooshpay', 'spec'), 'utf8'));
  expect(seen(valueFrom(await diffWith(folder, 'HEAD', 'specs/other.yaml')))).toEqual(['harmless added client']);
});

test('reads blobs as they are, and runs no filter of the repository', async () => {
  const folder = await repository();
  const mark = path.join(folder, 'ran');
  await put(folder, '.gitattributes', '*.yaml filter=own diff=own\n');
  for (const kind of ['filter.own.smudge', 'filter.own.process', 'diff.own.textconv', 'core.fsmonitor']) {
    git(folder, 'config', kind, `touch '${mark}'; cat`);
  }
  expect(seen(valueFrom(await diffWith(folder, 'HEAD')))).toEqual([]);
  expect([...(await contents(folder)).keys()]).not.toContain('ran');
});

test('a link in a revision is not followed', async () => {
  const folder = await repository();
  await put(folder, 'real.yaml', await readFile(packFile('wooshpay', 'spec'), 'utf8'));
  await symlink('../real.yaml', path.join(folder, 'specs/linked.yaml'));
  commit(folder);
  await rm(path.join(folder, 'specs/linked.yaml'));
  await put(folder, 'specs/linked.yaml', await readFile(packFile('wooshpay', 'spec'), 'utf8'));
  const [problem, ...others] = failuresOf(await diffWith(folder, 'HEAD', 'specs/linked.yaml'));
  expect(others).toEqual([]);
  expect(problem).toBe('R072 error specs/linked.yaml is no regular file at HEAD');
});

test.each(['nowhere', '--help', '-p', '--output=x', 'HEAD:specs', ''])('%j is no revision', async (revision) => {
  const folder = await repository();
  expect(failuresOf(await diffWith(folder, revision))).toEqual([
    `R071 error there is no revision ${JSON.stringify(revision)}`,
  ]);
});

test('a folder that is in no repository is a problem, and so is a spec that is in another place', async () => {
  const folder = await temporaryFolder();
  const [problem] = failuresOf(await diffWith(folder, 'HEAD'));
  expect(problem).toMatch(/^R070 error .* is not in a git repository/);
  const inputs = [{ id: 'acme', spec: 'https://acme.example/spec.yaml', overlay: undefined }];
  const against = { kind: 'revision', revision: 'HEAD', folder: await repository() } as const;
  expect(failuresOf(await diffProviders(inputs, against))[0]).toMatch(
    /^R072 error the spec of acme comes over the net/,
  );
});
