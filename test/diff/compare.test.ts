import { describe, expect, test } from 'vitest';
import { compareContracts } from '../../generator/diff/compare.js';
import { contractWith } from './facts.js';

/** A grade, a subject, and its value before and after; `-` where there is none. */
const GRADED = `
money    | payment                        | body.payment, required, string | body.order, required, string
money    | amount                         | body.amount, integer | body.amount, string
money    | amount unit                    | minor | major
money    | amount unit                    | minor | not known
money    | amount unit                    | not known | minor
money    | amount currency                | the payment’s | body.currency, required, upper case
harmless | full refund                    | unsupported | omitted
money    | full refund                    | omitted | unsupported
money    | exponent CLP                   | - | 0
money    | exponent CLP                   | 0 | 2
money    | fixed body.action              | "refund" | "void"
money    | success 200                    | - | not known
money    | success 200                    | a body | no body is read
money    | success 200 amount             | body.amount, integer, minor units, the caller’s currency | body.amount, integer, major units, the caller’s currency
money    | success 200 if body.type="a": id | body.id | body.refund.id
harmless | success 200 note               | - | body.note
breaking | success 200 note               | body.note | -
harmless | success 200 reason             | body.reason, one of a | body.reason, one of a | b
breaking | success 200 reason             | body.reason, one of a | b | body.reason, one of a
money    | status lost                    | - | not known
money    | status lost                    | - | failed
money    | status lost                    | pending | failed
breaking | status lost                    | failed | -
harmless | retrieve                       | - | getRefund by id
breaking | retrieve                       | getRefund by id | -
money    | retrieve status                | body.status | body.state
harmless | payment reading                | - | getPayment by id
breaking | payment reading                | getPayment by id | -
money    | payment reading total          | refunded: body.a | refunded: body.b
money    | error body                     | RFC 9457 | code body.code
money    | money after 409                | - | not known
money    | money after 402 declined       | may have moved | not moved
money    | money after 402 declined       | not moved | -
harmless | error code declined            | - | not_refundable
breaking | error code declined            | not_refundable | already_refunded
money    | idempotency                    | key in header.Key | none
money    | idempotency replay             | acted on once for 24 hours | not promised
money    | idempotency replay             | not promised | acted on once for 24 hours
money    | idempotency replay             | acted on once for 24 hours | acted on once for 2 hours
harmless | idempotency replay             | acted on once for 2 hours | acted on once for 24 hours
money    | reconciliation                 | by payment | none
money    | reconciliation definite failures | a | a | b
harmless | request body.email             | - | optional string, given as email
breaking | request body.email             | - | required string, given as email
breaking | request body.email             | optional string, given as email | -
breaking | request body.email             | optional string, given as email | required string, given as email
harmless | request body.email             | required string, given as email | optional string, given as email
breaking | request body.email             | optional string, given as email | optional string, given as mail
breaking | request body.email             | optional string | optional integer
harmless | request body.email             | optional string | optional string or null
breaking | request body.email             | optional string or null | optional string
harmless | request body                   | required closed object | required object
breaking | request body                   | required object | required closed object
breaking | request body.email maxLength   | 40 | 20
breaking | request body.email maxLength   | - | 20
harmless | request body.email maxLength   | 20 | 40
harmless | request body.email maxLength   | 20 | -
breaking | request body.amount minimum    | 1 | 100
harmless | request body.amount minimum    | 100 | 1
harmless | request body.kind values       | a | a | b
breaking | request body.kind values       | a | b | a
breaking | request body.kind values       | - | a
harmless | request body.kind values       | a | -
breaking | request body.email pattern     | ^a | ^b
harmless | request body.email pattern     | ^a | -
breaking | operation list request query.page maximum | 100 | 50
money    | encoding                       | json, application/json | form, application/x-www-form-urlencoded
money    | form style metadata            | brackets | json
money    | sent header Version            | 1 | 2
breaking | operation list encoding        | json, application/json | json, text/json
harmless | reason                         | - | body.reason, optional, listed
breaking | reason                         | - | body.reason, required, listed
breaking | reason                         | body.reason, optional, free text | body.reason, optional, listed
harmless | reason                         | body.reason, required, listed | body.reason, optional, free text
harmless | reason fraud                   | - | accepted
breaking | reason fraud                   | accepted | -
money    | reason effect fraud            | - | the card is blocked
harmless | metadata                       | - | body.metadata, optional
breaking | metadata                       | body.metadata, optional | -
money    | reference                      | body.ref | body.reference
harmless | reference                      | - | body.ref
money    | reference                      | body.ref | -
breaking | reference maxLength            | 40 | 20
breaking | client                         | refunds | native only
money    | operation create               | POST /refunds as createRefund | POST /v2/refunds as createRefund
breaking | operation create               | POST /refunds as createRefund | POST /refunds as makeRefund
harmless | operation cancel               | - | POST /refunds/{id}/cancel as cancelRefund
breaking | operation cancel               | POST /refunds/{id}/cancel as cancelRefund | -
money    | answer 202                     | - | json, application/json
money    | answer 409                     | - | json, application/json
harmless | answer 429                     | - | json, application/json
harmless | answer 503                     | - | json, application/json
breaking | answer 400                     | json, application/json | text, text/plain
money    | answer 200                     | json, application/json | none
harmless | operation list answer 500      | - | none
breaking | operation list answer 200      | json, application/json | none
money    | server production              | https://a.example | https://b.example
breaking | server production              | https://a.example | -
harmless | server production              | - | https://a.example
breaking | server                         | given by the caller | -
harmless | sign in key                    | - | header X-Key with apiKey
breaking | sign in key                    | header X-Key with apiKey | header X-Api-Key with apiKey
breaking | sign in key                    | header X-Key with apiKey | -
harmless | setting version                | - | optional, header Version, given with the client
breaking | setting version                | - | required, header Version, given with the client
breaking | setting version value maxLength | 40 | 20
money    | something new                  | - | of a later version
`
  .trim()
  .split('\n')
  .map((line) => {
    const [grade = '', subject = '', ...values] = line.split(/ +\| +/);
    // A list of values has the sign that parts the columns: it is in the middle of what is left.
    const middle = values.length === 3 ? (values[1] === 'b' ? 2 : 1) : values.length / 2;
    return [grade, subject, values.slice(0, middle).join(' | '), values.slice(middle).join(' | ')] as const;
  });

