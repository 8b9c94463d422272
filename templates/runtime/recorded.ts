import type { RecordedMoney } from './journal.js';
import type { Money } from './money.js';

/** An amount as a journal keeps it. */
export function recordMoney({ currency, minor }: Money): RecordedMoney {
  return { currency, minor: minor.toString() };
}

/** Whether an amount is the recorded one. */
export function isRecorded(amount: Money, recorded: RecordedMoney): boolean {
  return amount.currency === recorded.currency && amount.minor.toString() === recorded.minor;
}
