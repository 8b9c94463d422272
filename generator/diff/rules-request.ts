import { always, byKind, type Rule, type Step, UNTIL, type Verdict } from './rule.js';
import { listOf } from './texts.js';

/** Subjects of what is sent. A key with a blank in it is quoted, so a word behind a blank is never a part of one. */
const FIELD = String.raw`(?:operation \S+ )?(?:request|field|note value|metadata value|setting .+ value)\b.*`;

/** What is sent, as the spec describes it and as callers give it. */
export const REQUEST_RULES: readonly Rule[] = [
  { about: new RegExp(`^${FIELD} (?:maxLength|maximum|exclusiveMaximum|maxItems)$`), judge: (step) => limit(step, 1) },
  { about: new RegExp(`^${FIELD} (?:minLength|minimum|exclusiveMinimum|minItems)$`), judge: (step) => limit(step, -1) },
  { about: new RegExp(`^${FIELD} values$`), judge: values },
  { about: new RegExp(`^${FIELD} (?:pattern|format|multipleOf)$`), judge: form },
  {
    about: /^(request .* style|form style .+|encoding|sent header .+)$/,
    judge: always(
      'money',
      `the request is written in another way: what is sent may be read as something else ${UNTIL}`,
    ),
  },
  {
    about: /^operation \S+ (?:request .* style|form style .+|encoding|sent header .+)$/,
    judge: always('breaking', `the request is written in another way: calls fail ${UNTIL}`),
  },
  { about: new RegExp(`^${FIELD}$`), judge: field },
  { about: /^reason$/, judge: argument },
  { about: /^(?:note|metadata)$/, judge: argument },
  {
    about: /^reason effect (.+)$/,
    judge: ({ names: [reason] }) => [
      'money',
      `refunding by ${reason} does something else beside: see that callers want it`,
    ],
  },
  {
    about: /^reason (.+)$/,
    judge: byKind({
      added: ['harmless', 'callers can give this reason'],
      removed: ['breaking', `callers that give this reason no longer compile; the provider refuses it ${UNTIL}`],
      changed: ['breaking', 'the reason is taken in another way'],
    }),
  },
  {
    about: /^reference$/,
    judge: reference,
  },
  { about: /^reference maxLength$/, judge: (step) => limit(step, 1) },
];

/** @param direction - 1 where more is more: of a longest length. */
function limit({ after, before, kind }: Step, direction: 1 | -1): Verdict {
  const isNarrower = kind === 'added' || (kind === 'changed' && (Number(after) - Number(before)) * direction < 0);
  if (!isNarrower) return ['harmless', 'more is accepted than before'];
  return [
    'breaking',
    `less is accepted than before: what is beyond is refused by the provider now, and by the client afterwards`,
  ];
}

function values({ after, before, kind }: Step): Verdict {
  if (kind === 'removed' || after === 'any') return ['harmless', 'any value is accepted'];
  if (before === 'any') return ['breaking', 'only listed values are accepted: others are refused'];
  const [was, is] = [listOf(before), listOf(after)];
  const gone = was.filter((value) => !is.includes(value));
  if (kind === 'added') return ['breaking', 'only listed values are accepted: others no longer compile'];
  if (gone.length === 0)
    return ['harmless', `more values are accepted: ${is.filter((value) => !was.includes(value)).join(', ')}`];
  return ['breaking', `callers that send ${gone.join(', ')} no longer compile, and the provider refuses it now`];
}

function form({ kind }: Step): Verdict {
  if (kind === 'removed') return ['harmless', 'any text is accepted'];
  return ['breaking', 'texts have to look different: what callers send may be refused'];
}

interface FieldText {
  readonly required: boolean;
  readonly type: string;
  readonly nullable: boolean;
  /** What the caller's argument is called; empty for what the client sets itself. */
  readonly name: string;
}

/** `optional string or null, given as email (required)`. */
function fieldText(text: string): FieldText {
  const [own = '', name = ''] = text.split(', given as ');
  const nullable = own.endsWith(' or null');
  const type = own.replace(/^(?:required|optional) /, '').replace(/ or null$/, '');
  return { required: own.startsWith('required '), type, nullable, name };
}

function field({ after, before, kind }: Step): Verdict {
  const [was, is] = [fieldText(before), fieldText(after)];
  if (kind === 'removed') return ['breaking', `it is no longer taken: callers that give it no longer compile`];
  if (kind === 'added') {
    if (is.required) return ['breaking', `the provider refuses requests without it ${UNTIL} and callers give it`];
    return ['harmless', 'callers can give it'];
  }
  if (was.type !== is.type)
    return opened(was, is) ?? ['breaking', `it is ${is.type} instead of ${was.type}: what callers send is refused`];
  if (is.required && !was.required)
    return ['breaking', `the provider refuses requests without it ${UNTIL} and callers give it`];
  if (was.nullable && !is.nullable) return ['breaking', 'it can no longer be null'];
  if (was.name !== is.name) return ['breaking', 'callers give it by another name: they no longer compile'];
  return ['harmless', 'less is asked for than before'];
}

/** An object that takes fields which nobody has listed takes all that it took before. */
function opened(was: FieldText, is: FieldText): Verdict | undefined {
  const isOpened = was.type === `closed ${is.type}` && !(is.required && !was.required) && was.name === is.name;
  return isOpened ? ['harmless', 'fields that the spec does not list are accepted'] : undefined;
}

/** `body.reason, optional, listed`. */
function argument({ after, before, kind }: Step): Verdict {
  if (kind === 'removed') return ['breaking', 'callers that give it no longer compile'];
  if (kind === 'added') {
    return after.includes(', required') ? ['breaking', 'callers have to give it'] : ['harmless', 'callers can give it'];
  }
  const loosened = before.replace(', required', ', optional').replace(', listed', ', free text');
  if (after === loosened || after === before.replace(', required', ', optional'))
    return ['harmless', 'less is asked for'];
  if (after === before.replace(', listed', ', free text')) return ['harmless', 'any text is accepted'];
  return ['breaking', `it is asked for in another way: see what callers give ${UNTIL}`];
}

function reference({ contracts, kind }: Step): Verdict {
  if (kind === 'removed') return ['money', 'the refundRef is no longer sent: refunds cannot be found by it'];
  if (kind === 'changed') {
    return ['money', `the refundRef goes to another place: refunds cannot be found by it ${UNTIL}`];
  }
  const isLimited = contracts.after.facts.some(({ subject }) => subject === 'reference maxLength');
  return isLimited
    ? ['breaking', 'the refundRef is sent, too, and a longer one than the provider takes is refused']
    : ['harmless', 'the refundRef is sent, too: refunds can be found by it'];
}
