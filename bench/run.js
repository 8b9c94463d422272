// Measures refundgen beside other generators: npm run bench. Given words, only the steps whose names hold one of them,
// and no results are written.

import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { PLAN, take } from './plan.js';
import { resultsText, tellLimit, verdict } from './results.js';
import { findSpecs } from './specs.js';

/** @import { Row } from './row.js' */

const PAIRS = Number(process.env['REFUNDGEN_BENCH_PAIRS'] ?? 5);

const words = process.argv.slice(2);
const started = performance.now();
const load = os.loadavg()[0] ?? 0;
const context = { pairs: PAIRS, specs: await findSpecs() };
/** @type {Row[]} */
const rows = [];
for (const step of PLAN) {
  if (words.length > 0 && !words.some((word) => step.name.includes(word))) continue;
  for (const row of await take(step, context)) {
    rows.push(row);
    print(row);
  }
}
process.stdout.write(`${Math.round((performance.now() - started) / 1000)} s\n`);
if (words.length === 0) {
  await writeFile(new URL(resultsFile(), import.meta.url), resultsText(rows, { load, pairs: PAIRS }));
}

/** RESULTS.md is of the oldest Node that refundgen runs on. Newer ones keep what they have compiled, and have their own. */
function resultsFile() {
  const [major] = process.versions.node.split('.');
  return major === '20' ? 'RESULTS.md' : `RESULTS.node${major}.md`;
}

/** @param {Row} row */
function print(row) {
  const { also, beside, limit, measured, told } = row;
  const lines = [
    `${measured}; beside ${beside}`,
    `  ${told}; target ≤ ${tellLimit(limit)}: ${verdict(row)}`,
    ...(also === undefined ? [] : [`  ${also}`]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
