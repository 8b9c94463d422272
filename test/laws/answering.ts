import { parseYaml } from '@redocly/openapi-core';
import type { Analysis } from '../../generator/analyse.js';
import { formOf, type Hole } from '../../generator/init/form.js';
import { inspect, isRead } from '../../generator/inspect/inspect.js';
import type { OpenQuestion } from '../../generator/inspect/inspection.js';
import { listOperations } from '../../generator/load/operations.js';
import { listPlaces, type PlacedShape } from '../../generator/normalize/place.js';
import { at, type Json, type JsonMap } from '../fixtures/json.js';
import { action } from '../fixtures/pack.js';
import { randomFrom } from '../fixtures/shuffle.js';

/** Picks one of several, by a number that decides all of it. */
export type Pick = <T>(from: readonly T[]) => T | undefined;

export function pickBy(choice: number): Pick {
  const random = randomFrom(choice);
  return (from) => from[Math.floor(random() * from.length)];
}

const SOURCE = '\n  x-refund: { source: a test, date: 2026-11-21 }';

/** The action of an overlay that answers a question: its own form, with every hole filled with one of its choices. */
function answerTo(
  question: OpenQuestion,
  places: readonly PlacedShape[],
  operations: readonly string[],
  pick: Pick,
): readonly Json[] {
  const form = formOf(question, places);
  const lines = form.lines.map((line) =>
    form.holes
      .filter(({ text }) => line.includes(text))
      .reduce((filled, hole) => filled.replace(hole.text, () => fillFor(hole, operations, pick)), line),
  );
  const made = parseYaml(`${lines.join('\n')}${SOURCE}`) as Json;
  return Array.isArray(made) ? made.slice(0, 1).map((item) => refined(question, item, pick)) : [];
}

function fillFor({ choices, text }: Hole, operations: readonly string[], pick: Pick): string {
  const found = pick(choices)?.yaml;
  if (found !== undefined) return found;
  if (text === '<METHOD /path>') return JSON.stringify(pick(operations) ?? 'POST /refunds');
  return text === '<raw status>' ? 'done' : 'body.amount';
}

/** Questions whose form suggests one answer of several: another one in half of the cases. */
function refined(question: OpenQuestion, made: Json, pick: Pick): Json {
  const facts = at(at(made)['update'] ?? null);
  const { code } = question;
  const other = OTHERS[code];
  if (other === undefined || facts['x-refund'] === undefined || pick([true, false]) !== true) return made;
  const change = pick(other);
  return change === undefined ? made : action('$', { update: { 'x-refund': change } });
}

const OTHERS: Readonly<Partial<Record<OpenQuestion['code'], readonly JsonMap[]>>> = {
  R036: [{ reconciliation: 'none' }, { reconciliation: { by: 'payment' } }],
  R037: [
    { errors: { body: 'problem' } },
    { errors: { body: { keyed: { general: ['__all__'] } } } },
    { errors: { body: { named: { code: ['body.code', 'body.errors.0.code'], message: ['body.message'] } } } },
    {
      errors: {
        body: {
          named: {
            code: ['body.error.code'],
            message: 'body.error.message',
            field: 'body.error.param',
            details: { list: 'body.errors', code: 'item.code', message: 'item.detail' },
          },
        },
      },
    },
  ],
};

/** Answers to all that an analysis asks, once each; an empty list where nothing is asked. */
export function answersTo(analysis: Analysis, id: string, pick: Pick): readonly Json[] {
  if (!isRead(analysis)) return [];
  const { questions } = inspect(analysis, id);
  const create = analysis.draft?.native.operations.find(({ role }) => role === 'create');
  const places = create === undefined ? [] : listPlaces(create);
  const operations = listOperations(analysis.document)
    .filter(({ method }) => method === 'POST' || method === 'PUT')
    .map(({ method, path }) => `${method} ${path}`);
  return questions.flatMap((question) => answerTo(question, places, operations, pick));
}

/** Facts that nothing asks for, and that change what a client has. */
export const EXTRAS: readonly JsonMap[] = [
  { amount: { exponents: { overrides: { MGA: 0, BHD: 3 }, unknown: ['CLF'] } } },
  { amount: { currencyCase: 'lower' } },
  { reasons: { sideEffects: { duplicate: 'Blocks the card */ `for` good.' } } },
  { errors: { kinds: { gone: 'already_refunded', "it's": 'declined' } } },
  { errors: { ambiguous: [{ status: 400, code: 'late' }], refused: [{ status: 409 }] } },
  { payment: { id: 'body.id', measure: 'refunded', total: 'body.amount', currency: 'body.currency' } },
  { request: { reference: 'body.reference' } },
  { settings: { 'X-Account': { name: 'account', scope: 'call' } } },
  { auth: { bearer: { credential: 'secret' } } },
];
