import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { capabilityTable } from '../generator/emit/capability-table.js';
import { compile } from '../generator/generate.js';

const PACKS = ['chip', 'medusa', 'piriod', 'wooshpay'];

it('shows the capabilities that the IR has', async () => {
  const compiled = await compile(
    PACKS.map((id) => ({ id, spec: `specs/${id}.yaml`, overlay: `specs/${id}.overlay.yaml` })),
  );
  const readme = readFileSync('README.md', 'utf8');
  const shown = /<!-- capabilities -->\n([\s\S]*?)\n<!-- \/capabilities -->/.exec(readme)?.[1];
  expect(shown, 'run npm run table').toBe(compiled.ok ? capabilityTable(compiled.value.apis) : 'compiled');
});
