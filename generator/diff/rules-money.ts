import { always, byKind, type Rule, type Step, UNTIL, type Verdict } from './rule.js';

/** Facts that decide over money: what is refunded, of what, and whether it happened. */
export const MONEY_RULES: readonly Rule[] = [
  {
    about: /^payment$/,
    asks: 'R040',
    judge: always('money', `the payment is named in another way: refunds fail, or are of another payment, ${UNTIL}`),
  },
  {
    about: /^amount$/,
    asks: 'R040',
    judge: always(
      'money',
      `the amount goes to another place or is written in another way; refunds are of another sum, or of everything, ${UNTIL}`,
    ),
  },
  { about: /^amount unit$/, asks: 'R030', judge: unit },
  {
    about: /^amount currency$/,
    judge: always('money', `the currency is said in another way: the same digits are another sum, ${UNTIL}`),
  },
  { about: /^full refund$/, asks: 'R035', judge: full },
  {
    about: /^exponent (.+)$/,
    judge: ({ names: [currency] }) => [
      'money',
      `amounts in ${currency} have another number of decimal digits: each is wrong by a power of ten ${UNTIL}`,
    ],
  },
  { about: /^fixed (.+)$/, judge: always('money', 'what is always sent has changed: the call may do something else') },
  {
    about: /^success (\S+)$/,
    asks: 'R031',
    judge: always('money', `what this success answer means has changed: outcomes may be read wrongly ${UNTIL}`),
  },
  { about: /^(?:success \S+(?: if .*:)?|retrieve) (id|payment|amount|status|remaining)$/, judge: read },
  { about: /^(?:success \S+(?: if .*:)?|retrieve) (reason|note|failure|createdAt)$/, judge: told },
  { about: /^status (.+)$/, asks: 'R032', judge: status },
  {
    about: /^payment reading$/,
    judge: byKind({
      added: ['harmless', 'the payment can now be read, so expect and reconcile may look at it'],
      removed: ['breaking', 'the payment can no longer be read: callers that use expect no longer compile'],
      changed: ['breaking', `the payment is read in another way: expect and reconcile fail ${UNTIL}`],
    }),
  },
  {
    about: /^payment reading (?:id|total|pending|failure)$/,
    judge: always(
      'money',
      `what a payment says of its refunds is read elsewhere: expect and reconcile may be wrong ${UNTIL}`,
    ),
  },
  {
    about: /^error body$/,
    asks: 'R037',
    judge: always('money', `error codes stand elsewhere: refused and unknown outcomes may be confused ${UNTIL}`),
  },
  { about: /^money after (.+)$/, asks: 'R034', judge: moved },
  {
    about: /^error code (.+)$/,
    judge: byKind({
      added: ['harmless', 'the error gets a kind of its own'],
      removed: ['breaking', 'the error has no kind any more: callers that look for it do not find it'],
      changed: ['breaking', 'the error is of another kind: callers that look for the old one do not find it'],
    }),
  },
  { about: /^idempotency$/, asks: 'R033', judge: key },
  { about: /^idempotency replay$/, asks: 'R033', judge: replay },
  {
    about: /^reconciliation(?: definite failures| failure answer)?$/,
    asks: 'R036',
    judge: always(
      'money',
      'what is looked at after an unknown outcome has changed: reconcile may say that a refund did not happen which did',
    ),
  },
];

function unit({ after, before, kind }: Step): Verdict {
  if (kind !== 'changed') return ['money', 'whether amounts count minor or major units decides over every sum'];
  const way = before === 'minor' && after === 'major' ? 'large' : 'small';
  return ['money', `each amount would be sent a hundred times too ${way} ${UNTIL}: stop refunds first`];
}

function full({ after, before }: Step): Verdict {
  if (before === 'unsupported' && after === 'omitted') return ['harmless', 'callers can now ask for full()'];
  return [
    'money',
    `leaving the amount out no longer refunds all that is left: callers of full() no longer compile, and do not know what they refund ${UNTIL}`,
  ];
}

/** What an outcome rests on. */
function read({ kind, names: [name] }: Step): Verdict {
  return [
    'money',
    kind === 'added'
      ? `the answer is now read for its ${name}: outcomes that rest on it change`
      : `the ${name} is no longer read where it was: outcomes may be wrong ${UNTIL}`,
  ];
}

/** What callers only get to see. */
function told({ after, before, kind, names: [name] }: Step): Verdict {
  if (kind === 'added') return ['harmless', `callers get the ${name} of the refund, too`];
  if (kind === 'changed' && after.startsWith(`${before} | `)) {
    return ['harmless', `callers may meet another ${name}`];
  }
  return ['breaking', `callers get another ${name}, or none`];
}

function status({ after, kind }: Step): Verdict {
  if (kind === 'removed')
    return ['breaking', 'the spec no longer lists it: an overlay that classifies it stops generate'];
  if (kind === 'added') return ['money', `a new status: a refund that has it is unrecognized ${UNTIL}, then ${after}`];
  return ['money', `refunds that have it are now ${after}: orders that were settled by the old meaning may be wrong`];
}

function moved({ after, kind }: Step): Verdict {
  if (kind === 'removed') return ['money', 'the answer is judged by the general rule again: see that it fits'];
  if (after === 'not moved')
    return ['money', 'the answer now means refused, and the refund may be made again: be sure that no money moved'];
  return [
    'money',
    `the answer now leaves the outcome unknown; ${UNTIL} it may be taken for refused, and the refund made again`,
  ];
}

function key({ after, before }: Step): Verdict {
  if (after === 'none')
    return ['money', 'no key is sent any more: a repeated call refunds twice, so the client does not repeat'];
  if (before === 'none') return ['money', 'a key is sent now: see what the provider promises for a repeated one'];
  return ['money', `the key is sent in another place: a repeated call may refund twice ${UNTIL}`];
}

function replay({ after, before }: Step): Verdict {
  const [was, is] = [hoursOf(before), hoursOf(after)];
  if (is === 0)
    return ['money', `a repeated key is no longer promised to act once: a repeated call may refund twice ${UNTIL}`];
  if (was === 0)
    return ['money', 'the client now repeats calls with their key: be sure that the provider acts on it once'];
  if (is < was) return ['money', `keys are kept for a shorter time: a later repeated call refunds twice ${UNTIL}`];
  return ['harmless', 'keys are kept for longer'];
}

/** Zero where nothing is promised. */
function hoursOf(text: string): number {
  return Number(/ for (\S+) hours$/.exec(text)?.[1] ?? 0);
}
