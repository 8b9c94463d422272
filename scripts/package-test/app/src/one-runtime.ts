import { createPiriod, money, partial } from './shared/index.js';

/** Clients whose runtime is that of the installed package. */
export function client() {
  const piriod = createPiriod({ auth: { token: 'sk_test' }, workspace: 'acc_1' });
  return { piriod, amount: partial(money('CLP', 5000n)) };
}
