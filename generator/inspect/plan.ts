import { type Plan, type PlannedProvider, planConfig, planSpecs } from '../config.js';
import { uniqueName } from '../names.js';
import { type Result, success } from '../problem.js';

/** Plans specs that are only looked at: they may have any name, and two may have the same one. */
export function planEach(specs: readonly string[], folder: string): Result<Pick<Plan, 'inputs'>> {
  const inputs: PlannedProvider[] = [];
  for (const spec of specs) {
    const plan = planOne(spec, folder);
    if (!plan.ok) return plan;
    for (const input of plan.value.inputs) {
      inputs.push({ ...input, id: uniqueName(input.id, new Set(inputs.map(({ id }) => id))) });
    }
  }
  return success({ inputs });
}

/** What a spec is called whose own name cannot be a provider's. */
export const NAMELESS = 'provider';

/** Plans one spec. */
export function planOne(spec: string, folder: string): Result<Plan> {
  const plan = planSpecs([spec], undefined, folder);
  const isName = !plan.ok && plan.problems.every(({ code }) => code === 'R044');
  return isName ? planConfig({ providers: { [NAMELESS]: { spec } } }, folder) : plan;
}
