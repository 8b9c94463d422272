import { expect, test } from 'vitest';
import { connect } from '../../templates/runtime/connection.js';
import { RefundConfigError } from '../../templates/runtime/errors.js';
import { RUNTIME_VERSION } from '../../templates/runtime/version.js';

const FACTS = { provider: 'acme', servers: { live: 'https://acme.example' }, auth: [[]], settings: [] };

test('a client that was generated for another version of the runtime does not start', () => {
  // What was compiled against another version has another value here than the types of this one allow.
  const other: object = { ...FACTS, runtime: '0.0.9' };
  expect(() => Reflect.apply(connect, undefined, [other, { auth: {} }])).toThrow(
    new RefundConfigError(
      `this client was generated for refundgen 0.0.9, and runs with ${RUNTIME_VERSION}: generate it again`,
    ),
  );
});

test('one that was generated for it does', () => {
  expect(connect({ ...FACTS, runtime: RUNTIME_VERSION }, { auth: {} }).provider).toBe('acme');
});
