import { describe, expect, test } from 'vitest';
import { readXRefund } from '../../generator/normalize/x-refund.js';
import { documentOf } from '../fixtures/document.js';
import type { JsonMap } from '../fixtures/json.js';
import { failuresOf } from '../output/folder.js';

/** What is told of facts that are not valid. */
function toldOf(facts: JsonMap): readonly string[] {
  return failuresOf(readXRefund(documentOf({ openapi: '3.1.0', 'x-refund': facts }))).map((line) =>
    line.replace(/^R013 .*? ?x-refund/, 'x-refund'),
  );
}

describe('what is not valid is told', () => {
  test.each<readonly [JsonMap, readonly string[]]>([
    [{ amount: { unit: 'halves' } }, ['x-refund.amount.unit must be one of "minor", "major"']],
    [{ amounts: {} }, ['x-refund must not have "amounts"']],
    [{ answers: { '200': [] } }, ['x-refund.answers.200 must not be empty']],
    [{ fixed: [] }, ['x-refund.fixed must be an object']],
    [
      { answers: { '2x': [{ status: { is: 'pending' } }] } },
      ['x-refund.answers must not have "2x": its name must match pattern "^2([0-9][0-9]|XX)$"'],
    ],
    [{ answers: { '200': [{ id: 'body.id' }] } }, ['x-refund.answers.200.0 must have "status"']],
  ])('%j', (facts, told) => {
    expect(toldOf(facts)).toEqual(told);
  });
});

describe('of several forms, what the one that was meant misses', () => {
  test.each<readonly [string, JsonMap, readonly string[]]>([
    [
      'none of them',
      { errors: { body: {} } },
      ['x-refund.errors.body must have "keyed", or must have "named", or must be "problem"'],
    ],
    [
      'a part of one',
      { errors: { body: { named: { message: 'body.message' } } } },
      ['x-refund.errors.body.named must have "code"'],
    ],
    [
      'one inside of one',
      { errors: { body: { named: { code: ['body.code'], message: 5 } } } },
      ['x-refund.errors.body.named.message must be a text, or must be a list'],
    ],
    ['a word', { reconciliation: 'nothing' }, ['x-refund.reconciliation must be "none", or must be an object']],
    ['one that a field names', { reconciliation: { by: 'refund' } }, ['x-refund.reconciliation must have "reference"']],
    [
      'a field that names none',
      { reconciliation: { by: 'other' } },
      ['x-refund.reconciliation.by must be "refund", or must be "payment"'],
    ],
    [
      'one with a choice of its own',
      { idempotency: {} },
      ['x-refund.idempotency must have "replay"', 'x-refund.idempotency must have "header", or must have "field"'],
    ],
    [
      'a key by another name',
      { idempotency: { key: 'header.a', replay: 5 } },
      [
        'x-refund.idempotency must not have "key"',
        'x-refund.idempotency must have "header", or must have "field"',
        'x-refund.idempotency.replay must be false, or must be an object',
      ],
    ],
    [
      'a part of one, and a place that is none',
      { errors: { body: { named: { code: ['code'] } } } },
      [
        'x-refund.errors.body.named must have "message"',
        'x-refund.errors.body.named.code.0 must match pattern "^body(\\.[^.]+)+$"',
      ],
    ],
    [
      'a place that is none',
      { errors: { body: { named: { code: ['code'], message: 'body.message' } } } },
      ['x-refund.errors.body.named.code.0 must match pattern "^body(\\.[^.]+)+$"'],
    ],
    [
      'two of them',
      { idempotency: { header: 'Idempotency-Key', field: 'body.key', replay: false } },
      ['x-refund.idempotency must have one form only, and has several at once'],
    ],
    ['a shared form', { answers: { '200': [{ status: {} }] } }, ['x-refund.answers.200.0.status must have "is"']],
    [
      'a shared choice',
      { auth: { Key: { username: {} } } },
      ['x-refund.auth.Key.username must have "credential", or must have "fixed"'],
    ],
  ])('%s', (_, facts, told) => {
    expect([...toldOf(facts)].sort()).toEqual([...told].sort());
  });
});
