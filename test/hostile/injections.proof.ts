import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { guardWorld } from './guard.js';
import { GROUPS, injectGroup, injectPlace, PLACES, Tally } from './injections.js';
import { FEW_PAYLOADS, NAMED_PAYLOADS } from './payloads.js';

// Every payload in every place. REFUNDGEN_PROOF_TABLE names a file for the counts by place.

const guard = guardWorld();
const NAMES = Object.keys(NAMED_PAYLOADS);
const FEW = NAMES.filter((name) => FEW_PAYLOADS.includes(NAMED_PAYLOADS[name] ?? ''));
const all = new Tally();

test.each(GROUPS.map((group) => [group.name, group] as const))('no text escapes from %s', async (_, group) => {
  const before = all.escapes.length;
  await injectGroup(group, NAMES, all);
  expect(all.escapes.slice(before)).toEqual([]);
  expect(guard.attempts).toEqual([]);
});

test.each(PLACES.map((place) => [place.name, place] as const))('no text escapes from %s', async (_, place) => {
  const before = all.escapes.length;
  await injectPlace(place, NAMES, all);
  await injectPlace(place, FEW, all, true);
  expect(all.escapes.slice(before)).toEqual([]);
  expect(guard.attempts).toEqual([]);
});

test('at least three hundred injections were tried', () => {
  expect(all.count).toBeGreaterThanOrEqual(300);
});

afterAll(() => {
  const lines = [...all.tried].map(([place, count]) => `${String(count).padStart(5)}  ${place}`);
  const table = `${lines.join('\n')}\n${String(all.count).padStart(5)}  in all, ${all.escapes.length} escaped\n${all.escapes.join('\n')}`;
  const file = process.env['REFUNDGEN_PROOF_TABLE'];
  if (file !== undefined) writeFileSync(file, table);
  else process.stdout.write(table);
});
