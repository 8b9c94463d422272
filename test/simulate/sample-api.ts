import type { Body, Fact, Operation, Parameter, RefundApi, RequestPlace, Shape } from '../../generator/ir.js';

export const TEXT: Shape = {
  ...{ kind: 'string', nullable: false, description: '' },
  ...{ enum: null, minLength: null, maxLength: null, pattern: null, format: null },
};
const ANY: Shape = { kind: 'any', nullable: false, description: '' };

export function fact<T>(value: T): Fact<T> {
  return { value, basis: 'declared', evidence: { file: 'sample.yaml', pointer: '' } };
}

export function inBody(...path: readonly string[]): RequestPlace {
  return { part: 'body', path };
}

export const JSON_BODY: Body = {
  mediaType: 'application/json',
  required: true,
  shape: ANY,
  encoding: { kind: 'json' },
};

export function parameter(place: Parameter['in'], name: string, more: Partial<Parameter> = {}): Parameter {
  return { name, in: place, required: true, style: null, shape: TEXT, description: '', ...more };
}

/** An operation as it would stand in the IR of an invented provider. */
export function operation(
  role: Operation['role'],
  name: string,
  method: string,
  path: string,
  more: Partial<Operation> = {},
): Operation {
  const inPath = [...path.matchAll(/\{([^}]*)\}/g)].map(([, inside = '']) => parameter('path', inside));
  return {
    ...{ role, name, method, path, summary: '', description: '', headers: [], answers: [] },
    ...{ parameters: inPath, body: null, evidence: { file: 'sample.yaml', pointer: '' }, ...more },
  };
}

const MONEY = { encoding: 'integer', unit: 'minor' } as const;

const ANSWER: RefundApi['create']['accepted'][number]['cases']['value'][number] = {
  when: [],
  id: ['id'],
  payment: { path: ['payment'], type: 'string', optional: false },
  amount: { ...MONEY, path: ['amount'], currency: ['currency'] },
  status: { path: ['status'] },
  reason: { path: ['reason'], values: null },
  note: ['note'],
  remaining: { ...MONEY, path: ['remaining'], currency: null },
  failure: ['failure'],
  createdAt: { path: ['created_at'], format: 'date-time' },
};

const CREATE: RefundApi['create'] = {
  operation: 'createRefund',
  payment: fact({ place: inBody('payment'), type: 'string', required: true }),
  amount: {
    place: inBody('amount'),
    encoding: 'integer',
    currency: { place: inBody('currency'), required: false, letters: 'upper' },
    unit: fact('minor'),
    full: fact('omitted'),
    exponents: fact({ overrides: [], unknown: [] }),
  },
  reference: fact({ place: inBody('reference'), maxLength: null }),
  reason: fact({ place: inBody('reason'), required: false, values: null, sideEffects: [] }),
  note: fact({ name: 'note', place: inBody('note'), required: false, shape: TEXT }),
  metadata: null,
  others: [],
  fixed: [],
  accepted: [{ status: '200', empty: false, cases: fact([ANSWER]) }],
  statuses: fact([
    { raw: 'queued', status: 'pending' },
    { raw: 'held', status: 'pending' },
    { raw: 'done', status: 'succeeded' },
    { raw: 'declined', status: 'failed' },
  ]),
};

const PAYMENT: RefundApi['payment'] = {
  operation: 'getPayment',
  parameter: 'id',
  id: { path: ['id'], type: 'string' },
  measure: 'refunded',
  total: fact({ ...MONEY, path: ['refunded'], currency: ['currency'] }),
  pending: { path: ['state'], values: ['refunding'] },
  failure: { attempts: ['attempts'], code: ['attempts', '0', 'error', 'code'] },
};

/** The IR of an invented provider that has everything: nothing has to be compiled to simulate it. */
export const SAMPLE: RefundApi = {
  provider: { id: 'sample', name: 'Sample', title: 'Sample', version: '1' },
  servers: { kind: 'caller' },
  auth: [],
  settings: [],
  operations: [
    operation('create', 'createRefund', 'POST', '/refunds', { body: JSON_BODY }),
    operation('retrieve', 'getRefund', 'GET', '/refunds/{id}'),
    operation('payment', 'getPayment', 'GET', '/payments/{id}'),
    operation('list', 'listRefunds', 'GET', '/refunds'),
  ],
  create: CREATE,
  retrieve: { operation: 'getRefund', parameter: 'id', answer: fact(ANSWER) },
  payment: PAYMENT,
  errors: {
    body: fact({
      kind: 'named',
      code: [['error', 'code']],
      message: [['error', 'message']],
      field: null,
      details: null,
    }),
    ambiguous: [],
    refused: [],
    kinds: [],
  },
  idempotency: fact({
    kind: 'key',
    place: { part: 'header', path: ['Idempotency-Key'] },
    replay: { keyLifetimeHours: 24 },
  }),
  reconciliation: fact({ kind: 'refund', reference: ['reference'] }),
};

/** The sample with another way to ask for a refund. */
export function sampleWith(create: Partial<RefundApi['create']>, more: Partial<RefundApi> = {}): RefundApi {
  return { ...SAMPLE, create: { ...CREATE, ...create }, ...more };
}
