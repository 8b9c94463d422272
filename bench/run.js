// Measures refundgen beside other generators: npm run bench. Given words, only the steps whose names hold one of them,
// and RESULTS.md stays as it is.

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
  await writeFile(new URL('RESULTS.md', import.meta.url), resultsText(rows, { load, pairs: PAIRS }));
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
