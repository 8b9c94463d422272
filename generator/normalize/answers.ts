import type { AcceptedAnswer, AmountIn, Answer, AnswerCase, Fact, Operation, Path, StatusClass } from '../ir.js';
import { locationOf, resolve } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error } from '../problem.js';
import { ask, bodyPath, type CreateContext, xFact } from './context.js';
import { type SchemaAt, schemasAt, typeName } from './schema-at.js';
import { readEnum } from './shape.js';
import type { XCase } from './x-refund.js';

/** What each success status of the create operation means. A status that nobody has explained is a question. */
export function readAccepted(context: CreateContext): readonly AcceptedAnswer[] {
  const { create, document, problems, xRefund } = context;
  const declared = xRefund.answers ?? {};
  const listed = create.answers.map(({ status }) => status).filter((status) => /^2/.test(status));
  const successes = listed.length === 0 && Object.keys(declared).length === 0 ? ['200'] : listed;
  for (const status of successes.filter((status) => declared[status] === undefined)) {
    const lines = `answers:\n  '${status}':\n    - id: body.id\n      amount: body.amount\n      currency: body.currency\n      status: body.status   # or { is: pending }`;
    const question = `what does an answer ${status} mean, and where does it say what? 2xx is not "refunded"`;
    ask(context, 'R031', question, lines, `${create.evidence.pointer}/responses`);
  }
  return Object.entries(declared)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([status, cases]) => {
      const answer = answerOf(create, status);
      if (answer !== undefined && answer.body !== 'json') {
        const where = locationOf(document, toPointer(['x-refund', 'answers', status]));
        const hint = 'Only JSON answers can be read so far.';
        problems.add(error('R045', `the answer ${status} has no JSON body`, hint, where));
        return [];
      }
      if (answer === undefined) {
        const hint = 'Write the status as the spec has it, or add the answer to the spec in the overlay.';
        const where = locationOf(document, toPointer(['x-refund', 'answers', status]));
        problems.add(error('R014', `the create operation has no answer ${status}`, hint, where));
        return [];
      }
      const body = answerBody(create, status);
      const read = cases.map((item, index) => readCase(context, item, body, ['answers', status, index]));
      return [{ status, cases: xFact(context, ['answers', status], read) }];
    });
}

/** The body of an answer: the pointer of the response object, and the media type in it. */
export interface AnswerBody {
  readonly response: string;
  readonly mediaType: string;
}

/** The answer that an operation gives with a status: by itself, by its range, or by default. */
export function answerOf({ answers }: Operation, status: string): Answer | undefined {
  const keys = [status, `${status.charAt(0)}XX`, 'default'];
  return keys.flatMap((key) => answers.find((answer) => answer.status === key) ?? [])[0];
}

/** Where the body of an answer of an operation is described. */
export function answerBody(operation: Operation, status: string): AnswerBody {
  const answer = answerOf(operation, status);
  return {
    response: `${operation.evidence.pointer}/responses/${answer?.status ?? status}`,
    mediaType: answer?.mediaType ?? '',
  };
}

/** Reads one shape of an answer, and looks up in its schema what each place holds. */
export function readCase(
  context: CreateContext,
  declared: XCase,
  body: AnswerBody,
  keys: readonly (string | number)[],
): AnswerCase {
  const find = (place: string, key: string): readonly SchemaAt[] => lookUp(context, body, place, [...keys, key]);
  const optionalPath = (key: 'id' | 'note' | 'failure'): Path | null => {
    const place = declared[key];
    if (place === undefined) return null;
    find(place, key);
    return bodyPath(place);
  };
  if (typeof declared.status === 'string') find(declared.status, 'status');
  if (declared.createdAt !== undefined) find(declared.createdAt.field, 'createdAt');
  const { reason } = declared;
  return {
    when: Object.entries(declared.when ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([place, is]) => ({ path: bodyPath(place), is })),
    id: optionalPath('id'),
    payment: declared.payment === undefined ? null : readPaymentId(declared.payment, find(declared.payment, 'payment')),
    amount: readAmountIn(context, declared, 'amount', find),
    status: typeof declared.status === 'string' ? { path: bodyPath(declared.status) } : declared.status,
    reason: reason === undefined ? null : { path: bodyPath(reason), values: enumOf(find(reason, 'reason')) },
    note: optionalPath('note'),
    remaining: readAmountIn(context, declared, 'remaining', find),
    failure: optionalPath('failure'),
    createdAt:
      declared.createdAt === undefined
        ? null
        : { path: bodyPath(declared.createdAt.field), format: declared.createdAt.format },
  };
}

