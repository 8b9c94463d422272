/** The words of a name in any style: `create_refund`, `createRefund`, `Create Refund`, `orders/{id}:refund`. */
export function words(name: string): readonly string[] {
  return name
    .slice(0, MAX_NAME)
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .flatMap((word) => unglue(word.toLowerCase()));
}

/** A longer name is prose. */
const MAX_NAME = 400;

/** Some names have no border between their words: `refunditem`, `createrefund`. */
function unglue(word: string): readonly string[] {
  const glued = /^([a-z]*?)(refunds?)([a-z]*)$/.exec(word);
  if (glued === null || /^refund(s|ed|ing|able|er)?$/.test(word)) return [word];
  const [, before = '', stem = '', after = ''] = glued;
  return [before, stem, after].filter((part) => part !== '');
}

/** A refund, in English and in the languages in which payment providers name their paths. */
const REFUND = new Set(
  (
    'refund refunds refunding reimburse reimbursement reimbursements ' +
    'devolucao devolucoes devolucion devoluciones reembolso reembolsos reembolsar estorno estornos estornar ' +
    'remboursement remboursements rembourser erstattung erstattungen ruckerstattung ruckerstattungen ' +
    'rimborso rimborsi terugbetaling terugbetalingen zwrot zwroty iade iadeler'
  ).split(' '),
);

export function isRefund(word: string): boolean {
  return REFUND.has(word);
}

/** What an operation does with a refund. `record`: it books one that was made elsewhere, and moves no money. */
export type Action = 'create' | 'retrieve' | 'list' | 'cancel' | 'update' | 'record' | 'other';

const ACTION_WORDS: readonly (readonly [Action, string])[] = [
  ['create', 'create add new make issue request submit initiate perform process execute solicitar criar crear'],
  ['retrieve', 'get retrieve fetch read show view status details lookup inquire inquiry assert poll sync'],
  ['list', 'list search find query all index'],
  ['cancel', 'cancel void abort dismiss revoke stop delete remove destroy'],
  ['update', 'update edit modify patch change set'],
  ['record', 'record register log mark'],
  [
    'other',
    'simulate simulation simulations preview calculate calculation estimate quote validate validation check eligible ' +
      'eligibility retry resend email send notify notification notifications reconcile reconciliation approve reject deny ' +
      'export download upload webhook webhooks event events policy policies setting settings report reports metrics ' +
      'reason reasons type types attachment attachments document documents receipt receipts comment comments summary ' +
      'count test generate import release confirm confirmation finalize finalise track tracking',
  ],
];

const ACTIONS: ReadonlyMap<string, Action> = new Map(
  ACTION_WORDS.flatMap(([action, list]) => list.split(' ').map((word) => [word, action] as const)),
);

/** The action that a word names, if it names one. `delete` and `cancel` are one: either takes a refund back. */
export function actionOf(word: string): Action | undefined {
  return ACTIONS.get(word) ?? ACTIONS.get(word.replace(/s$/, ''));
}

/** Words that say how much of a payment is refunded, or how it is found, and join others. */
const QUALIFIERS = new Set('full fulls partial partials total partially by'.split(' '));
const JOINERS = new Set('a an the of for to or and'.split(' '));

export function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word);
}

/** A version, or a word that every path of an API begins with. */
export function isPrefix(word: string): boolean {
  return /^(v\d*|\d+|api|rest|admin|public)$/.test(word);
}

/** Whether a word beside a refund leaves it one: `issue_refund`, `refundOrder`, and not `refund-links`. */
export function isKnown(word: string): boolean {
  if (isRefund(word) || isQualifier(word) || JOINERS.has(word) || isPrefix(word)) return true;
  return actionOf(word) !== undefined || subjectOf(word) !== undefined;
}

/** What is refunded. */
export type Subject =
  | 'payment'
  | 'order'
  | 'invoice'
  | 'subscription'
  | 'fee'
  | 'terminal'
  | 'transfer'
  | 'note'
  | 'item'
  | 'other';

const SUBJECT_WORDS: readonly (readonly [Subject, string])[] = [
  [
    'payment',
    'payment payments charge charges capture captures transaction transactions sale sales purchase purchases intent ' +
      'intents checkout checkouts pix pagamento pagamentos pago pagos paiement paiements zahlung zahlungen',
  ],
  ['order', 'order orders booking bookings ticket tickets reservation reservations'],
  ['invoice', 'invoice invoices bill bills'],
  ['subscription', 'subscription subscriptions'],
  ['fee', 'fee fees tax taxes commission commissions'],
  ['terminal', 'terminal terminals device devices reader readers pos instore store inperson'],
  ['transfer', 'transfer transfers payout payouts topup topups deposit deposits disbursement disbursements'],
  ['note', 'creditmemo creditmemos memo memos note notes adjustment adjustments'],
  ['item', 'item items line lines lineitem lineitems label labels shipment shipments shipping parcel parcels'],
  [
    'other',
    'giftcard giftcards gift voucher vouchers coupon coupons loyalty points sms wallet wallets credits dispute disputes ' +
      'chargeback chargebacks withdrawal withdrawals unreferenced unlinked standalone blind',
  ],
];

const SUBJECTS: ReadonlyMap<string, Subject> = new Map(
  SUBJECT_WORDS.flatMap(([subject, list]) => list.split(' ').map((word) => [word, subject] as const)),
);

/** A refund of no payment at all: whoever calls it says where the money goes. */
export function refersToNothing(word: string): boolean {
  return /^(unreferenced|unlinked|standalone|blind)$/.test(word);
}

export function subjectOf(word: string): Subject | undefined {
  return SUBJECTS.get(word);
}
