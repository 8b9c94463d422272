import type { AmountIn, AnswerCase, Path } from '../ir.js';
import { toIdentifier, uniqueName } from '../names.js';
import { docComment, plainText } from './comment.js';
import { evidence } from './evidence.js';
import { runtimeModule } from './imports.js';
import { Code, type Literal, literal, stringLiteral, unionType } from './literal.js';
import { createOperation } from './request-parts.js';
import { answerType } from './type-text.js';
import type { Field, ViewContext } from './view.js';

export interface AnswerView {
  readonly statusType: string;
  readonly statusDoc: string;
  /** The fields of the refund. */
  readonly fields: readonly Field[];
  /** What the answer is typed as by the spec. */
  readonly rawType: string;
  /** The classification of the provider's statuses; empty where answers carry none. */
  readonly statuses: string;
  /** One reader for each shape of an answer. */
  readonly readers: readonly ReaderView[];
  /** The `accepted` rules of the runtime. */
  readonly accepted: string;
  /** The reader of a retrieved refund; empty where there is no such operation. */
  readonly retrieveReader: string;
}

export interface ReaderView {
  readonly name: string;
  readonly doc: string;
  /** Properties of the refund, each a line. */
  readonly lines: readonly string[];
  /** Whether the currency has to come from the caller. */
  readonly needsCurrency: boolean;
}

interface CaseUse {
  readonly reader: string;
  readonly answer: AnswerCase;
}

export function viewAnswers(context: ViewContext): AnswerView {
  const { api, imports } = context;
  const answer = runtimeModule('answer');
  imports.value(answer, 'raw');
  imports.type(runtimeModule('json'), 'Json');
  imports.type(runtimeModule('outcome'), 'Outcome');
  const uses = nameReaders(context);
  const cases = uses.map(({ answer: item }) => item);
  const hasRaw = cases.some(({ status }) => 'path' in status);
  if (hasRaw) imports.value(answer, 'classify', 'scalarText');
  const statusesOfCases = cases.flatMap(({ status }) => ('is' in status ? [status.is] : []));
  const mapped = hasRaw ? (api.create.statuses?.value ?? []).map(({ status }) => status) : [];
  const statuses = [...new Set([...statusesOfCases, ...mapped])].sort();
  const readers = uniqueReaders(uses).map((use) => viewReader(context, use));
  const retrieve = api.retrieve === null ? undefined : uses.at(-1);
  return {
    statusType: unionType(hasRaw ? [...statuses, 'unrecognized'] : statuses),
    statusDoc: statusDoc(context),
    fields: refundFields(context, cases),
    rawType: rawType(context),
    statuses: hasRaw
      ? literal(Object.fromEntries((api.create.statuses?.value ?? []).map((item) => [item.raw, item.status])))
      : '',
    readers,
    accepted: acceptedLiteral(context, uses),
    retrieveReader: retrieve?.reader ?? '',
  };
}

/** Every shape with the name of its reader, the retrieved refund last. Equal shapes share a reader. */
function nameReaders({ api }: ViewContext): readonly CaseUse[] {
  const answers = [
    ...api.create.accepted.flatMap(({ cases }) => cases.value),
    ...(api.retrieve === null ? [] : [api.retrieve.answer.value]),
  ];
  const known: CaseUse[] = [];
  for (const answer of answers) {
    const reading = JSON.stringify({ ...answer, when: [] });
    const same = known.find((use) => JSON.stringify({ ...use.answer, when: [] }) === reading);
    const taken = new Set(known.map(({ reader }) => reader));
    const words = answer.when.flatMap(({ is }) => (typeof is === 'string' ? [is] : []));
    const shape = words.at(-1) ?? 'refund';
    known.push({ answer, reader: same?.reader ?? uniqueName(`read${toIdentifier(shape, 'pascal')}`, taken) });
  }
  return known;
}

function uniqueReaders(uses: readonly CaseUse[]): readonly CaseUse[] {
  return uses.filter(({ reader }, index) => uses.findIndex((use) => use.reader === reader) === index);
}

