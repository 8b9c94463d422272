import type { InspectedAnswer, InspectedField, InspectedScheme, InspectedSum, Inspection } from './inspection.js';
import type { Row } from './layout.js';

/** What a request says, as rows. */
export function requestRows(found: Inspection): Row[] {
  const { currency, fixed, idempotency, metadata, note, others, paymentRef, reason, reasons, reference } = found;
  const reasonText = reason?.freeText ? 'free text' : reasons.join(', ');
  const field = (label: string, item: InspectedField | null, detail = ''): Row[] =>
    item === null ? [] : [{ label, value: describe(item, detail), known: item }];
  const key = idempotency.carrier === null ? 'none' : `${idempotency.carrier.in}.${idempotency.carrier.name}`;
  return [
    ...(paymentRef === null ? [open('payment')] : field('payment', paymentRef, paymentRef.type)),
    ...amountRows(found),
    ...field('currency', currency, currency?.letters === 'lower' ? 'in lower case' : ''),
    ...field('reference', reference, limit(reference?.maxLength ?? null)),
    ...field('reason', reason, reasonText),
    ...field('note', note),
    ...field('metadata', metadata),
    ...fixed.map(
      (item): Row => ({ label: 'always', value: `${placed(item)} = ${JSON.stringify(item.value)}`, known: item }),
    ),
    idempotency.kind === 'unknown'
      ? {
          label: 'repeat key',
          value: idempotency.carrier === null ? 'not known' : `${key}, effect not known`,
          isOpen: true,
        }
      : {
          label: 'repeat key',
          value: idempotency.kind === 'none' ? 'none' : `${key}, ${replayText(idempotency.replay)}`,
          known: knownOf(idempotency),
        },
    ...(others.length === 0 ? [] : [{ label: 'others', value: others.map(optional).join(', ') }]),
  ];
}

function knownOf({ basis, evidence }: Pick<Inspection['idempotency'], 'basis' | 'evidence'>): Row['known'] {
  return basis === 'none' || evidence === null ? undefined : { basis, evidence };
}

function open(label: string): Row {
  return { label, value: 'not known', isOpen: true };
}

function placed(item: Pick<InspectedField, 'in' | 'name'>): string {
  return `${item.in}.${item.name}`;
}

function describe(item: InspectedField, detail: string): string {
  return [placed(item), item.required ? 'required' : '', detail].filter((text) => text !== '').join(', ');
}

function optional(item: InspectedField): string {
  return `${placed(item)}${item.required ? '' : '?'}`;
}

function limit(maxLength: number | null): string {
  return maxLength === null ? '' : `at most ${maxLength} characters`;
}

function replayText(replay: Inspection['idempotency']['replay']): string {
  if (replay === null || replay === false) return 'no promise that a repeat is acted on once';
  return `a repeat is acted on once for ${replay.keyLifetimeHours} hours`;
}

function amountRows({ amount }: Inspection): Row[] {
  if (amount === null) return [open('amount')];
  const { basis, encoding, evidence, exponents, field, full, place, unit } = amount;
  const overrides = exponents.overrides.map(({ currency, digits }) => `${currency}: ${digits}`);
  const digits = [...overrides, ...exponents.unknown.map((currency) => `${currency}: not known`)].join(', ');
  return [
    { label: 'amount', value: `${field}, ${encoding}`, known: place },
    unit === 'unknown' || basis === 'none' || evidence === null
      ? open('  unit')
      : {
          label: '  unit',
          value: unit === 'minor' ? 'minor (1000 is 10.00)' : 'major (10.00)',
          known: { basis, evidence },
        },
    full === null
      ? open('  left out')
      : {
          label: '  left out',
          value: full.value === 'omitted' ? 'refunds all that is left' : 'not possible',
          known: full,
        },
    ...(digits === '' ? [] : [{ label: '  digits', value: digits }]),
  ];
}

/** What answers mean, as rows. */
export function answerRows({ answers, statusPlaces, statuses }: Inspection): Row[] {
  const classes = statuses.map(({ raw, status }) => `${raw} → ${status ?? '?'}`).join(', ');
  const isOpen = statuses.some(({ status }) => status === null);
  const place = statusPlaces.length === 0 ? '' : `${statusPlaces.join(', ')}: `;
  return [
    ...answers.flatMap(answerRow),
    ...(classes === '' ? [] : [{ label: 'statuses', value: `${place}${classes}`, isOpen }]),
  ];
}

