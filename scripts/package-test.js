// Proves the packed artefact: packs refundgen, installs it as a new user would, and uses it. See .ci/run.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, listFiles } from './package-test/app.js';
import { Checks } from './package-test/checks.js';
import { interrupt, npm } from './package-test/command.js';
import { installNode } from './package-test/node.js';
import { Compilers, SURROUNDINGS, TYPESCRIPTS } from './package-test/typescript.js';

/** @import { Check } from './package-test/checks.js' */
/** @import { NodeBinary } from './package-test/node.js' */

const REPOSITORY = fileURLToPath(new URL('../', import.meta.url));
const PROVIDERS = ['chip', 'medusa', 'piriod', 'wooshpay'];
/** Compiles what is run: one of {@link TYPESCRIPTS}. */
const RUN_WITH = '5.9';
const OUTPUT = 'src/refunds';
const ALONE = 'alone';
const SHARED = 'src/shared';

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'refundgen-package-')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupt);
const cache = path.join(folder, 'cache');
const packed = path.join(folder, 'packed');
const app = new App(path.join(folder, 'app'), cache);
const compilers = new Compilers(path.join(folder, 'typescript'), cache);
const checks = new Checks();

try {
  await prove();
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
process.exitCode = checks.end() ? 0 : 1;

/** Each step needs the one before it. */
async function prove() {
  const [installed, compiling, nodes] = await Promise.all([installPackage(), installCompilers(), installNodes()]);
  if (!installed) return;
  await checks.check('the package has the files that it should have', comparePacked);
  if (!(await useAsNewUser()) || !compiling) return;
  await compileEverything();
  await runOn(nodes);
}

async function installPackage() {
  return (
    (await checks.check('npm pack', pack)) &&
    (await checks.check('npm install in an empty folder', async () => app.install(await tarball())))
  );
}

async function pack() {
  await mkdir(packed);
  await npm(REPOSITORY, cache, ['pack', '--pack-destination', packed]);
}

async function tarball() {
  const [name, ...more] = await readdir(packed);
  assert(name !== undefined && more.length === 0, 'npm pack has to write one file');
  return path.join(packed, name);
}

async function installCompilers() {
  return checks.check(`TypeScript ${TYPESCRIPTS.join(', ')} from the registry`, () => compilers.install());
}

/** The oldest Node that package.json allows, and the newest of each line that is maintained. */
async function installNodes() {
  const { engines } = JSON.parse(await readFile(path.join(REPOSITORY, 'package.json'), 'utf8'));
  const floor = `${engines.node.replace('>=', '')}.0`;
  /** @type {NodeBinary[]} */
  const nodes = [];
  const install = (/** @type {string} */ range) =>
    checks.check(`Node ${range} from the registry`, async () => {
      nodes.push(await installNode(range, path.join(folder, `node-${range}`), cache));
    });
  await Promise.all([floor, '22', '24'].map(install));
  return nodes.sort((a, b) => a.name.localeCompare(b.name));
}

/** Nothing is missing, and nothing that was removed from the sources is left in the build. */
async function comparePacked() {
  const sources = await listFiles(path.join(REPOSITORY, 'generator'));
  const runtime = await listFiles(path.join(REPOSITORY, 'templates/runtime'));
  const declarations = [...sources, ...runtime.map((file) => `runtime/${file}`)].map(
    (file) => `dist/${file.replace(/\.ts$/, '.d.ts')}`,
  );
  const code = runtime.map((file) => `dist/runtime/${file.replace(/\.ts$/, '.js')}`);
  const below = async (/** @type {string} */ name) =>
    (await listFiles(path.join(REPOSITORY, name))).map((file) => `${name}/${file}`);
  const expected = [
    ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'],
    ...['bin', 'index', 'testing', 'worker'].map((entry) => `dist/${entry}.js`),
    ...declarations,
    ...code,
    ...(await below('specs')),
    ...(await below('templates')),
  ];
  // What entries share is in files that are named by their content.
  const actual = (await listFiles(app.installed)).filter((file) => !/^dist\/[\w-]+-[\w-]{8}\.js$/.test(file));
  const missing = expected.filter((file) => !actual.includes(file));
  const surplus = actual.filter((file) => !expected.includes(file));
  assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] });
}