describe('grades', () => {
  test.each(GRADED)('%s: %s, from %s to %s', (grade, subject, before, after) => {
    const facts = (value: string) => contractWith(value === '-' ? {} : { [subject]: value });
    const [change, ...others] = compareContracts(facts(before), facts(after));
    expect(others).toEqual([]);
    expect(change).toMatchObject({ grade, subject });
    expect(change?.kind).toBe(before === '-' ? 'added' : after === '-' ? 'removed' : 'changed');
    expect(change?.means).not.toBe('');
  });

  test('a second server makes callers name theirs', () => {
    const before = contractWith({ 'server live': 'https://a.example' });
    const after = contractWith({ 'server live': 'https://a.example', 'server test': 'https://b.example' });
    expect(compareContracts(before, after)).toMatchObject([{ grade: 'breaking', subject: 'server test' }]);
  });

  test('another way to sign in is harmless only beside the ones that were there', () => {
    const before = contractWith({ 'sign in a': 'cookie a with a' });
    const after = contractWith({ 'sign in b': 'cookie b with b' });
    expect(compareContracts(before, after).map(({ grade }) => grade)).toEqual(['breaking', 'breaking']);
  });
});

describe('changes', () => {
  test('come with the most severe first, and what is renamed is removed and added', () => {
    const before = contractWith({ 'reason a': 'accepted', 'amount unit': 'minor' });
    const after = contractWith({ 'reason b': 'accepted', 'amount unit': 'major' });
    expect(compareContracts(before, after).map(({ grade, kind, subject }) => `${grade} ${kind} ${subject}`)).toEqual([
      'money changed amount unit',
      'breaking removed reason a',
      'harmless added reason b',
    ]);
  });

  test('of an optional object are one, whatever is required in it', () => {
    const after = contractWith({
      'request body.order': 'optional object, given as order',
      'request body.order.id': 'required string',
      'request body.order.id maxLength': '20',
      'request body.orders': 'optional list, given as orders',
    });
    const changes = compareContracts(contractWith({}), after);
    expect(changes.map(({ grade, parts, subject }) => [grade, subject, parts])).toEqual([
      ['harmless', 'request body.order', ['request body.order.id', 'request body.order.id maxLength']],
      ['harmless', 'request body.orders', []],
    ]);
  });

  test('of a whole answer are as severe as the answer', () => {
    const after = contractWith({
      retrieve: 'getRefund by id',
      'retrieve id': 'body.id',
      'retrieve status': 'body.status',
    });
    expect(compareContracts(contractWith({}), after)).toMatchObject([{ grade: 'harmless', subject: 'retrieve' }]);
    const limited = contractWith({ reference: 'body.ref', 'reference maxLength': '20' });
    expect(compareContracts(contractWith({}), limited)).toMatchObject([{ grade: 'breaking', subject: 'reference' }]);
  });

  test('that are not answered yet name the question that generate stops at', () => {
    const changes = compareContracts(contractWith({}), contractWith({ 'status lost': 'not known' }));
    expect(changes).toMatchObject([{ grade: 'money', question: 'R032' }]);
  });

  test('of a whole provider are one', () => {
    const contract = contractWith({ client: 'refunds', 'amount unit': 'minor' });
    expect(compareContracts(undefined, contract)).toMatchObject([{ grade: 'harmless', kind: 'added' }]);
    expect(compareContracts(contract, undefined)).toMatchObject([{ grade: 'breaking', kind: 'removed' }]);
    expect(compareContracts(undefined, undefined)).toEqual([]);
    expect(compareContracts(contract, { ...contract, spec: 'Acme 2' })).toEqual([]);
  });
});
