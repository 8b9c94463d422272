import type { RefundApi } from '../ir.js';
import { acceptancesOf, type KnownAcceptance } from '../simulate/acceptance.js';
import { placesOf } from '../simulate/answer.js';
import { BEHAVIOURS, type Behaviour } from './behaviour.js';
import { catalogueOf, type NamedFault } from './catalogue.js';

/** How much is asked for. `expected`: all that is left, and the caller says how much that is. */
export type AmountKind = 'part' | 'full' | 'full, expected';

/** One run of one client against one fault. */
export interface Case {
  readonly provider: string;
  readonly fault: NamedFault;
  readonly acceptance: KnownAcceptance;
  readonly amount: AmountKind;
  readonly behaviour: Behaviour;
}

/** Provider × fault × status × amount × what the caller does. */
export function casesOf(api: RefundApi): readonly Case[] {
  const amounts: readonly AmountKind[] =
    api.create.amount.full.value === 'omitted' ? ['part', 'full', 'full, expected'] : ['part'];
  const acceptances = acceptancesOf(api);
  return catalogueOf(api).flatMap((fault) =>
    acceptances
      .filter((acceptance, index) => isToBeTried(fault, acceptance, index))
      .flatMap((acceptance) =>
        amounts.flatMap((amount) =>
          BEHAVIOURS.map((behaviour): Case => ({ provider: api.provider.id, fault, acceptance, amount, behaviour })),
        ),
      ),
  );
}

/** Which ways to accept matter for a fault: all of them where the answer is read, one where it is not. */
function isToBeTried({ fault, field, needsBody }: NamedFault, { answer }: KnownAcceptance, index: number): boolean {
  if (needsBody === true && answer === null) return false;
  if (field !== undefined && (answer === null || placesOf(answer, field).length === 0)) return false;
  return index === 0 || fault === null || (fault !== 'down' && fault.acts);
}

/** Names a case, for a report and for running it alone. */
export function nameOf({ acceptance, amount, behaviour, fault, provider }: Case): string {
  const { httpStatus, raw, shape, status } = acceptance;
  const how = `${httpStatus}${shape === 0 ? '' : ` (shape ${shape + 1})`} ${raw ?? status}`;
  return [provider, fault.name, how, amount, behaviour.name].join(' / ');
}
