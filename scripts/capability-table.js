// Writes the capability table of the packs into README.md. A test fails where it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { loadSource } from './sources.js';

const { loadConfig } = await loadSource('config');
const { capabilityTable } = await loadSource('emit/capability-table');
const { compile } = await loadSource('generate');

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
