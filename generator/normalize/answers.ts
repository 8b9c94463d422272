import type { AcceptedAnswer, AmountIn, AnswerCase, Path } from '../ir.js';
import { ownList } from '../json.js';
import { type SchemaAt, typeName } from '../load/schema-at.js';
import { locationOf } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error } from '../problem.js';
import { quoted } from '../yaml-text.js';
import { type AnswerBody, answerBody, answerOf, lookUp } from './answer-body.js';
import { ask, bodyPath, type CreateContext, xFact } from './context.js';
import { findPart } from './request.js';
import { caseLines, suggestCase } from './suggest.js';
import { readEnum } from './value-rules.js';
import type { XCase } from './x-refund.js';

/** The success statuses that the spec lists for the create operation. */
export function listedSuccesses({ create }: Pick<CreateContext, 'create'>): readonly string[] {
  return create.answers.map(({ status }) => status).filter((status) => /^2/.test(status));
}

/** What each success status of the create operation means. A status that nobody has explained is a question. */
export function readAccepted(context: CreateContext): readonly AcceptedAnswer[] {
  const declared = context.xRefund.answers ?? {};
  const listed = listedSuccesses(context);
  const successes = listed.length === 0 && Object.keys(declared).length === 0 ? ['200'] : listed;
  for (const status of successes.filter((item) => declared[item] === undefined)) askMeaning(context, status);
  return Object.entries(declared)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([status, cases]) => readAnswer(context, status, cases));
}

function askMeaning(context: CreateContext, status: string): void {
  const { create, document } = context;
  const isJson = answerOf(create, status)?.body === 'json';
  const lines = caseLines(suggestCase(document, answerBody(create, status)), isJson);
  const [first = '', ...others] = lines;
  const text = [`answers:`, `  ${quoted(status)}:`, `    - ${first}`, ...others.map((line) => `      ${line}`)].join(
    '\n',
  );
  const asked = `what does an answer ${status} mean, and where does it say what? 2xx is not "refunded"`;
  ask(context, 'R031', asked, text, `${create.evidence.pointer}/responses`);
}

function readAnswer(context: CreateContext, status: string, cases: readonly XCase[]): AcceptedAnswer[] {
  const { create, document, problems } = context;
  const answer = answerOf(create, status);
  const where = () => locationOf(document, toPointer(['x-refund', 'answers', status]));
  if (answer === undefined) {
    const hint = 'Write the status as the spec has it, or add the answer to the spec in the overlay.';
    problems.add(error('R014', `the create operation has no answer ${status}`, hint, where()));
    return [];
  }
  const empty = answer.body !== 'json';
  if (empty && (cases.length > 1 || cases.some(readsBody))) {
    const hint =
      'Say what the status alone means: status: { is: … }. Or describe the body of the answer in the overlay.';
    problems.add(error('R014', `the answer ${status} has no JSON body to read`, hint, where()));
    return [];
  }
  const body = answerBody(create, status);
  const read = cases.map((item, index) => readCase(context, item, body, ['answers', status, index]));
  return [{ status, empty, cases: xFact(context, ['answers', status], read) }];
}

function readsBody({ status, ...places }: XCase): boolean {
  return typeof status === 'string' || Object.keys(places).length > 0;
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
  for (const [place, is] of Object.entries(declared.when ?? {})) {
    checkMark(context, [place, is], find(place, 'when'), [...keys, 'when', place]);
  }
  const { reason } = declared;
  return {
    when: Object.entries(declared.when ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([place, is]) => ({ path: bodyPath(place), is })),
    id: optionalPath('id'),
    payment:
      declared.payment === undefined
        ? null
        : readPaymentId(context, declared.payment, find(declared.payment, 'payment')),
    amount: readAmountIn(context, declared, 'amount', find, keys),
    status: typeof declared.status === 'string' ? { path: bodyPath(declared.status) } : declared.status,
    reason: reason === undefined ? null : { path: bodyPath(reason), values: enumOf(find(reason, 'reason')) },
    note: optionalPath('note'),
    remaining: readAmountIn(context, declared, 'remaining', find, keys),
    failure: optionalPath('failure'),
    createdAt:
      declared.createdAt === undefined
        ? null
        : { path: bodyPath(declared.createdAt.field), format: declared.createdAt.format },
  };
}

/** A value that its place never has tells nothing: something else would be taken for what it tells. */
export function checkMark(
  { document, problems }: CreateContext,
  [place, is]: readonly [string, string | number | boolean],
  found: readonly SchemaAt[],
  keys: readonly (string | number)[],
): void {
  const other = otherThan(found, is);
  if (other === undefined) return;
  const hint = 'Write the value as the spec does: true is not "true". Or correct the schema in the overlay.';
  const where = locationOf(document, toPointer(['x-refund', ...keys]));
  problems.add(error('R014', `${place} is never ${JSON.stringify(is)}: it is ${other}`, hint, where));
}

