import type { Fact, Operation, RefundCreation, RequestField, RequestPlace, Shape } from '../ir.js';
import { docComment, plainText, sentence } from './comment.js';
import { evidence, placeText } from './evidence.js';
import { type Imports, runtimeModule } from './imports.js';
import { Code, type Literal, literal, propertyName } from './literal.js';
import { createOperation, FIXED, listParts, type Part, placeKey, settingPlaces } from './request-parts.js';
import { ownShape } from './request-shape.js';
import { stepsTo } from './request-steps.js';
import { isDescribed, partType, placeType } from './type-text.js';
import type { Field, ViewContext } from './view.js';

export interface RequestView {
  readonly fields: readonly Field[];
  /** The type of the reasons; empty where the provider takes none. */
  readonly reasonType: string;
  readonly reasonDoc: string;
  /** The type of the amount that `write` takes. */
  readonly amountType: string;
  /** The type of the currency that `write` takes; empty where the request says none. */
  readonly currencyType: string;
  /** What `write` returns. */
  readonly written: string;
  readonly writtenType: string;
  readonly shape: string;
  readonly places: string;
  readonly amount: string;
  /** The caller's names of the fields that the provider names in errors. */
  readonly fieldNames: string;
}

export function viewRequest(context: ViewContext): RequestView {
  const { api, imports, prefix } = context;
  const { create } = api;
  const operation = createOperation(context);
  imports.type(runtimeModule('request'), 'OperationInput');
  const parts = listParts(context);
  const full = create.amount.full.value === 'omitted';
  const wire = create.amount.encoding === 'string' ? 'string' : imports.type(runtimeModule('json'), 'ExactNumber');
  const typed = parts.some(({ place }) => place.part === 'body') && isDescribed(operation.body?.shape);
  return {
    fields: requestFields(context, operation),
    reasonType:
      create.reason === null ? '' : `NonNullable<${placeType(operation, create.reason.value.place, imports)}>`,
    reasonDoc: reasonDoc(create, prefix),
    amountType: full ? `${wire} | undefined` : wire,
    written: literal(writtenInput(operation, parts, full), 2),
    currencyType: currencyType(operation, create, imports),
    writtenType: typed
      ? `OperationInput & { readonly body: ${imports.type(runtimeModule('request'), 'Wire')}<${partType(operation, 'body')}> }`
      : 'OperationInput',
    shape: literal(ownShape(context, parts), 2),
    places: literal(
      Object.fromEntries([
        ...parts.filter(({ name }) => name !== FIXED).map(({ place, name }) => [placeKey(place), name]),
        ...settingPlaces(context),
      ]),
      2,
    ),
    amount: literal(amountLiteral(create), 2),
    fieldNames: literal(Object.fromEntries(errorNames(parts)), 4),
  };
}

/** The input of the operation as a literal: the parts at their places, objects spread where a part lies inside another. */
function writtenInput({ body }: Operation, parts: readonly Part[], full: boolean): Literal {
  const places = ['path', 'query', 'header', 'body'] as const;
  return Object.fromEntries(
    places.flatMap((place): [string, Literal][] => {
      const inside = parts.filter((part) => part.place.part === place);
      return inside.length === 0
        ? []
        : [
            [
              place,
              nest(
                inside.map((part) => ({ ...part, path: part.place.path })),
                full,
                place === 'body' ? body?.shape : undefined,
              ),
            ],
          ];
    }),
  );
}