/** The schemas at a place of an answer; a place that the spec does not have is an error. */
export function lookUp(
  context: CreateContext,
  body: AnswerBody,
  place: string,
  keys: readonly (string | number)[],
): readonly SchemaAt[] {
  const found = schemasInAnswer(context, body, bodyPath(place));
  if (found.length === 0) {
    const hint = 'Write body.<keys> with the names of the spec, or add the field to the spec in the overlay.';
    const where = locationOf(context.document, toPointer(['x-refund', ...keys]));
    context.problems.add(error('R014', `the answer has no ${place}`, hint, where));
  }
  return found;
}

function schemasInAnswer({ document }: CreateContext, body: AnswerBody, path: Path): readonly SchemaAt[] {
  const response = resolve(document, body.response);
  if (response === undefined) return [];
  return schemasAt(document, `${response.pointer}${toPointer(['content', body.mediaType, 'schema'])}`, path);
}

/** Where an answer names the payment, and as what. */
export function readPaymentId(place: string, found: readonly SchemaAt[]): NonNullable<AnswerCase['payment']> {
  const type = found.some(({ schema }) => typeName(schema) === 'integer') ? 'integer' : 'string';
  return { path: bodyPath(place), type, optional: found.some(({ nullable }) => nullable) };
}

function readAmountIn(
  context: CreateContext,
  declared: XCase,
  key: 'amount' | 'remaining',
  find: (place: string, key: string) => readonly SchemaAt[],
): AmountIn | null {
  const place = declared[key];
  if (place === undefined) return null;
  if (declared.currency !== undefined) find(declared.currency, 'currency');
  const encoding = encodingOf(find(place, key));
  return {
    path: bodyPath(place),
    encoding,
    unit: declared.unit ?? context.xRefund.amount?.unit ?? 'minor',
    currency: declared.currency === undefined ? null : bodyPath(declared.currency),
  };
}

/** How an amount is written, by the types of its schemas. */
export function encodingOf(found: readonly SchemaAt[]): AmountIn['encoding'] {
  const types = new Set(found.map(({ schema }) => typeName(schema)));
  if (types.has('string')) return 'string';
  return types.has('integer') ? 'integer' : 'number';
}

function enumOf(found: readonly SchemaAt[]): readonly string[] | null {
  const values = found.flatMap(({ schema }) => readEnum(schema) ?? []);
  return values.length === 0 ? null : [...new Set(values)];
}

/** How the provider's statuses are classified: every value that the spec lists, and none that it does not. */
export function readStatuses(
  context: CreateContext,
  retrieve: Operation | undefined,
): Fact<readonly StatusClass[]> | null {
  const { create, document, problems, xRefund } = context;
  const created = Object.entries(xRefund.answers ?? {}).flatMap(([status, cases]) =>
    cases.flatMap((item, index) => {
      if (typeof item.status !== 'string' || answerOf(create, status) === undefined) return [];
      return [
        { found: lookUp(context, answerBody(create, status), item.status, ['answers', status, index, 'status']) },
      ];
    }),
  );
  const retrieved =
    retrieve === undefined || typeof xRefund.retrieve?.status !== 'string'
      ? []
      : [{ found: lookUp(context, answerBody(retrieve, '200'), xRefund.retrieve.status, ['retrieve', 'status']) }];
  const places = [...created, ...retrieved];
  if (places.length === 0) return null;
  const other = places
    .flatMap(({ found }) => found)
    .find(({ schema }) => !['string', undefined].includes(typeName(schema)));
  if (other !== undefined) {
    const hint = 'Correct the schema in the overlay if the provider sends text.';
    const message = `a status is ${typeName(other.schema)}: only statuses that are text can be classified so far`;
    problems.add(error('R045', message, hint, locationOf(document, other.pointer)));
  }
  const declared = xRefund.statuses ?? {};
  const listed = places.flatMap(({ found }) => enumOf(found) ?? []);
  const missing = listed.filter((raw) => !Object.hasOwn(declared, raw));
  const gone = listed.length === 0 ? [] : Object.keys(declared).filter((raw) => !listed.includes(raw));
  const pointer = places[0]?.found[0]?.pointer ?? create.evidence.pointer;
  if (missing.length > 0 || Object.keys(declared).length === 0) {
    const names = missing.length > 0 ? missing : ['<raw status>'];
    const lines = [
      'statuses:',
      ...names.map((raw) => `  ${JSON.stringify(raw)}: pending   # requires_action, succeeded, failed or canceled`),
    ];
    const question = `what do these statuses mean? ${[...missing.map((raw) => `+ ${raw}`), ...gone.map((raw) => `- ${raw}`)].join(', ')}`;
    ask(context, 'R032', question, lines.join('\n'), pointer);
  } else if (gone.length > 0) {
    const where = locationOf(document, '/x-refund/statuses');
    const hint = 'Remove them from the overlay, or correct their spelling.';
    problems.add(
      error('R032', `statuses that the spec does not list: ${gone.map((raw) => `- ${raw}`).join(', ')}`, hint, where),
    );
  }
  const classes = Object.entries(declared)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([raw, status]) => ({ raw, status }));
  return xFact(context, ['statuses'], classes);
}