/** What the spec has at a place that never has a value; `undefined` where it may have it. */
function otherThan(found: readonly SchemaAt[], is: string | number | boolean): string | undefined {
  const types = found.flatMap(({ schema }) => typesOf(schema)).filter((type) => type !== '' && type !== 'null');
  const fitting = typeof is === 'number' ? ['number', 'integer'] : [typeof is];
  if (types.length > 0 && !types.some((type) => fitting.includes(type))) return [...new Set(types)].join(' or ');
  const texts = found.filter(({ schema }) => typesOf(schema).includes('string'));
  const lists = texts.map(({ schema }) => readEnum(schema));
  // Beside a text that may be anything, a list is no limit.
  if (typeof is !== 'string' || lists.length === 0 || lists.includes(null)) return undefined;
  const values = lists.flatMap((list) => list ?? []);
  return values.includes(is) ? undefined : `one of ${[...new Set(values)].join(', ')}`;
}

/** Where an answer names the payment, and as what. */
export function readPaymentId(
  { document, problems }: CreateContext,
  place: string,
  found: readonly SchemaAt[],
): NonNullable<AnswerCase['payment']> {
  const types = found.flatMap(({ schema }) => typesOf(schema));
  const type = types.includes('integer') ? 'integer' : 'string';
  const number = found.find(({ schema }) => typesOf(schema).includes('number'));
  // Read as a text, no answer would ever name the payment; a fraction names none.
  if (number !== undefined && type !== 'integer') {
    const hint = 'Correct the schema to integer in the overlay, or to string if it is one.';
    const where = locationOf(document, number.pointer);
    problems.add(error('R045', `${place} names the payment and is a number, which may be a fraction`, hint, where));
  }
  return { path: bodyPath(place), type, optional: found.some(({ nullable }) => nullable) };
}

function typesOf(schema: SchemaAt['schema']): readonly string[] {
  const list = ownList(schema, 'type').filter((type) => typeof type === 'string');
  return list.length > 0 ? list : [typeName(schema) ?? ''];
}

function readAmountIn(
  context: CreateContext,
  declared: XCase,
  key: 'amount' | 'remaining',
  find: (place: string, key: string) => readonly SchemaAt[],
  keys: readonly (string | number)[],
): AmountIn | null {
  const place = declared[key];
  if (place === undefined) return null;
  if (declared.currency !== undefined) find(declared.currency, 'currency');
  const found = find(place, key);
  const encoding = readEncoding(context, place, found);
  if (declared.unit === undefined)
    askUnit(context, { place, encoding, lines: unitLines(keys, context.unit ?? 'minor') }, found);
  return {
    path: bodyPath(place),
    encoding,
    unit: declared.unit ?? context.unit ?? 'minor',
    currency: declared.currency === undefined ? null : bodyPath(declared.currency),
  };
}

/** An amount of an answer, and what to write in the overlay about its unit. */
interface AnsweredAmount {
  readonly place: string;
  readonly encoding: AmountIn['encoding'];
  readonly lines: string;
}

/** What the spec states of the request's amount holds for an answer that is written the same way; `10.00` is not `1000`. */
export function askUnit(context: CreateContext, amount: AnsweredAmount, found: readonly SchemaAt[]): void {
  const { unit, xRefund } = context;
  if (unit === undefined || xRefund.amount?.unit !== undefined) return;
  const sent = findPart(context, 'amount')?.value.shape.kind;
  if (sent === undefined || found.length === 0 || sent === amount.encoding) return;
  const { encoding, lines, place } = amount;
  const asked = `does ${place} of an answer count minor or major units? It is ${encoding}, and ${sent} in the request, of which the spec states ${unit}`;
  ask(context, 'R030', asked, lines, found[0]?.pointer ?? context.create.evidence.pointer);
}

/** Lines that stand by themselves: a list of cases in another overlay action would be added to, and not merged. */
function unitLines([role]: readonly (string | number)[], unit: string): string {
  if (role !== 'answers') return `${role}:\n  unit: ${unit}   # or the other one`;
  return `amount:\n  unit: ${unit}   # of the answer as well; where it is not, write unit: minor or major in its case`;
}

/** How an amount is written, by the types of its schemas. One that is written in two ways could be read in one only. */
export function readEncoding(
  { document, problems }: CreateContext,
  place: string,
  found: readonly SchemaAt[],
): AmountIn['encoding'] {
  // A schema without a type is a part of one that has it, or has parts that have it.
  const types = new Set(found.flatMap(({ schema }) => typesOf(schema)).filter((type) => !['', 'null'].includes(type)));
  const isOne = types.size === 1 || !types.has('string');
  const [at] = found;
  if (at !== undefined && !(isOne && types.size > 0 && [...types].every((type) => ENCODINGS.includes(type)))) {
    const said = [...types].join(' or ') || 'of no type';
    const hint = 'An amount is an integer, a number or a string. Correct the schema in the overlay.';
    problems.add(error('R045', `${place} is an amount, and is ${said}`, hint, locationOf(document, at.pointer)));
  }
  if (types.has('string')) return 'string';
  return types.has('integer') && !types.has('number') ? 'integer' : 'number';
}

const ENCODINGS: readonly string[] = ['integer', 'number', 'string'];

function enumOf(found: readonly SchemaAt[]): readonly string[] | null {
  const values = found.flatMap(({ schema }) => readEnum(schema) ?? []);
  return values.length === 0 ? null : [...new Set(values)];
}
