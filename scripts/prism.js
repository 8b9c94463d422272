// A second opinion: the generated clients of specs/ against Stoplight Prism, mocking and validating: npm run prism.

import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { DRIVES } from './prism/drives.js';
import { installPrism } from './prism/install.js';
import { driveMock } from './prism/mocking.js';
import { Observer } from './prism/observer.js';
import { driveProxy } from './prism/proxying.js';
import { Score } from './prism/score.js';
import { copyForPrism } from './prism/spec.js';
import { loadSource } from './sources.js';

/** @import { Tally } from './prism/score.js' */
/** @typedef {{ readonly id: string, readonly observers: readonly Observer[], readonly score: Score }} Row */

const { analyse } = await loadSource('analyse');

const REPOSITORY = fileURLToPath(new URL('../', import.meta.url));

const started = performance.now();
const version = await installPrism();
const generated = await createJiti(import.meta.url).import(path.join(REPOSITORY, 'generated/index.ts'));
/** @type {Row[]} */
const rows = [];
const folder = await mkdtemp(path.join(tmpdir(), 'refundgen-prism-'));
// Also where a signal ends it.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const id of Object.keys(DRIVES)) rows.push(await drive(id));
report(rows);

/**
 * @param {string} id
 * @returns {Promise<Row>}
 */
async function drive(id) {
  const original = path.join(REPOSITORY, `specs/${id}.yaml`);
  const { api } = await analyse({ id, spec: original, overlay: original.replace(/yaml$/, 'overlay.yaml') });
  const [ofMock, ofProxy, score] = [new Observer(), new Observer(), new Score()];
  const common = { drive: DRIVES[id], generated, score, spec: await copyForPrism(original, folder) };
  await Promise.all([driveMock({ ...common, observer: ofMock }), driveProxy({ ...common, api, observer: ofProxy })]);
  return { id, observers: [ofMock, ofProxy], score };
}

/** @param {readonly Row[]} rows */
function report(rows) {
  print(`Prism ${version}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  print('');
  print('| provider | requests | request violations | answers understood | controls caught | answer violations |');
  print('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const { id, observers, score } of rows) {
    const sent = observers.flatMap(({ exchanges }) => exchanges).length;
    const ofRequests = observers.flatMap((observer) => observer.violations('request'));
    const ofAnswers = observers.flatMap((observer) => observer.violations('response'));
    const cells = [sent, ofRequests.length, told(score.answers), told(score.controls), ofAnswers.length];
    print(`| ${id} | ${cells.join(' | ')} |`);
    for (const { message, of, place, request } of [...ofRequests, ...ofAnswers]) {
      score.faults.push(`${request}, ${of} ${place}: ${message}`);
    }
  }
  const faults = rows.flatMap(({ id, score }) => score.faults.map((fault) => `${id}: ${fault}`));
  print(['', ...faults].join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** @param {Tally} tally */
function told({ all, right }) {
  return `${right} of ${all}`;
}

/** @param {string} text */
function print(text) {
  process.stdout.write(`${text}\n`);
}
