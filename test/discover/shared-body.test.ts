import { expect, test } from 'vitest';
import { survey } from '../../generator/discover/survey.js';
import { documentWith } from '../fixtures/document.js';
import { object, TEXT } from '../fixtures/invented/build.js';
import type { JsonMap } from '../fixtures/json.js';

const ONE = object({ payment_id: TEXT, amount: { type: 'integer' } }, 'payment_id');
const OTHER = object({ device_id: TEXT, comment: TEXT }, 'device_id');

/** Four operations: what each pair has for a body. */
function operations(one: JsonMap, other: JsonMap): Readonly<Record<string, JsonMap>> {
  const withBody = (schema: JsonMap): JsonMap => ({
    summary: 'Refund it',
    requestBody: { content: { 'application/json': { schema } } },
    responses: {},
  });
  return {
    'POST /a/{id}/refund': withBody(one),
    'POST /payments/{payment_id}/refund': withBody(one),
    'POST /b/refund': withBody(other),
    'POST /devices/{device_id}/refund': withBody(other),
  };
}

test('what a body says is the same, whether operations share it or each has its own', () => {
  const shared = documentWith(
    operations({ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Other' }),
    { schemas: { One: ONE, Other: OTHER } },
  );
  const { candidates } = survey(documentWith(operations(ONE, OTHER)));
  expect(survey(shared).candidates).toEqual(candidates);
  expect(candidates).toHaveLength(4);
  const needing = candidates.filter(({ reasons }) => reasons.some(({ says }) => says.includes('needs a device')));
  expect(needing.map(({ path }) => path).sort()).toEqual(['/b/refund', '/devices/{device_id}/refund']);
});

test('what the path of one operation says is not said of another that shares its body', () => {
  const named = survey(documentWith(operations({ type: 'object' }, { type: 'object' }))).candidates.filter(
    ({ reasons }) => reasons.some(({ says }) => says === 'the request names a payment'),
  );
  expect(named.map(({ path }) => path)).toEqual(['/payments/{payment_id}/refund']);
});
