import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GeneratedFile } from '../../generator/generated-file.js';
import { writeOutput } from '../../generator/output/write.js';
import { contents, generated, put, temporaryFolder, valueFrom } from './folder.js';

const OLD = ['index.ts', 'acme/client.ts', 'old/client.ts'].map((file) => generated(file, 'old'));
const NEW = ['index.ts', 'acme/client.ts', 'new/client.ts'].map((file) => generated(file, 'new'));
const LARGE = [...NEW, generated('zeta/client.ts', 'x'.repeat(100_000))];

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

/** Writes an output in a process of its own, and prints the problems. */
const PROGRAM = `
  const [module, folder, files] = JSON.parse(process.argv[1]);
  const { writeOutput } = await import(module);
  const { problems } = await writeOutput(folder, files);
  process.stdout.write(JSON.stringify(problems.map(({ code, hint, message }) => [code, message, hint].join(' '))));
`;

let sources: string;

// As JavaScript, and where a user without rights may read it.
beforeAll(async () => {
  sources = await mkdtemp(path.join(tmpdir(), 'refundgen-sources-'));
  await chmod(sources, 0o755);
  await writeFile(path.join(sources, 'package.json'), '{"type":"module"}');
  await mkdir(path.join(sources, 'output'));
  const modules = [
    ...(await readdir('generator')),
    ...(await readdir('generator/output')).map((name) => `output/${name}`),
  ];
  for (const name of modules.filter((each) => each.endsWith('.ts'))) {
    const text = await readFile(path.join('generator', name), 'utf8');
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(text, { compilerOptions: options });
    await writeFile(path.join(sources, name.replace(/ts$/, 'js')), outputText);
  }
});

afterAll(() => rm(sources, { recursive: true }));

/** What a run says that stands under a limit of its shell, and is no user who may do everything. */
async function problemsUnder(
  limit: string,
  folder: string,
  files: readonly GeneratedFile[],
): Promise<readonly string[]> {
  const request = [pathToFileURL(path.join(sources, 'output/write.js')).href, folder, files];
  const program = ['--input-type=module', '-e', PROGRAM, JSON.stringify(request)];
  const child = spawn('sh', ['-c', `${limit}; exec "$0" "$@"`, process.execPath, ...program], {
    cwd: sources,
    ...(isRoot && { uid: NOBODY, gid: NOBODY }),
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    said.stdout += String(text);
  });
  child.stderr.on('data', (text) => {
    said.stderr += String(text);
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(said.stderr).toBe('');
  return JSON.parse(said.stdout);
}

async function oldFolder(mode: number): Promise<string> {
  const parent = await temporaryFolder();
  const folder = path.join(parent, 'out');
  valueFrom(await writeOutput(folder, OLD));
  await chmod(parent, 0o755);
  for (const at of ['.', 'acme', 'old']) await chmod(path.join(folder, at), mode);
  return folder;
}

// Windows has neither these rights nor these limits.
describe.skipIf(process.platform === 'win32')('on a real disk, without the rights of root', () => {
  it('a folder that may not be written to keeps the old output', async () => {
    const folder = await oldFolder(0o555);
    const before = await contents(folder);
    expect(await problemsUnder(':', folder, NEW)).toEqual([
      expect.stringMatching(/^R052 .*\/out cannot be written \(EACCES\) No file of the output was changed\./),
    ]);
    expect(await contents(folder)).toEqual(before);
  });

  it('a folder that may not be written to is no problem when there is nothing to write', async () => {
    expect(await problemsUnder(':', await oldFolder(0o555), OLD)).toEqual([]);
  });

  it('a folder inside that may not be written to keeps all of the old output', async () => {
    const folder = await oldFolder(0o777);
    await chmod(path.join(folder, 'acme'), 0o555);
    const before = await contents(folder);
    expect(await problemsUnder(':', folder, NEW)).toEqual([
      expect.stringMatching(
        /^R052 .*acme\/client\.ts cannot be written \(EACCES\) No file of the output was changed\./,
      ),
    ]);
    expect(await contents(folder)).toEqual(before);
  });

  it('files that may not be written to are replaced', async () => {
    const folder = await oldFolder(0o777);
    for (const { path: file } of OLD) await chmod(path.join(folder, file), 0o444);
    expect(await problemsUnder(':', folder, NEW)).toEqual([]);
    expect([...(await contents(folder)).keys()]).toContain('new/client.ts');
  });

  it('a disk that takes a part of a file only keeps the old output, and no temporary files', async () => {
    const folder = await oldFolder(0o777);
    const before = await contents(folder);
    expect(await problemsUnder('ulimit -f 16', folder, LARGE)).toEqual([
      expect.stringMatching(/^R052 .*zeta\/client\.ts cannot be written \(EFBIG\) No file of the output was changed\./),
    ]);
    expect(await contents(folder)).toEqual(before);
  });

  it('an output folder that is a file is left as it is', async () => {
    const parent = await temporaryFolder();
    await chmod(parent, 0o777);
    await put(parent, 'out', 'mine');
    expect(await problemsUnder(':', path.join(parent, 'out'), NEW)).toEqual([
      expect.stringMatching(/^R052 .*\/out cannot be written \((EEXIST|ENOTDIR)\) No file of the output was changed\./),
    ]);
    expect(await readdir(parent)).toEqual(['out']);
  });

  it('a parent that may not be written to gets no folder', async () => {
    const parent = await temporaryFolder();
    await mkdir(path.join(parent, 'in'));
    await chmod(parent, 0o755);
    await chmod(path.join(parent, 'in'), 0o555);
    expect(await problemsUnder(':', path.join(parent, 'in/out'), NEW)).toEqual([
      expect.stringMatching(/^R052 .*\/out cannot be written \(EACCES\)/),
    ]);
    expect(await readdir(path.join(parent, 'in'))).toEqual([]);
  });
});
