import type { RefundApi, RequestPlace } from '../ir.js';
import { code, words } from '../markdown.js';

/** The capabilities of providers as a Markdown table, from the IR alone. */
export function capabilityTable(apis: readonly RefundApi[]): string {
  const rows: readonly (readonly [string, (api: RefundApi) => string])[] = [
    ['operation', operation],
    ['amount out', ({ create: { amount } }) => `${amount.encoding}, ${amount.unit.value} units`],
    ['amount in', amountIn],
    ['currency in the answer', (api) => (hasCurrency(api) ? 'yes' : 'no: the caller’s')],
    ['`full()`', ({ create }) => (create.amount.full.value === 'omitted' ? 'yes, by omission' : 'no')],
    ['reason', reason],
    ['`refundRef` goes to', reference],
    ['what success means', successes],
    ['idempotency', idempotency],
    ['a create is sent', ({ idempotency: { value } }) => (replays(value) ? 'again, with its key' : 'at most once')],
    ['`retrieve`', ({ retrieve }) => (retrieve === null ? 'no' : 'yes')],
    ['`expect` guard', ({ payment }) => (payment === null ? 'no' : `\`${payment.measure}\``)],
    ['`reconcile`', reconcile],
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...apis.map(({ provider }) => words(provider.name))]),
    line(['---', ...apis.map(() => '---')]),
    ...rows.map(([name, cell]) => line([name, ...apis.map(cell)])),
  ].join('\n');
}

function operation({ create, operations }: RefundApi): string {
  const found = operations.find(({ name }) => name === create.operation);
  return code(`${found?.method} ${found?.path}`);
}

function casesOf({ create }: RefundApi) {
  return create.accepted.flatMap(({ cases }) => cases.value);
}

function amountIn(api: RefundApi): string {
  const found = casesOf(api).flatMap(({ amount }) =>
    amount === null ? [] : [`${amount.encoding}, ${amount.unit} units`],
  );
  return [...new Set(found)].join(' or ') || 'none';
}

function hasCurrency(api: RefundApi): boolean {
  return casesOf(api).every(({ amount }) => amount === null || amount.currency !== null);
}

function reason({ create }: RefundApi): string {
  if (create.reason === null) return 'none';
  const { required, values } = create.reason.value;
  const accepted = values === null ? 'free text' : values.map(code).join(', ');
  return `${required ? 'required' : 'optional'}: ${accepted}`;
}

/** A header has a name of its own. */
function carrier(of: RequestPlace): string {
  return of.part === 'header' ? code(of.path[0] ?? '') : place(of);
}

function place({ part, path }: RequestPlace): string {
  return code([part, ...path].join('.'));
}

function reference({ create, idempotency: { value } }: RefundApi): string {
  const places = create.reference === null ? [] : [place(create.reference.value.place)];
  const key = value.kind === 'key' ? [carrier(value.place)] : [];
  return [...places, ...key].join(', ') || 'the journal only';
}

function successes(api: RefundApi): string {
  const statuses = api.create.statuses?.value.map(({ raw, status }) => `${code(raw)}: ${status}`) ?? [];
  return api.create.accepted
    .flatMap(({ cases, status }) =>
      cases.value.map(({ status: meaning, when }) => {
        const shape = when.length === 0 ? '' : ` with ${when.map(({ is }) => code(String(is))).join(', ')}`;
        return `${status}${shape}: ${'is' in meaning ? meaning.is : statuses.join(', ')}`;
      }),
    )
    .join('; ');
}

function idempotency({ idempotency: { value } }: RefundApi): string {
  if (value.kind === 'none') return 'none';
  const name = carrier(value.place);
  return replays(value) ? name : `${name} is sent, its effect is undocumented`;
}

function replays(value: RefundApi['idempotency']['value']): boolean {
  return value.kind === 'key' && value.replay !== false;
}

function reconcile({ payment, reconciliation: { value } }: RefundApi): string {
  if (value.kind === 'none') return 'nothing to look at';
  if (value.kind === 'refund') return 'by a refund id that you have learned of';
  const absence = value.failureAnswer === null ? 'happened only' : 'happened, or a definite failure';
  return `by the payment’s ${payment?.measure} total: ${absence}`;
}
