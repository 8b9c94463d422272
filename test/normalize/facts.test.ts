import { describe, expect, test } from 'vitest';
import type { Fact } from '../../generator/ir.js';
import type { Problem } from '../../generator/problem.js';
import { at, type Json, type JsonMap, listAt, put } from '../fixtures/json.js';
import {
  actionOf,
  actionsOf,
  apiOf,
  compilePack,
  declare,
  errorCodes,
  factsWith,
  PACKS,
  type Pack,
  type PackName,
  readPack,
  said,
  where,
} from '../fixtures/pack.js';

/** Everything that decides over money, taken out of a pack one by one: [fact, pack, code, line of the overlay]. */
const FACTS: readonly (readonly [string, PackName, (pack: Pack) => void, string, string])[] = [
  ...(['medusa', 'piriod', 'wooshpay'] as const).map(
    (name) => ['the unit', name, without('amount', 'unit'), 'R030', 'unit: minor'] as const,
  ),
  ...(['chip', 'wooshpay'] as const).map(
    (name) => ['what omitting does', name, without('amount', 'full'), 'R035', 'full: omitted'] as const,
  ),
  ['what success means', 'piriod', without('answers'), 'R031', '201:'],
  ['what success means', 'medusa', without('answers'), 'R031', '200:'],
  ['what success means', 'chip', without('answers'), 'R031 R032', '200:'],
  ['what success means', 'wooshpay', without('answers'), 'R031', '200:'],
  ['listed statuses', 'piriod', without('statuses'), 'R032', 'failed: pending'],
  ['free statuses', 'wooshpay', without('statuses'), 'R032', '<raw status>: pending'],
  ...(['chip', 'medusa', 'piriod'] as const).map(
    (name) => ['idempotency', name, without('idempotency'), 'R033', 'idempotency: none'] as const,
  ),
  [
    'idempotency',
    'wooshpay',
    without('idempotency'),
    'R033',
    'idempotency: { header: Idempotency-Key, replay: false }',
  ],
  ['what a 409 proves', 'medusa', without('errors', 'ambiguous'), 'R034', '- status: 409'],
  ['what a 409 proves', 'wooshpay', without('errors', 'ambiguous'), 'R034', '- status: 409'],
  ['the body of errors', 'chip', without('errors', 'body'), 'R037', 'body:'],
  ...PACKS.map((name) => ['reconciliation', name, without('reconciliation'), 'R036', 'reconciliation: none'] as const),
];

function without(fact: string, ...keys: readonly string[]): (pack: Pack) => void {
  return (pack) => {
    const facts = factsWith(pack, fact);
    const path = [fact, ...keys];
    delete at(facts, ...path.slice(0, -1))[path.at(-1) ?? ''];
  };
}

