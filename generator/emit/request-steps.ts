import type { Operation, RequestPlace, Shape } from '../ir.js';

/** A key on the way to a place of the request. */
export interface Step {
  /** What it is a key of. */
  readonly above: Shape | undefined;
  /** What stands there. */
  readonly shape: Shape | undefined;
  /** Whether it has to be there wherever what it is a key of is there. */
  readonly required: boolean;
}

/** The way to a place of the request, key by key. The one item of a list is there wherever the list is. */
export function stepsTo({ body, parameters }: Operation, { part, path }: RequestPlace): readonly Step[] {
  if (part !== 'body') {
    const found = parameters.find((item) => item.in === part && item.name === path[0]);
    return [{ above: undefined, shape: found?.shape, required: found?.required === true }];
  }
  let above = body?.shape;
  return path.map((key) => {
    const step = stepInto(above, key);
    above = step.shape;
    return step;
  });
}

function stepInto(above: Shape | undefined, key: string): Step {
  if (above?.kind === 'array') return { above, shape: above.items, required: true };
  const field = above?.kind === 'object' ? above.fields.find(({ name }) => name === key) : undefined;
  return { above, shape: field?.shape, required: field?.required === true };
}
