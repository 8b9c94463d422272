import type { Contract } from '../../generator/diff/contract.js';

/** A contract of facts that all stand at one place. */
export function contractWith(facts: Readonly<Record<string, string>>, spec = 'Acme 1'): Contract {
  const place = { file: 'acme.yaml', pointer: '/paths/~1refunds/post' };
  return { spec, facts: Object.entries(facts).map(([subject, value]) => ({ subject, value, place })) };
}