describe('a fact that decides over money is asked for', () => {
  test.each(FACTS)('%s: %s', async (_, name, remove, code, line) => {
    const pack = readPack(name);
    remove(pack);
    const result = await compilePack(pack);
    expect(result.ok).toBe(false);
    expect(result.problems.map((problem) => problem.code).join(' ')).toBe(code);
    const [problem] = result.problems;
    expect(problem?.severity).toBe('error');
    expect(problem && where(problem)).toMatch(/^acme(\.overlay)?\.yaml:\d+:\d+$/);
    expect(problem?.location?.frame).not.toBe('');
    expect(problem?.hint).toContain('acme.overlay.yaml under actions:');
    expect(problem?.hint).toContain('x-refund:');
    expect(problem?.hint.replaceAll(/["']/g, '')).toContain(line);
  });

  test('all of them at once, where there is no overlay', async () => {
    const pack = readPack('medusa');
    pack.overlay['actions'] = [declare({ provider: { name: 'Nothing more' } })];
    const { problems } = await compilePack(pack);
    expect([...errorCodes(problems)].sort()).toEqual(['R030', 'R031', 'R033', 'R034', 'R036']);
  });
});

/** The action that answers a question. What a person reads is what a program is given. */
function answerTo(problem: Problem): Json {
  const { hint, overlay = '' } = problem;
  expect(hint.split('\n').slice(1).join('\n')).toBe(overlay.replaceAll(/^/gm, '  '));
  // The one hole that a program cannot leave: which statuses there are.
  return actionOf({ ...problem, overlay: overlay.replaceAll('<raw status>', 'done') });
}

describe('writing what the hint says answers the question', () => {
  test.each(FACTS)('%s: %s', async (_, name, remove) => {
    const pack = readPack(name);
    remove(pack);
    const { problems } = await compilePack(pack);
    actionsOf(pack).push(...problems.map(answerTo));
    const answered = await compilePack(pack);
    expect(said(answered.problems)).toEqual([]);
    expect(answered.ok).toBe(true);
  });

  test('every question of a pack without facts, one by one', async () => {
    const pack = readPack('wooshpay');
    pack.overlay['actions'] = [declare({ provider: { name: 'Nothing more' } })];
    let asked = (await compilePack(pack)).problems;
    expect(asked.length).toBeGreaterThan(3);
    // A question that hangs on another one is asked once that is answered.
    for (let round = 0; round < 3 && asked.length > 0; round += 1) {
      actionsOf(pack).push(...asked.filter(({ overlay }) => overlay !== undefined).map(answerTo));
      asked = (await compilePack(pack)).problems;
    }
    expect(said(asked)).toEqual([]);
  });

  test('an answer that the spec has for all successes', async () => {
    const pack = readPack('wooshpay');
    without('answers')(pack);
    const responses = at(pack.spec, 'paths', '/v1/refunds', 'post', 'responses');
    responses['2XX'] = responses['200'] ?? null;
    delete responses['200'];
    const asked = await compilePack(pack);
    expect(errorCodes(asked.problems)).toEqual(['R031']);
    actionsOf(pack).push(...asked.problems.map(answerTo));
    expect(said((await compilePack(pack)).problems)).toEqual([]);
  });
});

describe('a spec without a success', () => {
  test('asks what success is', async () => {
    const pack = readPack('piriod');
    without('answers')(pack);
    without('statuses')(pack);
    const responses = at(pack.spec, 'paths', '/refunds/', 'post', 'responses');
    responses['default'] = responses['201'] ?? null;
    delete responses['201'];
    const { problems } = await compilePack(pack);
    expect(errorCodes(problems)).toEqual(['R031']);
  });

  test('has no answers to declare', async () => {
    const pack = readPack('piriod');
    const answers = at(factsWith(pack, 'answers'), 'answers');
    answers['202'] = structuredClone(answers['201'] ?? null);
    const { problems } = await compilePack(pack);
    expect(said(problems)).toEqual(['R014 the create operation has no answer 202']);
    expect(problems.map(where)).toEqual([expect.stringMatching(/^acme\.overlay\.yaml:\d+:\d+$/)]);
  });
});

function firstCase(pack: Pack, status: string): JsonMap {
  return at(listAt(factsWith(pack, 'answers'), 'answers', status)[0] ?? null);
}

/** Facts of a pack that name what the spec does not have. */
const MISTAKES: readonly (readonly [string, PackName, (pack: Pack) => void])[] = [
  ['the payment', 'piriod', (pack) => put(at(factsWith(pack, 'request'), 'request'), 'payment', 'body.nowhere')],
  ['the amount', 'piriod', (pack) => put(at(factsWith(pack, 'request'), 'request'), 'amount', 'body.nowhere')],
  ['the reference', 'piriod', (pack) => put(at(factsWith(pack, 'request'), 'request'), 'reference', 'body.nowhere')],
  ['the reason', 'medusa', (pack) => put(at(factsWith(pack, 'request'), 'request'), 'reason', 'query.reason')],
  ['a parameter', 'chip', (pack) => put(at(factsWith(pack, 'request'), 'request'), 'payment', 'path.purchase')],
  ['the id', 'medusa', (pack) => put(firstCase(pack, '200'), 'id', 'body.id')],
  ['the status', 'piriod', (pack) => put(firstCase(pack, '201'), 'status', 'body.state')],
  ['the currency', 'wooshpay', (pack) => put(firstCase(pack, '200'), 'currency', 'body.nowhere')],
  ['the remaining amount', 'piriod', (pack) => put(firstCase(pack, '201'), 'remaining', 'body.rest')],
  ['the time', 'piriod', (pack) => put(at(firstCase(pack, '201'), 'createdAt'), 'field', 'body.nowhere')],
  ['a retrieved id', 'wooshpay', (pack) => put(at(factsWith(pack, 'retrieve'), 'retrieve'), 'id', 'body.nowhere')],
  ['a total', 'chip', (pack) => put(at(factsWith(pack, 'payment'), 'payment'), 'total', 'body.nowhere')],
  ['a failure', 'chip', (pack) => put(at(factsWith(pack, 'payment'), 'payment', 'failure'), 'code', 'body.nowhere')],
  [
    'a setting',
    'piriod',
    (pack) => put(at(factsWith(pack, 'settings'), 'settings'), 'x-other', { name: 'other', scope: 'call' }),
  ],
  ['a key', 'wooshpay', (pack) => put(at(factsWith(pack, 'idempotency'), 'idempotency'), 'header', 'X-Key')],
  ['an omission', 'medusa', (pack) => put(at(factsWith(pack, 'amount'), 'amount'), 'full', 'omitted')],
  ['a payment', 'piriod', (pack) => put(factsWith(pack, 'reconciliation'), 'reconciliation', { by: 'payment' })],
];

describe('what the overlay names has to be in the spec', () => {
  test.each(MISTAKES)('%s: %s', async (_, name, change) => {
    const pack = readPack(name);
    change(pack);
    const { ok, problems } = await compilePack(pack);
    expect(ok).toBe(false);
    const found = problems.filter(({ code }) => code === 'R014');
    expect(new Set(found.map(({ message }) => message)).size).toBe(1);
    for (const problem of found) expect(where(problem)).toMatch(/^acme\.overlay\.yaml:\d+:\d+$/);
  });

  test('one mistake is one problem', async () => {
    const several: string[] = [];
    for (const [mistake, name, change] of MISTAKES) {
      const pack = readPack(name);
      change(pack);
      const { problems } = await compilePack(pack);
      if (problems.length > 1) several.push(`${mistake}: ${said(problems).join('; ')}`);
    }
    expect(several).toEqual([]);
  });
});

describe('the IR', () => {
  test.each(PACKS)('assumes nothing that decides over money: %s', async (name) => {
    const { create, errors, idempotency, reconciliation, retrieve, payment } = await apiOf(readPack(name));
    const facts: readonly (Fact<unknown> | null | undefined)[] = [
      create.amount.unit,
      create.amount.full,
      ...create.accepted.map(({ cases }) => cases),
      create.statuses,
      errors.body,
      ...errors.ambiguous,
      ...errors.refused,
      ...errors.kinds,
      idempotency,
      reconciliation,
      retrieve?.answer,
      payment?.total,
    ];
    for (const fact of facts.filter((item) => item !== null && item !== undefined)) {
      expect(fact.basis).not.toBe('assumed');
      expect(fact.evidence.file).toMatch(/^acme(\.overlay)?\.yaml$/);
      expect(fact.evidence.pointer).toMatch(/^\//);
      if (fact.basis === 'declared') expect(fact).toMatchObject({ source: expect.any(String), date: '2026-11-21' });
    }
  });

  test('is JSON', async () => {
    const api = await apiOf(readPack('wooshpay'));
    expect(JSON.parse(JSON.stringify(api))).toEqual(api);
  });
});