function viewReader(context: ViewContext, { answer, reader }: CaseUse): ReaderView {
  const { api, imports } = context;
  const module = runtimeModule('answer');
  const text = (): string => imports.value(module, 'text');
  const spread =
    (reader: 'maybe' | 'detail') =>
    (name: string, path: Path, read: string): string =>
      `...${imports.value(module, reader)}(${stringLiteral(name)}, body, ${literal(path)}, ${read}),`;
  const [maybe, detail] = [spread('maybe'), spread('detail')];
  const lines = [`provider: ${stringLiteral(api.provider.id)},`];
  if (answer.id !== null) lines.push(`id: ${imports.value(module, 'identifier')}(body, ${literal(answer.id)}),`);
  if (answer.payment !== null) {
    const read = answer.payment.type === 'integer' ? imports.value(module, 'integer') : text();
    const { optional, path } = answer.payment;
    lines.push(optional ? maybe('payment', path, read) : `payment: ${read}(body, ${literal(path)}),`);
  }
  if (answer.amount !== null) {
    const read = `money: ${amountExpression(context, answer.amount, 'body', literal(answer.amount.path))}`;
    // Of a full refund, nobody may have said the currency. What cannot be read as money is in `raw`.
    lines.push(mayLackCurrency(context, answer) ? `...(currency === undefined ? {} : { ${read} }),` : `${read},`);
  }
  lines.push(...statusLines(context, answer, detail));
  if (answer.reason !== null) lines.push(detail('reason', answer.reason.path, text()));
  if (answer.note !== null) lines.push(detail('note', answer.note, text()));
  if (answer.remaining !== null) {
    const read = `(json, path) => ${amountExpression(context, answer.remaining, 'json', 'path')}`;
    lines.push(detail('remaining', answer.remaining.path, read));
  }
  if (answer.failure !== null) lines.push(detail('failure', answer.failure, text()));
  if (answer.createdAt !== null) {
    const { format, path } = answer.createdAt;
    const read = `(json, path) => ${imports.value(module, 'instant')}(json, path, ${stringLiteral(format)})`;
    lines.push(detail('createdAt', path, read));
  }
  lines.push('raw: raw(body),');
  const when = answer.when
    .map(({ path, is }) => `\`${plainText(path.join('.'))}\` is \`${plainText(String(is))}\``)
    .join(' and ');
  const doc = docComment([`Reads a refund out of an answer${when === '' ? '' : ` in which ${when}`}.`]);
  return { name: reader, doc: `${doc}\n`, lines, needsCurrency: needsCurrency(answer) };
}

/** An answer without a currency, of a refund that may have been asked for without an amount. */
function mayLackCurrency({ api }: ViewContext, { amount }: AnswerCase): boolean {
  return amount !== null && amount.currency === null && api.create.amount.full.value === 'omitted';
}

function needsCurrency(answer: AnswerCase): boolean {
  return [answer.amount, answer.remaining].some((item) => item !== null && item.currency === null);
}

function amountExpression(context: ViewContext, item: AmountIn, body: string, path: string): string {
  context.imports.value(runtimeModule('answer'), 'amount');
  const currency = item.currency === null ? 'currency' : literal(item.currency);
  return `amount(${body}, ${path}, ${currency}, ${readingName(context, item)})`;
}

/** The name of the constant that says how an amount is read. Equal ones share it. */
export function readingName({ imports, readings }: ViewContext, { encoding, unit }: AmountIn): string {
  imports.type(runtimeModule('answer'), 'AmountReading');
  const value = literal({ unit, encoding, exponents: new Code('exponents') });
  const found = readings.get(value);
  const name = found ?? (readings.size === 0 ? 'amountReading' : `amountReading${readings.size + 1}`);
  readings.set(value, name);
  return name;
}

function statusLines(
  context: ViewContext,
  answer: AnswerCase,
  detail: (name: string, path: Path, read: string) => string,
): string[] {
  if ('is' in answer.status) return [`status: ${stringLiteral(answer.status.is)},`];
  const { path } = answer.status;
  // Where nothing else has to be there, an answer without a status, such as an error, is no refund.
  const isMoney = answer.amount !== null && !mayLackCurrency(context, answer);
  const isAlone = answer.id === null && answer.payment?.optional !== false && !isMoney;
  const read = isAlone ? context.imports.value(runtimeModule('answer'), 'requiredScalar') : 'scalarText';
  return [`status: classify(${read}(body, ${literal(path)}), statuses),`, detail('rawStatus', path, 'scalarText')];
}

function statusDoc({ api }: ViewContext): string {
  const { accepted, statuses } = api.create;
  const mapped = statuses?.value.map(({ raw, status }) => `\`${plainText(raw)}\` is ${status}`).join(', ');
  const facts = accepted.map(({ cases, status }) => `HTTP ${status}: ${evidence(cases)}`);
  const paragraphs = [
    'Where a refund stands.',
    mapped === undefined ? '' : `The provider's own statuses: ${mapped}; any other is unrecognized.`,
    ...facts,
  ];
  return `${docComment(paragraphs)}\n`;
}

