import type { Plan } from './config.js';
import { readLock } from './output/read-lock.js';
import { failure, type Result, success } from './problem.js';

/**
 * Holds specs that come over the network to what they were when the output was written: another spec at the same URL
 * is a problem (R007) until somebody has looked at it, and asks for `--refresh`.
 */
export async function pinSpecs(plan: Plan, refresh: boolean): Promise<Result<Plan>> {
  if (refresh) return success(plan);
  const lock = await readLock(plan.output);
  if (!lock.ok) return failure(...lock.problems);
  const inputs = plan.inputs.map((input) => {
    const pin = lock.value?.made.providers.get(input.id)?.pin;
    return pin === undefined ? input : { ...input, pin };
  });
  return success({ ...plan, inputs });
}