function answerRow({ cases, explained, role, status }: InspectedAnswer): Row[] {
  const label = role === 'create' ? status : role;
  if (explained === null) return [{ label, value: 'not explained', isOpen: true }];
  return cases.map((found, index): Row => {
    const when = found.when.map(({ field, is }) => `${field} = ${JSON.stringify(is)}`).join(', ');
    const meaning = 'is' in found.status ? found.status.is : `by ${found.status.field}`;
    const parts = [
      when === '' ? meaning : `${when}: ${meaning}`,
      ...named('id', found.id),
      ...named('payment', found.payment),
      ...named('amount', sumText(found.amount)),
      ...named('left', sumText(found.remaining)),
    ];
    return { label: index === 0 ? label : '', value: parts.join(', '), known: index === 0 ? explained : undefined };
  });
}

function named(name: string, value: string | null): string[] {
  return value === null ? [] : [`${name} ${value}`];
}

function sumText(sum: InspectedSum | null): string | null {
  return sum && `${sum.field} (${sum.encoding}, ${sum.unit})`;
}

/** What errors prove, as rows. */
export function errorRows({ errors }: Inspection): Row[] {
  if (errors === null) return [];
  const { ambiguous, body, kinds, listed, refused } = errors;
  const match = ({ code, status }: { readonly status: number; readonly code: string | null }): string =>
    code === null ? String(status) : `${status} ${code}`;
  return [
    ...(listed.length === 0 ? [] : [{ label: 'listed', value: listed.join(', ') }]),
    body === null ? open('body') : { label: 'body', value: BODIES[body.kind], known: body },
    ...refused.map((item): Row => ({ label: 'refused', value: `${match(item)}: no money moved`, known: item })),
    ...ambiguous.map((item): Row => ({ label: 'unclear', value: `${match(item)}: money may have moved`, known: item })),
    ...kinds.map((item): Row => ({ label: 'kind', value: `${item.code}: ${item.kind}`, known: item })),
  ];
}

const BODIES = { keyed: 'errors by field', named: 'named fields', problem: 'problem details (RFC 9457)' } as const;

/** What a client would be able to do, as rows. */
export function capabilityRows({ capabilities }: Inspection): Row[] {
  const { cancel, full, guard, list, reconcile, retrieve, send, update } = capabilities;
  const native = [...(list ? ['list'] : []), ...(cancel ? ['cancel'] : []), ...(update ? ['update'] : [])];
  const reconciling = { none: 'nothing to look at', refund: 'by the refund', payment: 'by the payment' };
  return [
    {
      label: 'refunds',
      value: full === 'yes' ? 'in full and in part' : full === 'no' ? 'of a named amount' : 'not known',
      isOpen: full === 'unknown',
    },
    { label: 'sends', value: send === 'unknown' ? 'not known' : send, isOpen: send === 'unknown' },
    {
      label: 'reads',
      value: [...(retrieve ? ['retrieve'] : []), ...native.map((name) => `${name} (native)`)].join(', ') || 'nothing',
    },
    { label: 'guard', value: guard === null ? 'none' : `what of the payment is ${guard}` },
    {
      label: 'reconciles',
      value: reconcile === 'unknown' ? 'not known' : reconciling[reconcile],
      isOpen: reconcile === 'unknown',
    },
  ];
}

/** How to reach the provider, as rows. */
export function connectionRows({ auth, servers, settings }: Inspection): Row[] {
  return [
    ...(auth.length === 0
      ? [open('auth')]
      : auth.map(
          (schemes, index): Row => ({
            label: index === 0 ? 'auth' : '  or',
            value: schemes.map(schemeText).join(' and '),
          }),
        )),
    ...(servers.length === 0
      ? [{ label: 'server', value: 'the caller gives its URL' }]
      : servers.map(({ name, url }): Row => ({ label: 'server', value: name === '' ? url : `${url} (${name})` }))),
    ...settings.map(
      ({ header, name, scope }): Row => ({ label: 'setting', value: `${name}: ${header}, for each ${scope}` }),
    ),
  ];
}

function schemeText({ credentials, kind, name, prefix, scheme }: InspectedScheme): string {
  const values = credentials.map((credential) => `<${credential}>`);
  const at =
    name === null ? `HTTP basic ${values.join(' and ')}` : `${kind} ${name}: ${prefix ?? ''}${values.join('')}`;
  return `${at} (${scheme})`;
}
