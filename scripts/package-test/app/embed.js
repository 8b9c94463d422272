import assert from 'node:assert/strict';
import { check, defineConfig, generate } from 'refundgen';

const config = defineConfig({ providers: { piriod: { spec: 'pack:piriod' } }, output: 'embedded' });

const first = await generate(config);
assert(first.ok, JSON.stringify(first.problems));
assert(first.value.created.includes('piriod/client.ts'));

const second = await generate(config);
assert(second.ok, JSON.stringify(second.problems));
assert.deepEqual([second.value.created, second.value.changed, second.value.removed], [[], [], []]);

const checked = await check(config);
assert(checked.ok, JSON.stringify(checked.problems));
assert.deepEqual([checked.value.missing, checked.value.changed, checked.value.orphaned], [[], [], []]);

const refused = await generate({ providers: {} });
assert.equal(refused.ok, false);
