import path from 'node:path';
import { load } from '../../generator/load/load.js';
import type { SpecDocument } from '../../generator/load/spec-document.js';
import type { Problem, Result } from '../../generator/problem.js';
import type { Json } from '../fixtures/json.js';
import { inFolder } from '../fixtures/pack.js';

/** Loads files that are written for it: `spec.yaml`, and `overlay.yaml` where there is one. */
export function loadFiles(files: Readonly<Record<string, Json>>, spec = 'spec.yaml'): Promise<Result<SpecDocument>> {
  return inFolder(files, (folder) => {
    const overlay = Object.hasOwn(files, 'overlay.yaml') ? path.join(folder, 'overlay.yaml') : undefined;
    return load({ spec: path.join(folder, spec), overlay });
  });
}

/** The only problem of a load that fails. */
export async function onlyProblem(loading: Promise<Result<SpecDocument>>): Promise<Problem> {
  const result = await loading;
  const [problem] = result.problems;
  if (result.ok || problem === undefined || result.problems.length !== 1) {
    throw new Error(`one problem was expected: ${JSON.stringify(result.problems, null, 2)}`);
  }
  return problem;
}
