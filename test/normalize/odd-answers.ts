import { INTEGER, type Invention, object, TEXT } from '../fixtures/invented/build.js';
import { answered, CLASSES, NUMBER, REFUND } from './odd-parts.js';

/** Answers of providers that are odd in one way each: what is asked and told of them is in a snapshot. */
export const ODD_ANSWERS: Readonly<Record<string, Invention>> = {
  'an answer that nobody has explained': answered(REFUND, undefined),
  'an answer without a body that nobody has explained': answered(null, undefined),
  'two answers that nobody has explained': { answers: { '200': REFUND, '202': null }, facts: { answers: undefined } },
  'no answers': { answers: {}, facts: { answers: undefined } },
  'a refund in full': answered(
    REFUND,
    [
      {
        id: 'body.id',
        payment: 'body.payment',
        amount: 'body.amount',
        currency: 'body.currency',
        status: 'body.status',
        reason: 'body.reason',
        note: 'body.at',
        createdAt: { field: 'body.at', format: 'date-time' },
      },
    ],
    { facts: { statuses: CLASSES } },
  ),
  'places that are not there': answered(
    REFUND,
    [
      {
        id: 'body.x',
        payment: 'body.x',
        amount: 'body.x',
        currency: 'body.x',
        remaining: 'body.x',
        status: 'body.x',
        reason: 'body.x',
        note: 'body.x',
        failure: 'body.x',
        createdAt: { field: 'body.x', format: 'date-time' },
        when: { 'body.x': 1 },
      },
    ],
    { facts: { statuses: CLASSES } },
  ),
  'an answer that is not there': {
    facts: {
      answers: { '200': [{ id: 'body.id', status: { is: 'pending' } }], '204': [{ status: { is: 'succeeded' } }] },
    },
  },
  'a body where there is none': answered(null, [{ id: 'body.id', status: { is: 'pending' } }]),
  'two cases where there is no body': answered(null, [{ status: { is: 'pending' } }, { status: { is: 'failed' } }]),
  'no body': answered(null, [{ status: { is: 'succeeded' } }]),
  'an answer for all successes': {
    answers: { '2XX': object({ id: TEXT }, 'id') },
    facts: { answers: { '201': [{ id: 'body.id', status: { is: 'pending' } }] } },
  },
  'cases told apart': answered(
    object({ id: TEXT, kind: { type: 'string', enum: ['a', 'b'] }, flag: { type: 'boolean' }, count: INTEGER }),
    [
      { id: 'body.id', when: { 'body.kind': 'a', 'body.flag': true, 'body.count': 1 }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.kind': 'b' }, status: { is: 'pending' } },
    ],
  ),
  'cases by what never is': answered(
    object({
      id: TEXT,
      kind: { type: 'string', enum: ['a', 'b'] },
      flag: { type: 'boolean' },
      either: { type: ['string', 'integer', 'null'] },
      free: TEXT,
    }),
    [
      { id: 'body.id', when: { 'body.kind': 'c' }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.flag': 'true' }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.either': true }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.free': 'x', 'body.either': 'y' }, status: { is: 'succeeded' } },
      { id: 'body.id', when: { 'body.either': 5 }, status: { is: 'succeeded' } },
    ],
  ),
  'a case that hides another': answered(object({ id: TEXT, kind: TEXT }), [
    { id: 'body.id', status: { is: 'pending' } },
    { id: 'body.id', when: { 'body.kind': 'a' }, status: { is: 'succeeded' } },
  ]),
  'a case that tells nothing': answered(object({ id: TEXT, note: TEXT }), [
    { note: 'body.note', status: { is: 'pending' } },
  ]),
  'a case that tells by its payment': answered(object({ payment: TEXT }, 'payment'), [
    { payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'a case that tells by a payment that may be null': answered(object({ payment: { type: ['string', 'null'] } }), [
    { payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'a case that tells by its amount': answered(object({ amount: INTEGER }), [
    { amount: 'body.amount', status: { is: 'pending' } },
  ]),
  'a case that tells by an amount that may be missing': answered(
    object({ amount: INTEGER }),
    [{ amount: 'body.amount', status: { is: 'pending' } }],
    {
      body: object({ payment_id: TEXT, amount: INTEGER }, 'payment_id'),
      facts: { amount: { unit: 'minor', full: 'omitted' } },
    },
  ),
  'a payment that is an integer': answered(object({ id: TEXT, payment: INTEGER }), [
    { id: 'body.id', payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'a payment that is a fraction': answered(object({ id: TEXT, payment: NUMBER }), [
    { id: 'body.id', payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'an amount that is written otherwise than in the request': answered(
    object({ id: TEXT, amount: NUMBER }),
    [{ id: 'body.id', amount: 'body.amount', status: { is: 'pending' } }],
    {
      body: object({ payment_id: TEXT, amount: { ...INTEGER, description: 'In cents.' } }, 'amount'),
      facts: { amount: { full: 'unsupported' } },
    },
  ),
  'an amount that is written as a text': answered(
    object({ id: TEXT, amount: TEXT, rest: { type: ['string', 'integer'] } }),
    [{ id: 'body.id', amount: 'body.amount', remaining: 'body.rest', unit: 'major', status: { is: 'pending' } }],
  ),
  'amounts of no type, and of types that are none': answered(
    object({ id: TEXT, amount: {}, rest: { type: ['boolean', 'null'] } }),
    [{ id: 'body.id', amount: 'body.amount', remaining: 'body.rest', status: { is: 'pending' } }],
  ),
  'an amount that is an integer or a number': answered(object({ id: TEXT, amount: { oneOf: [INTEGER, NUMBER] } }), [
    { id: 'body.id', amount: 'body.amount', status: { is: 'pending' } },
  ]),
  'statuses that nobody has explained': answered(REFUND, [{ id: 'body.id', status: 'body.status' }]),
  'statuses of which one is not explained, and one is gone': answered(
    REFUND,
    [{ id: 'body.id', status: 'body.status' }],
    { facts: { statuses: { new: 'pending', done: 'succeeded', old: 'failed' } } },
  ),
  'statuses that are gone': answered(REFUND, [{ id: 'body.id', status: 'body.status' }], {
    facts: { statuses: { ...CLASSES, old: 'failed', older: 'failed' } },
  }),
  'statuses that the spec does not list': answered(object({ id: TEXT, status: TEXT }), [
    { id: 'body.id', status: 'body.status' },
  ]),
  'statuses that the spec does not list, declared': answered(
    object({ id: TEXT, status: TEXT }),
    [{ id: 'body.id', status: 'body.status' }],
    { facts: { statuses: { b: 'failed', a: 'pending' } } },
  ),
  'statuses that are numbers': answered(object({ id: TEXT, status: { type: 'integer', enum: [1, 2, null] } }), [
    { id: 'body.id', status: 'body.status' },
  ]),
  'a status that is a truth value': answered(object({ id: TEXT, status: { type: 'boolean' } }), [
    { id: 'body.id', status: 'body.status' },
  ]),
  'a status that is one word': answered(object({ id: TEXT, status: { const: 'ok' } }), [
    { id: 'body.id', status: 'body.status' },
  ]),
  'a status that is an object': answered(
    object({ id: TEXT, status: object({ name: TEXT }) }),
    [{ id: 'body.id', status: 'body.status' }],
    { facts: { statuses: CLASSES } },
  ),
  'an answer by default': {
    answers: { default: object({ id: TEXT }, 'id') },
    facts: { answers: { '200': [{ id: 'body.id', status: { is: 'pending' } }] } },
  },
  'a status where there is no body': answered(null, [{ status: 'body.status' }]),
  'an answer for all successes before one of them': {
    answers: { '200': REFUND, '2XX': REFUND },
    facts: {
      answers: {
        '2XX': [{ id: 'body.id', status: { is: 'pending' } }],
        '200': [{ id: 'body.id', when: { 'body.status': 'new', 'body.id': 'x' }, status: { is: 'succeeded' } }],
      },
    },
  },
  'an amount that is written otherwise, in a unit that is declared': answered(
    object({ id: TEXT, amount: NUMBER }),
    [{ id: 'body.id', amount: 'body.amount', unit: 'major', status: { is: 'pending' } }],
    {
      body: object({ payment_id: TEXT, amount: { ...INTEGER, description: 'In cents.' } }, 'amount'),
      facts: { amount: { full: 'unsupported' } },
    },
  ),
  'a number where a number is': answered(object({ id: TEXT, share: NUMBER, other: { type: ['integer', 'string'] } }), [
    { id: 'body.id', when: { 'body.share': 5 }, status: { is: 'pending' } },
    { id: 'body.id', when: { 'body.other': 5 }, status: { is: 'pending' } },
  ]),
  'a payment that is an integer or a number': answered(object({ id: TEXT, payment: { oneOf: [INTEGER, NUMBER] } }), [
    { id: 'body.id', payment: 'body.payment', status: { is: 'pending' } },
  ]),
  'an amount that may be a truth value': answered(object({ id: TEXT, amount: { type: ['integer', 'boolean'] } }), [
    { id: 'body.id', amount: 'body.amount', status: { is: 'pending' } },
  ]),
  'a status that is one text': answered(
    object({ id: TEXT, status: { type: 'string', const: 'ok' }, kind: { type: 'string', const: 'refund' } }),
    [
      { id: 'body.id', status: 'body.status', when: { 'body.kind': 'refund' } },
      { id: 'body.id', status: { is: 'pending' }, when: { 'body.kind': 'payment' } },
    ],
  ),
};
