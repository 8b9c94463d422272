import { parseYaml } from '@redocly/openapi-core';
import { describe, expect, test } from 'vitest';
import { discover } from '../../generator/discover/discover.js';
import type { Problem } from '../../generator/problem.js';
import { documentWith } from '../fixtures/document.js';
import { at, type Json, type JsonMap, listAt } from '../fixtures/json.js';
import { where } from '../fixtures/pack.js';
import { type Operations, takes } from './discovered.js';

function onlyProblem(operations: Operations, root: JsonMap = {}): Problem {
  const { problems } = discover(documentWith(operations, {}, root));
  const [problem] = problems;
  if (problem === undefined || problems.length > 1) expect.fail(`there are ${problems.length} problems`);
  return problem;
}

/** What the lines of an overlay would declare as creating a refund. */
function suggested({ overlay }: Problem): Json | undefined {
  const [action] = listAt(parseYaml(overlay ?? '') as Json);
  return at(action ?? null, 'update', 'x-refund', 'operations')['create'];
}

function chooses(...values: readonly string[]): JsonMap {
  const schema = { type: 'object', properties: { action: { type: 'string', enum: [...values] } } };
  return { requestBody: { content: { 'application/json': { schema } } } };
}

describe('what comes near is named, and can be declared at once', () => {
  test.each<readonly [string, string, JsonMap, string]>([
    ['a value of an enum', 'POST /payments/{id}/actions', chooses('capture', 'refund'), 'its action may be refund'],
    ['one in capitals', 'POST /modifications', chooses('CAPTURE', 'REFUND'), 'its action may be refund'],
    [
      'a summary',
      'POST /payments/{id}/take-back',
      { summary: 'Take it back, as a refund' },
      'its summary mentions a refund',
    ],
    ['a credit note', 'POST /invoices/{id}/credit_notes', { summary: 'Create one' }, 'it makes a credit note'],
    ['a name with other words', 'POST /do-refund', {}, 'its name mentions a refund'],
    ['an id alone', 'POST /v1/tx', { operationId: 'tx.refund' }, 'its name mentions a refund'],
    [
      'what cancels or refunds',
      'POST /payments/{id}/cancelOrRefund',
      { operationId: 'cancelOrRefund' },
      'it cancels or refunds',
    ],
    ['a refund of a fee', 'POST /fees/{id}/refunds', {}, 'what is refunded is of the kind fee'],
    ['a refund that names nothing', 'POST /odeme/{id}/iade', {}, 'nothing in the request names what is refunded'],
  ])('%s', (_, name, operation, why) => {
    const problem = onlyProblem({ [name]: operation, 'POST /customers': {} });
    expect(problem).toMatchObject({ code: 'R020', severity: 'error' });
    expect(problem.message).toContain(`${name} (${why}`);
    expect(suggested(problem)).toBe(name);
    expect(where(problem)).toMatch(/^spec\.json:\d+:\d+$/);
  });

  test('the likeliest is suggested, and the others behind it', () => {
    const problem = onlyProblem({
      'POST /a': { summary: 'May refund' },
      'POST /fees/{id}/refunds': { operationId: 'refundFee' },
      'POST /invoices/{id}/credit_notes': {},
      'POST /z': chooses('refund'),
    });
    expect(suggested(problem)).toBe('POST /fees/{id}/refunds');
    expect(problem.overlay).toMatch(/# or .*POST \/z.*, or .*POST \/a.*, or .*POST \/invoices/);
  });

  test('no more than a person can look at', () => {
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`POST /a${index}`, { summary: 'refund' }]),
    );
    expect(onlyProblem(many).message.match(/POST /g)).toHaveLength(4);
  });

  test('nothing is made up where nothing comes near', () => {
    const problem = onlyProblem({ 'POST /customers': {}, 'GET /refunds': { summary: 'List refunds' } });
    expect(problem.message).toBe('no operation looks as if it refunded a payment');
    expect(suggested(problem)).toBe('POST /path');
  });

  test.each([
    ['what records one', 'POST /invoices/{id}/record_refund'],
    ['what is about one that exists', 'POST /refunds/{id}/approve'],
    ['what reads one', 'GET /refunds/{id}'],
    ['what takes one back', 'DELETE /refunds/{id}'],
  ])('%s does not come near', (_, name) => {
    expect(onlyProblem({ [name]: {} }).message).not.toContain(name);
  });
});

describe('a tie is asked about', () => {
  const tied = {
    'POST /v1/refunds': { summary: 'Create a refund', ...takes('payment_id') },
    'POST /v2/refunds': { summary: 'Create a refund', ...takes('payment_id') },
  };

  test('with every one of them, and a place to look at', () => {
    const problem = onlyProblem(tied);
    expect(problem).toMatchObject({ code: 'R021', severity: 'error' });
    expect(problem.message).toContain('POST /v1/refunds, POST /v2/refunds');
    expect(problem.location?.pointer).toBe('/paths/~1v1~1refunds/post');
    expect(suggested(problem)).toBe('POST /v1/refunds');
    expect(problem.overlay).toMatch(/# or .*POST \/v2\/refunds/);
  });

  test('and a declaration settles it, with the other one as an alternative', () => {
    const root = { 'x-refund': { operations: { create: 'POST /v2/refunds' } } };
    const { problems, ...result } = discover(documentWith(tied, {}, root));
    expect(problems).toEqual([]);
    expect(result.ok && result.value.create).toMatchObject({ path: '/v2/refunds', basis: 'declared' });
    expect(result.ok && result.value.alternatives.map(({ path }) => path)).toEqual(['/v1/refunds']);
  });
});

describe('names that YAML would read as something else', () => {
  test.each(["POST /a'b: {x}", 'POST /a"b', 'POST /a\\b', 'POST /a : b', 'POST /\u2028x'])('%j', (name) => {
    const problem = onlyProblem(
      { [name]: { operationId: 'refundIt' } },
      {
        paths: { [name.slice('POST '.length)]: { post: { operationId: 'refundIt' } } },
      },
    );
    expect(suggested(problem)).toBe(name);
  });
});