function nest(
  parts: readonly (Part & { readonly path: readonly string[] })[],
  full: boolean,
  shape: Shape | undefined,
): Literal {
  if (parts.some(({ path }) => path[0] === '[]')) {
    const items = parts.map((part) => ({ ...part, path: part.path.slice(1) }));
    const whole = items.find(({ path }) => path.length === 0);
    if (whole !== undefined) return [new Code(whole.expression)];
    return [nest(items, full, shape?.kind === 'array' ? shape.items : undefined)];
  }
  const keys = [...new Set(parts.map(({ path }) => path[0] ?? ''))];
  return Object.fromEntries(
    keys.map((key): [string, Literal] => {
      const below = parts.filter(({ path }) => path[0] === key).map((part) => ({ ...part, path: part.path.slice(1) }));
      const here = below.find(({ path }) => path.length === 0);
      const inner = below.filter(({ path }) => path.length > 0);
      if (inner.length === 0) return [key, new Code(here?.expression ?? 'undefined')];
      const field = shape?.kind === 'object' ? shape.fields.find(({ name }) => name === key) : undefined;
      const nested = nest(inner, full, field?.shape);
      const isAmount = inner.every(({ name }) => name === 'amount');
      // Without an amount, `{ currency }` alone would be half of one. What has to be there stays, with nothing in it.
      if (here === undefined && isAmount && full && field?.required !== true)
        return [key, new Code(`amount === undefined ? undefined : ${literal(nested)}`)];
      if (here === undefined) return [key, nested];
      const text = literal(nested);
      return [key, new Code(`{ ...${here.expression}, ${text.slice(1, -1).trim()} }`)];
    }),
  );
}

function requestFields(context: ViewContext, operation: Operation): readonly Field[] {
  const { api, imports } = context;
  const { create, payment } = api;
  const partial = imports.type(runtimeModule('money'), 'PartialRefund');
  const amountType =
    create.amount.full.value === 'omitted'
      ? `${imports.type(runtimeModule('money'), 'FullRefund')} | ${partial}`
      : partial;
  const expect = payment === null ? [] : [expectField(context, payment)];
  return [
    field('refundRef', 'string', true, refundRefDoc(context)),
    field('payment', paymentType(operation, create, imports), true, [
      `The payment that is refunded. Sent as ${placeText(create.payment.value.place)}.`,
    ]),
    field('amount', amountType, true, amountDoc(create)),
    ...(create.reason === null
      ? []
      : [
          field('reason', `${context.prefix}Reason`, create.reason.value.required, [
            `Why. Sent as ${placeText(create.reason.value.place)}.`,
          ]),
        ]),
    ...[create.note, create.metadata].flatMap((fact) =>
      fact === null ? [] : [passedField(operation, fact.value, imports)],
    ),
    ...create.others.map((other) => passedField(operation, other, imports)),
    ...expect,
  ];
}

function field(name: string, type: string, required: boolean, paragraphs: readonly string[]): Field {
  const doc = docComment(paragraphs, 2);
  return {
    doc: doc === '' ? '' : `${doc}\n`,
    name: propertyName(name),
    optional: required ? '' : '?',
    type: required ? type : `${type} | undefined`,
  };
}

function passedField(operation: Operation, { name, place, required, shape }: RequestField, imports: Imports): Field {
  const length = shape.kind === 'string' && shape.maxLength !== null ? `, at most ${shape.maxLength} characters` : '';
  return field(name, placeType(operation, place, imports), required, [
    `${sentence(shape.description)} Sent as ${placeText(place)}${length}.`.trim(),
  ]);
}

function refundRefDoc({ api }: ViewContext): string[] {
  const { idempotency } = api;
  const { reference } = api.create;
  const sent = [
    ...(reference === null ? [] : [placeText(reference.value.place)]),
    ...(idempotency.value.kind === 'key' ? [carrierText(idempotency.value.place)] : []),
  ];
  const length = shortestLimit(api);
  const where = sent.length === 0 ? 'Not sent: this provider takes no reference.' : `Sent as ${sent.join(' and ')}.`;
  const limit = length === null ? '' : ` At most ${length} characters.`;
  return [`Your own durable id of this refund: the same one, however often you call. ${where}${limit}`];
}

/** Every place that the reference goes to has a limit of its own. */
function shortestLimit(api: ViewContext['api']): number | null {
  const key = api.idempotency.value;
  const shape = key.kind === 'none' ? undefined : stepsTo(createOperation({ api }), key.place).at(-1)?.shape;
  const ofKey = shape?.kind === 'string' ? shape.maxLength : null;
  const limits = [api.create.reference?.value.maxLength, ofKey].filter((limit) => typeof limit === 'number');
  return limits.length === 0 ? null : Math.min(...limits);
}

