/** The strictest flags of TypeScript, and the first version that has each. */
const FLAGS = [
  { since: 5.5, flag: 'strict', value: true },
  { since: 5.5, flag: 'useUnknownInCatchVariables', value: true },
  { since: 5.5, flag: 'exactOptionalPropertyTypes', value: true },
  { since: 5.5, flag: 'noUncheckedIndexedAccess', value: true },
  { since: 5.5, flag: 'noPropertyAccessFromIndexSignature', value: true },
  { since: 5.5, flag: 'noImplicitOverride', value: true },
  { since: 5.5, flag: 'noImplicitReturns', value: true },
  { since: 5.5, flag: 'noFallthroughCasesInSwitch', value: true },
  { since: 5.5, flag: 'noUnusedLocals', value: true },
  { since: 5.5, flag: 'noUnusedParameters', value: true },
  { since: 5.5, flag: 'allowUnreachableCode', value: false },
  { since: 5.5, flag: 'allowUnusedLabels', value: false },
  { since: 5.5, flag: 'forceConsistentCasingInFileNames', value: true },
  { since: 5.5, flag: 'verbatimModuleSyntax', value: true },
  { since: 5.5, flag: 'isolatedModules', value: true },
  { since: 5.5, flag: 'isolatedDeclarations', value: true },
  { since: 5.6, flag: 'noUncheckedSideEffectImports', value: true },
  { since: 5.8, flag: 'erasableSyntaxOnly', value: true },
];

/**
 * As strict as a version of TypeScript can be.
 *
 * @param {number} version
 * @returns {Readonly<Record<string, boolean>>}
 */
export function strictestFlags(version) {
  return Object.fromEntries(FLAGS.filter(({ since }) => version >= since).map(({ flag, value }) => [flag, value]));
}

/** The options of a consumer who is as strict as one can be, as `tsconfig.json` has them. */
export const STRICTEST = {
  ...strictestFlags(Number.POSITIVE_INFINITY),
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: [],
  declaration: true,
};