async function useAsNewUser() {
  const specs = path.join(REPOSITORY, 'specs');
  if (!(await checks.check('a project with specs, code and the examples of the README', () => app.fill(specs)))) return;
  /** @type {Check[]} */
  const alone = PROVIDERS.map((id) => [
    `refundgen generate specs/${id}.yaml`,
    () => app.refundgen('generate', `specs/${id}.yaml`, '-o', `${ALONE}/${id}`),
  ]);
  const usable = await checks.all([
    ['refundgen generate, with a refundgen.config.ts', () => app.refundgen('generate')],
    ['refundgen generate, with the runtime of the package', () => app.refundgen('generate', '-c', 'shared.config.ts')],
    ['refundgen generate, for Node that runs TypeScript', () => app.refundgen('generate', '-c', 'erasable.config.ts')],
    ...alone,
    ['refundgen generate pack:chip', () => app.refundgen('generate', 'pack:chip', '-o', `${ALONE}/pack-chip`)],
    ["import { check, defineConfig, generate } from 'refundgen'", () => app.run(process.execPath, 'embed.js')],
  ]);
  return (
    usable &&
    (await checks.check('refundgen check', () => app.refundgen('check'))) &&
    (await checks.check('refundgen diff', () => app.refundgen('diff'))) &&
    (await checks.check('refundgen conformance', () =>
      app.refundgen('conformance', '--case', '/ closed after acting /'),
    )) &&
    (await checks.check("import { simulate } from 'refundgen/testing'", () =>
      app.run(process.execPath, 'simulated.js'),
    ))
  );
}

async function compileEverything() {
  /** @type {Check[]} */
  const strictest = TYPESCRIPTS.flatMap((version) =>
    SURROUNDINGS.map((surroundings) => [
      `TypeScript ${version}, strictest, ${surroundings.name}`,
      () => compilers.compileStrictest(version, surroundings, app.folder, [OUTPUT]),
    ]),
  );
  /** @type {Check[]} */
  const consumers = TYPESCRIPTS.map((version) => [
    `TypeScript ${version}, the code of a consumer`,
    () => compilers.compileConsumer(version, app.folder, ['src', 'refundgen.config.ts']),
  ]);
  await checks.all([
    ...strictest,
    [
      `TypeScript ${RUN_WITH}, strictest, each provider alone`,
      () => compilers.compileStrictest(RUN_WITH, SURROUNDINGS[0], app.folder, [ALONE]),
    ],
    [
      `TypeScript ${RUN_WITH}, strictest, with the runtime of the package`,
      () => compilers.compileStrictest(RUN_WITH, SURROUNDINGS[0], app.folder, [SHARED]),
    ],
    ...consumers,
  ]);
}

/** @param {readonly NodeBinary[]} nodes */
async function runOn(nodes) {
  const script = path.join(app.folder, 'out', `consumer-${RUN_WITH}`, 'src/refund.js');
  /** @type {Check[]} */
  const runs = nodes.flatMap(({ binary, name }) => [
    [`${name}, refundgen generate`, () => generateOn(binary, name)],
    [`${name}, refunds over HTTP`, () => app.run(binary, script)],
  ]);
  const newest = nodes.at(-1);
  assert(newest !== undefined, 'no Node was installed');
  await checks.all([
    ...runs,
    [`${newest.name}, without a build`, () => app.run(newest.binary, path.join(app.folder, 'erasable/refund.ts'))],
  ]);
}

/**
 * Every Node has to write the same.
 *
 * @param {string} binary
 * @param {string} name
 */
async function generateOn(binary, name) {
  const output = `nodes/${name.replaceAll(/\W+/g, '-')}`;
  const bin = path.join(app.installed, 'dist/bin.js');
  await app.run(binary, bin, 'generate', '-o', output);
  const files = await app.files(output);
  assert.deepEqual(files, await app.files(OUTPUT));
  for (const file of files) {
    const [here, there] = await Promise.all(
      [output, OUTPUT].map((place) => readFile(path.join(app.folder, place, file), 'utf8')),
    );
    assert.equal(here, there, `${file} is not what it is on the Node that is running`);
  }
}
