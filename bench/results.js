import os from 'node:os';
import { PEERS, versionOf } from './peers.js';

/** @import { Limit, Row } from './row.js' */

/** @param {Row} row */
export function verdict({ limit, value }) {
  if (value === undefined) return 'not measured';
  return value <= limit.at ? 'met' : 'not met';
}

/**
 * @param {readonly Row[]} rows
 * @param {{ readonly load: number, readonly pairs: number }} run
 * @returns {string} the text of RESULTS.md
 */
export function resultsText(rows, { load, pairs }) {
  return `# Results

Written by \`npm run bench\` in this folder. What is measured and how is in [README.md](README.md).

- ${new Date().toISOString().slice(0, 10)}, on ${machine()}
- load average at the start: ${load.toFixed(1)}; ${pairs} pairs of each
- ${versions()}

${table(rows)}
`;
}

/** @param {readonly Row[]} rows */
function table(rows) {
  const lines = rows.map((row) => {
    const { also = '', beside, limit, measured, told } = row;
    return cells([measured, beside, told, `≤ ${tellLimit(limit)}`, verdict(row), also]);
  });
  const head = cells(['measured', 'beside', 'result', 'target', '', 'not judged']);
  return [head, cells(['---', '---', '---', '---', '---', '---']), ...lines].join('\n');
}

/** @param {readonly string[]} texts */
function cells(texts) {
  return `| ${texts.map((text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

/** @param {Limit} limit */
export function tellLimit({ at, unit }) {
  return `${at} ${unit}`;
}

function machine() {
  const cpus = os.cpus();
  const memory = Math.round(os.totalmem() / 1024 ** 3);
  return `${cpus[0]?.model.trim() ?? 'unknown CPU'}, ${cpus.length} cores, ${memory} GB; ${os.type()} ${os.release()} ${os.arch()}`;
}

function versions() {
  const peers = PEERS.map(({ name }) => `${name} ${versionOf(name)}`);
  return `Node ${process.versions.node}; ${peers.join(', ')}; typescript ${versionOf('typescript')}, esbuild ${versionOf('esbuild')}`;
}
