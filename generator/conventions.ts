/** How generated code fits in with the code around it. */
export interface Conventions {
  /** How relative imports end: `./client.js`, `./client.ts` or `./client`. */
  readonly importExtension: 'js' | 'ts' | 'none';
  /** `copy`: the output has its runtime with it. `package`: it imports that of the installed refundgen. */
  readonly runtime: 'copy' | 'package';
  /** The formatter of the project that the output is for; `undefined`: as it is generated. */
  readonly format: 'prettier' | 'biome' | undefined;
}

export const DEFAULT_CONVENTIONS: Conventions = { importExtension: 'js', runtime: 'copy', format: undefined };
