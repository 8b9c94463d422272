// Tries refundgen on real specs: npm run corpus -- <folder with gold.json>. Prints what it finds, against the key.

import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './corpus/command.js';
import { compareCost } from './corpus/cost.js';
import { mark, readGold } from './corpus/gold.js';
import { drivePacks } from './corpus/packs.js';
import { typeErrors } from './corpus/typecheck.js';

/** @import { Gold, Marks } from './corpus/gold.js' */

const REPOSITORY = fileURLToPath(new URL('../', import.meta.url));
const BIN = path.join(REPOSITORY, 'dist/bin.js');

const [corpus] = process.argv.slice(2);
if (corpus === undefined) {
  process.stderr.write('npm run corpus -- <folder with gold.json>\n');
  process.exit(2);
}
const output = await mkdtemp(path.join(tmpdir(), 'refundgen-corpus-'));
try {
  await main(path.resolve(corpus));
} finally {
  await rm(output, { recursive: true, force: true });
}

/**
 * @typedef {object} Row
 * @property {Gold} gold
 * @property {Marks | undefined} marks
 * @property {string} error
 * @property {any} found
 * @property {number} ms
 * @property {number} bytes of the client's own TypeScript, without the runtime that all share
 * @property {string} id
 */

/** @param {string} folder */
async function main(folder) {
  const rows = [];
  for (const gold of await readGold(folder)) {
    const row = await tryFile(folder, gold);
    rows.push(row);
    print(describe(row));
  }
  const errors = await typeErrors(output, REPOSITORY);
  for (const { id } of rows) {
    const own = errors.filter((line) => line.startsWith(`${id}/`));
    if (own.length > 0) print(`does not type-check: ${own[0]}`);
  }
  totals(rows, errors);
  const packs = await drivePacks(folder);
  const cost = await compareCost(folder, REPOSITORY);
  const failed = rows.some(({ marks }) => marks === undefined || !isRight(marks)) || errors.length > 0;
  process.exitCode = failed || !packs || !cost ? 1 : 0;
}

/** @param {Marks} marks */
function isRight({ amount, create, payment, unit }) {
  return create && amount !== false && payment !== false && unit;
}

/**
 * @param {string} folder
 * @param {Gold} gold
 * @returns {Promise<Row>}
 */
async function tryFile(folder, gold) {
  const spec = path.join(folder, gold.file);
  const id = gold.file
    .replace(/\.[a-z]+$/, '')
    .replaceAll(/[^A-Za-z\d]+/g, '-')
    .toLowerCase()
    .slice(0, 36)
    .replace(/-+$/, '');
  // Without packs: what is judged is what refundgen makes of a spec that nobody prepared.
  const config = path.join(output, `${id}.config.mjs`);
  const plan = { output: path.join(output, id), providers: { [id]: { spec, overlay: false } } };
  await writeFile(config, `export default ${JSON.stringify(plan)};\n`);
  const inspected = await run([BIN, 'inspect', '--json', '--config', config]);
  const empty = { gold, id, bytes: 0, ms: inspected.cost.wallMs };
  if (inspected.code !== 0)
    return { ...empty, marks: undefined, found: undefined, error: inspected.stderr.slice(0, 300) };
  const found = JSON.parse(inspected.stdout)[id];
  const marks = mark(gold, found);
  if (found.create === null) return { ...empty, marks, found, error: '' };
  const generated = await run([BIN, 'generate', '--native-only', '--config', config]);
  const error = generated.code === 0 ? '' : generated.stderr.slice(0, 300);
  return { ...empty, marks, found, error, bytes: await sizeOf(path.join(output, id, id)) };
}

/** @param {string} folder */
async function sizeOf(folder) {
  const files = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {Row} row */
function describe({ bytes, error, found, gold, marks, ms }) {
  if (marks === undefined) return `${gold.file}\n  CRASH ${error}`;
  const ok = (/** @type {boolean | undefined} */ right) => (right === undefined ? '–' : right ? 'ok' : 'WRONG');
  const { amount, create, paymentRef, questions } = found;
  const operation = create === null ? 'none' : `${create.method} ${create.path}`;
  const lines = [
    `${gold.file} (${gold.tier}) ${Math.round(ms)} ms`,
    `  create   ${ok(marks.create)}  ${operation}`,
    `  amount   ${ok(marks.amount)}  ${amount === null ? 'none' : `${amount.field} ${amount.encoding}`}`,
    `  unit     ${ok(marks.unit)}  ${amount === null ? 'none' : `${amount.unit} (${amount.basis})`}; the key: ${gold.amount?.unit ?? 'none'} (${gold.amount?.unitBasis ?? 'none'})`,
    `  payment  ${ok(marks.payment)}  ${paymentRef === null ? 'none' : `${paymentRef.in} ${paymentRef.name}`}`,
    `  open     ${questions.length}: ${questions.map((/** @type {{ code: string }} */ { code }) => code).join(' ')}`,
    ...(create === null ? [] : [`  size     ${(bytes / 1000).toFixed(1)} kB${bytes > 60_000 ? ' TOO LARGE' : ''}`]),
    ...(error === '' ? [] : [`  native   FAILED ${error}`]),
  ];
  return lines.join('\n');
}

/**
 * @param {readonly Row[]} rows
 * @param {readonly string[]} errors
 */
function totals(rows, errors) {
  const count = (/** @type {(row: Row) => boolean | undefined} */ of) => {
    const known = rows.filter((row) => of(row) !== undefined);
    return `${known.filter((row) => of(row)).length} of ${known.length}`;
  };
  print('');
  for (const tier of /** @type {const} */ (['A', 'trap', 'negative', 'hard'])) {
    print(
      `create right, ${tier}: ${count(({ gold, marks }) => (gold.tier === tier ? marks?.create === true : undefined))}`,
    );
  }
  print(`amount field right: ${count(({ marks }) => marks?.amount)}`);
  print(`payment right: ${count(({ marks }) => marks?.payment)}`);
  print(`units that the specs state, found: ${count(({ marks }) => marks?.unitFound)}`);
  print(`units stated that are not, or are others: ${rows.filter(({ marks }) => marks?.unit === false).length}`);
  print(`crashes: ${rows.filter(({ marks }) => marks === undefined).length}`);
  print(`native clients that fail: ${rows.filter(({ error }) => error !== '').length}`);
  print(`native clients over 60 kB: ${rows.filter(({ bytes }) => bytes > 60_000).length}`);
  print(`type errors: ${errors.length}`);
}

/** @param {string} text */
function print(text) {
  process.stdout.write(`${text}\n`);
}
