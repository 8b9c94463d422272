import type { Plan, PlannedProvider } from './config.js';
import type { Made } from './output/lock.js';
import { readLock } from './output/read-lock.js';
import { failure, type Result, success } from './problem.js';

/**
 * Holds specs that come over the network to what they were when the output was written: another spec at the same URL
 * is a problem (R007) until somebody has looked at it, and asks for `--refresh`.
 */
export function pinSpecs(plan: Plan, refresh: boolean): Result<Plan> {
  if (refresh) return success(plan);
  const lock = readLock(plan.output);
  if (!lock.ok) return failure(...lock.problems);
  const made = lock.value?.made;
  if (made === undefined) return success(plan);
  return success({ ...plan, inputs: plan.inputs.map((input) => withPin(input, made)) });
}

/** A provider with the pin that is known from when its client was written. */
export function withPin(input: PlannedProvider, made: Made): PlannedProvider {
  const pin = made.providers.get(input.id)?.pin;
  return pin === undefined ? input : { ...input, pin };
}
