// Writes the capability table of the packs into README.md. A test fails where it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { loadConfig } from '../dist/config.js';
import { capabilityTable } from '../dist/emit/capability-table.js';
import { compile } from '../dist/generate.js';

const README = new URL('../README.md', import.meta.url);
const SECTION = /(<!-- capabilities -->\n)[\s\S]*?(\n<!-- \/capabilities -->)/;

const plan = await loadConfig('refundgen.config.ts');
const compiled = plan.ok ? await compile(plan.value.inputs) : plan;
if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
const table = capabilityTable(compiled.value.apis);
writeFileSync(
  README,
  readFileSync(README, 'utf8').replace(SECTION, (_, open, close) => `${open}${table}${close}`),
);