/** A header has a name of its own; a field is named by its place. */
function carrierText(place: RequestPlace): string {
  return place.part === 'header' ? `the header \`${plainText(place.path[0] ?? '')}\`` : placeText(place);
}

/** Also where the spec does not require it: a refund without a payment refunds nothing that anybody named. */
function paymentType(operation: Operation, { payment }: RefundCreation, imports: Imports): string {
  // Of a place of which the spec says nothing, an id is a text.
  const shape = stepsTo(operation, payment.value.place).at(-1)?.shape;
  if (shape?.kind === 'any') return 'string';
  const type = placeType(operation, payment.value.place, imports);
  return payment.value.required && shape?.nullable !== true ? type : `NonNullable<${type}>`;
}

/** As the spec types it; missing where the amount may be left out, unless both are in one object of their own. */
function currencyType(operation: Operation, { amount }: RefundCreation, imports: Imports): string {
  if (amount.currency === null) return '';
  const type = `NonNullable<${placeType(operation, amount.currency.place, imports)}>`;
  const around = ({ part, path }: RequestPlace): RequestPlace => ({ part, path: path.slice(0, -1) });
  const [holder, other] = [around(amount.place), around(amount.currency.place)];
  const isPaired = other.path.length > 0 && JSON.stringify(other) === JSON.stringify(holder);
  const isOptional = isPaired && stepsTo(operation, holder).some(({ required }) => !required);
  return amount.full.value === 'omitted' && !isOptional ? `${type} | undefined` : type;
}

function amountDoc(create: RefundCreation): string[] {
  const { amount } = create;
  const unit = amount.unit.value === 'minor' ? 'whole minor units' : 'major units, exactly';
  const full =
    amount.full.value === 'omitted' ? '`full()` leaves it out.' : 'It has to be named: this provider has no `full()`.';
  return [
    `How much. Sent as ${placeText(amount.place)}: ${aType(amount.encoding)} of ${unit}. ${full} ${evidence(amount.unit)}`,
  ];
}

function aType(encoding: RefundCreation['amount']['encoding']): string {
  return { integer: 'an integer', number: 'a number', string: 'a string' }[encoding];
}

function expectField({ imports }: ViewContext, payment: NonNullable<ViewContext['api']['payment']>): Field {
  const money = imports.type(runtimeModule('money'), 'Money');
  const what = payment.measure === 'refunded' ? 'is refunded of it' : 'can still be refunded of it';
  return field('expect', `{ readonly ${payment.measure}: ${money} }`, false, [
    `What you expect the payment to show before this refund: how much ${what}. The client reads it, compares, and only ` +
      'then sends; `reconcile` can prove more with it. Not atomic: another refund may come in between.',
  ]);
}

function reasonDoc(create: RefundCreation, prefix: string): string {
  if (create.reason === null) return '';
  const effects = create.reason.value.sideEffects.map(
    ({ reason, effect }) => `\`${plainText(reason)}\` has a side effect: ${sentence(effect)}`,
  );
  return `${docComment([`The reasons that ${plainText(prefix)} accepts. ${evidence(create.reason)}`, ...effects])}\n`;
}

/** Errors name fields without the part of the request: `receipt`. */
function errorNames(parts: readonly Part[]): [string, string][] {
  return parts
    .filter(({ place, name }) => place.part !== 'header' && name !== FIXED)
    .map(({ place, name }): [string, string] => [place.path.map((key) => (key === '[]' ? '0' : key)).join('.'), name])
    .filter(([theirs, ours]) => theirs !== ours);
}

function amountLiteral({ amount }: RefundCreation): Literal {
  return {
    unit: amount.unit.value,
    encoding: amount.encoding,
    exponents: new Code('exponents'),
    full: amount.full.value,
    lowerCase: amount.currency?.letters === 'lower' || undefined,
  };
}

/** The provider's decimal digits of currencies, as the runtime takes them. */
export function exponentsLiteral(exponents: Fact<RefundCreation['amount']['exponents']['value']>): Literal {
  const { overrides, unknown } = exponents.value;
  return {
    overrides: Object.fromEntries(overrides.map(({ currency, digits }) => [currency, digits])),
    unknown,
  };
}
