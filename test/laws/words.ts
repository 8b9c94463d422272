import fc from 'fast-check';

// What random documents say. Nearly all of it is about refunds, as nothing else reaches the rules about money.

/** Names of fields that mean nothing to a refund, and that code generators trip over. */
const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'a b',
  'a.b',
  'a/b~c',
  'a%20b',
  "it's",
  '"quoted"',
  '0',
  'class',
  'type',
  'properties',
  'required',
  'enum',
  'items',
  'default',
  'example',
  'format',
  'x-y',
  'X-Y',
  'é',
  '名',
  '$ref',
  '*/',
  '',
] as const;

/** Names of fields that requests and answers about money have. */
const USUAL_NAMES = [
  'id',
  'amount',
  'refund_amount',
  'currency',
  'payment_id',
  'transaction_id',
  'charge',
  'status',
  'state',
  'reason',
  'note',
  'metadata',
  'reference',
  'created_at',
  'order_lines',
  'total',
  'value',
  'data',
  'refund',
  'code',
  'message',
  'errors',
] as const;

/** The name of a field. Most are plain: where all are odd, nothing is understood. */
export const fieldName: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...USUAL_NAMES) },
  { weight: 2, arbitrary: fc.constantFrom(...ODD_NAMES) },
);

/** What a description says, with hints at units and at what leaving the amount out does. */
export const description: fc.Arbitrary<string> = fc.constantFrom(
  'The amount to refund, in cents.',
  'In the smallest currency unit, such as 1000 for $10.00.',
  'A decimal amount in major units, such as 10.00.',
  'Minor units. If omitted, the remaining amount is refunded.',
  'Amount.',
  'How much to refund. Leave it out for a full refund.',
  'In cents, or in major units for JPY.',
  'The id of the payment.',
  'Ends a comment */ and begins `\u0024{one}` // here.',
  'First line.\nSecond line.\r\n\r\n* a list\u2028',
  '<b>Markup</b> & [a link](https://acme.example/#refunds)',
  '',
  ' ',
);

/** The status keys of answers; the usual ones first, as shrinking prefers them. */
export const successStatus: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('200', '201') },
  { weight: 2, arbitrary: fc.constantFrom('202', '204') },
  { weight: 1, arbitrary: fc.constantFrom('2XX', 'default', '299') },
);

export const errorStatus: fc.Arbitrary<string> = fc.constantFrom(
  '400',
  '404',
  '409',
  '422',
  '425',
  '500',
  '4XX',
  '5XX',
  'default',
  'x-note',
);

/** Values of enums: texts that look alike in YAML or as names, numbers, truth values and null. */
export const enumValue: fc.Arbitrary<string | number | boolean | null> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('pending', 'succeeded', 'failed', 'DONE', 'requires action', "it's", '', '*/'),
  },
  { weight: 2, arbitrary: fc.constantFrom('yes', 'null', '1', '1.0', '~', '__proto__', '2026-01-01') },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, -1, 1.5, 1e21, true, false, null) },
);
