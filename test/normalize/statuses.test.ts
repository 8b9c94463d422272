import { describe, expect, test } from 'vitest';
import type { Problem } from '../../generator/problem.js';
import { at, type JsonMap, listAt, put } from '../fixtures/json.js';
import { compilePack, factsWith, type Pack, readPack, where } from '../fixtures/pack.js';

describe('statuses are classified as a whole', () => {
  /** The status of Piriod's refund: `failed` and `succeeded`. */
  function statusOf(pack: Pack): JsonMap {
    return at(pack.spec, 'components', 'schemas', 'Refund', 'properties', 'status');
  }

  async function onlyProblem(pack: Pack): Promise<Problem> {
    const { ok, problems } = await compilePack(pack);
    expect(ok).toBe(false);
    expect(problems.map(({ code }) => code)).toEqual(['R032']);
    const [problem] = problems;
    if (problem === undefined) throw new Error('there is no problem');
    return problem;
  }

  test('a status that is new stops, and is shown', async () => {
    const pack = readPack('piriod');
    statusOf(pack)['enum'] = ['failed', 'succeeded', 'reversed'];
    const problem = await onlyProblem(pack);
    expect(problem.message).toContain('+ reversed');
    expect(problem.message).not.toContain('- ');
    expect(problem.hint).toContain('"reversed": pending');
    expect(problem.hint).not.toContain('"failed"');
    expect(problem.location?.pointer).toBe('/components/schemas/Refund/properties/status');
    expect(where(problem)).toMatch(/^acme\.yaml:/);
  });

  test('a status that has another name now is shown on both sides', async () => {
    const pack = readPack('piriod');
    statusOf(pack)['enum'] = ['failed', 'done'];
    expect((await onlyProblem(pack)).message).toMatch(/\+ done, - succeeded$/);
  });

  test('a status that is gone is located where it is declared', async () => {
    const pack = readPack('piriod');
    statusOf(pack)['enum'] = ['succeeded'];
    const problem = await onlyProblem(pack);
    expect(problem.message).toContain('- failed');
    expect(problem.message).not.toContain('+ ');
    expect(where(problem)).toMatch(/^acme\.overlay\.yaml:/);
  });

  test.each([
    ['behind a reference', { $ref: '#/components/schemas/Status' }],
    ['in allOf', { allOf: [{ $ref: '#/components/schemas/Status' }] }],
    [
      'in oneOf',
      { oneOf: [{ type: 'string', enum: ['succeeded', 'failed'] }, { $ref: '#/components/schemas/Other' }] },
    ],
    ['in anyOf beside a text', { anyOf: [{ $ref: '#/components/schemas/Status' }, { type: 'string' }] }],
    ['as a constant', { oneOf: [{ const: 'failed' }, { const: 'succeeded' }, { const: 'reversed' }] }],
  ])('%s', async (_, schema) => {
    const pack = readPack('piriod');
    const schemas = at(pack.spec, 'components', 'schemas');
    schemas['Status'] = { type: 'string', enum: ['failed', 'succeeded', 'reversed'] };
    schemas['Other'] = { type: 'string', enum: ['reversed'] };
    put(at(schemas, 'Refund', 'properties'), 'status', { ...schema, readOnly: true });
    expect((await onlyProblem(pack)).message).toMatch(/\? \+ reversed$/);
  });

  test('statuses that are numbers are not passed over', async () => {
    const pack = readPack('piriod');
    put(at(pack.spec, 'components', 'schemas', 'Refund', 'properties'), 'status', { type: 'integer', enum: [0, 1, 2] });
    at(factsWith(pack, 'statuses'))['statuses'] = { '1': 'succeeded' };
    const { ok, problems } = await compilePack(pack);
    expect(ok).toBe(false);
    for (const problem of problems) expect(where(problem)).toMatch(/^acme(\.overlay)?\.yaml:\d+:\d+$/);
  });

  test('names that every object has are not classified by having them', async () => {
    const pack = readPack('piriod');
    statusOf(pack)['enum'] = ['failed', 'succeeded', 'toString', '__proto__'];
    expect((await onlyProblem(pack)).message).toMatch(/\+ toString, \+ __proto__$/);
  });

  test('a status that only a retrieved refund can have is asked for too', async () => {
    const pack = readPack('wooshpay');
    const schemas = at(pack.spec, 'components', 'schemas');
    const later = structuredClone(at(schemas, 'Refund'));
    put(at(later, 'properties'), 'status', { type: 'string', enum: ['succeeded', 'reversed'] });
    schemas['LaterRefund'] = later;
    const keys = ['paths', '/v1/refunds/{refund_id}', 'get', 'responses', '200', 'content', 'application/json'];
    at(pack.spec, ...keys)['schema'] = { $ref: '#/components/schemas/LaterRefund' };
    expect((await onlyProblem(pack)).message).toContain('+ reversed');
  });

  test('statuses of a retrieved refund are asked for where creating one has none', async () => {
    const pack = readPack('wooshpay');
    const facts = factsWith(pack, 'answers');
    at(listAt(facts, 'answers', '200')[0] ?? null)['status'] = { is: 'pending' };
    delete facts['statuses'];
    expect((await onlyProblem(pack)).hint).toContain('statuses:');
  });
});