function refundFields(context: ViewContext, cases: readonly AnswerCase[]): readonly Field[] {
  const { api, imports, prefix } = context;
  const every = (has: (answer: AnswerCase) => boolean): boolean => cases.every(has);
  const some = (has: (answer: AnswerCase) => boolean): boolean => cases.some(has);
  const field = (name: string, type: string, isThere: boolean, said: string): Field => ({
    doc: said === '' ? '' : `${docComment([said], 2)}\n`,
    name,
    optional: isThere ? '' : '?',
    type,
  });
  const fields: Field[] = [field('provider', stringLiteral(api.provider.id), true, '')];
  if (some(({ id }) => id !== null)) {
    const always = every(({ id }) => id !== null);
    const missing = always ? '' : ' Missing where the answer is not about the refund itself.';
    fields.push(field('id', 'string', always, `The provider's id of this refund.${missing}`));
  }
  const payments = cases.flatMap(({ payment }) => (payment === null ? [] : [payment]));
  if (payments.length > 0) {
    const always = every((item) => item.payment?.optional === false);
    // Answers of one provider may name it differently: by a number in one, by a text in another.
    const types = new Set(payments.map(({ type }) => (type === 'integer' ? 'number' : 'string')));
    fields.push(field('payment', [...types].sort().join(' | '), always, 'The payment that is refunded.'));
  }
  if (some(({ amount }) => amount !== null)) {
    const money = imports.type(runtimeModule('money'), 'Money');
    const said = some((item) => item.amount !== null && item.amount.currency === null)
      ? 'What the provider says is refunded. The answer has no currency: it is the one of the request.'
      : 'What the provider says is refunded.';
    fields.push(
      field(
        'money',
        money,
        every((item) => item.amount !== null && !mayLackCurrency(context, item)),
        said,
      ),
    );
  }
  fields.push(field('status', `${prefix}Status`, true, ''));
  if (some(({ status }) => 'path' in status)) {
    fields.push(field('rawStatus', 'string', false, "The provider's own status, verbatim."));
  }
  return [...fields, ...detailFields(context, cases, field)];
}

function detailFields(
  { imports }: ViewContext,
  cases: readonly AnswerCase[],
  field: (name: string, type: string, isThere: boolean, said: string) => Field,
): Field[] {
  const some = (has: (answer: AnswerCase) => boolean): boolean => cases.some(has);
  const fields: Field[] = [];
  if (some(({ reason }) => reason !== null)) {
    const values = [...new Set(cases.flatMap(({ reason }) => reason?.values ?? []))];
    const type = values.length === 0 ? 'string' : `${unionType(values)} | (string & {})`;
    fields.push(
      field('reason', type, false, "The provider's own reason, verbatim. There may be others than the known ones."),
    );
  }
  if (some(({ note }) => note !== null)) fields.push(field('note', 'string', false, ''));
  if (some(({ remaining }) => remaining !== null)) {
    const money = imports.type(runtimeModule('money'), 'Money');
    fields.push(field('remaining', money, false, 'What of the payment can still be refunded after this.'));
  }
  if (some(({ failure }) => failure !== null)) {
    fields.push(field('failure', 'string', false, 'Why it failed, in the words of the provider.'));
  }
  if (some(({ createdAt }) => createdAt !== null)) fields.push(field('createdAt', 'Date', false, ''));
  return fields;
}

/** The types of all answers that a refund is read from. */
function rawType(context: ViewContext): string {
  const { api } = context;
  const create = createOperation(context);
  const created = api.create.accepted.map(({ empty, status }) => {
    if (empty) return 'undefined';
    const keys = [status, '2XX', 'default'];
    const answer = keys.flatMap((key) => create.answers.find((item) => item.status === key) ?? [])[0];
    return answerType(create, answer?.status ?? status, answer?.mediaType ?? '');
  });
  const operation = api.operations.find(({ name }) => name === api.retrieve?.operation);
  const answer = operation?.answers.find(({ status }) => status === '200');
  const retrieved =
    operation === undefined || !answer?.mediaType ? [] : [answerType(operation, '200', answer.mediaType)];
  return [...new Set([...created, ...retrieved])].join(' | ');
}

function acceptedLiteral({ api }: ViewContext, uses: readonly CaseUse[]): string {
  const rules = api.create.accepted.map(({ cases, empty, status }): [string, Literal] => [
    status,
    cases.value.map((answer) => ({
      empty: empty || undefined,
      when: answer.when.length === 0 ? undefined : answer.when.map(({ path, is }) => ({ path, is })),
      read: new Code(readerText(answer, uses)),
    })),
  ]);
  return literal(Object.fromEntries(rules), 4, 14);
}

function readerText(answer: AnswerCase, uses: readonly CaseUse[]): string {
  const reader = uses.find((use) => use.answer === answer)?.reader ?? '';
  return needsCurrency(answer)
    ? `(body, attempt) => ${reader}(body, (attempt.amount ?? attempt.expectedAmount)?.currency)`
    : reader;
}
