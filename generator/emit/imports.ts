/** An import of a generated module: data, sorted and written last. */
export interface Import {
  /** Relative, with its extension. */
  readonly module: string;
  readonly names: readonly string[];
  readonly typeNames: readonly string[];
}

/** Collects what a module uses of others. */
export class Imports {
  readonly #modules = new Map<string, { readonly values: Set<string>; readonly types: Set<string> }>();

  /** Uses values of a module. Returns the first name, to be written where it is used. */
  value(module: string, ...names: readonly [string, ...string[]]): string {
    for (const name of names) this.#of(module).values.add(name);
    return names[0];
  }

  /** Uses types of a module. Returns the first name, to be written where it is used. */
  type(module: string, ...names: readonly [string, ...string[]]): string {
    for (const name of names) this.#of(module).types.add(name);
    return names[0];
  }

  /** What a generated name must not be. */
  get names(): ReadonlySet<string> {
    return new Set([...this.#modules.values()].flatMap(({ values, types }) => [...values, ...types]));
  }

  list(): readonly Import[] {
    return [...this.#modules]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, { values, types }]) => ({
        module,
        names: [...values].sort(),
        typeNames: [...types].filter((name) => !values.has(name)).sort(),
      }));
  }

  #of(module: string): { readonly values: Set<string>; readonly types: Set<string> } {
    const found = this.#modules.get(module) ?? { values: new Set(), types: new Set() };
    this.#modules.set(module, found);
    return found;
  }
}

/** The path of a module of the runtime, as a client imports it. */
export function runtimeModule(name: string): string {
  return `../runtime/${name}.js`;
}
