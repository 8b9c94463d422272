import { JSONPathEnvironment, JSONPathError, type JSONValue } from 'json-p3';
import type { JsonValue } from '../json.js';
import { mayHang } from '../pattern.js';
import { toPointer } from '../pointer.js';
import { MAX_NODES, measure } from './parse.js';

/** The keys that lead to a value. */
export type Location = readonly (string | number)[];

/** Where a target leads to, each place once; or why it leads nowhere. */
export type Selected =
  | { readonly ok: true; readonly locations: readonly Location[] }
  | { readonly ok: false; readonly reason: string };

/** Longer than any target that a person wrote. */
const MAX_LENGTH = 2_000;
/** Looks at values of the document. A target that names its value needs some ten; `$..name` needs all of them, once. */
const MAX_STEPS = 200_000;
const MAX_STEPS_FOR_EACH_VALUE = 20;
/** Levels of the document that `..` goes down. */
const MAX_DEPTH = 250;

const environment = carefulEnvironment();

/** Regular expressions in filters run on texts of the spec. */
function carefulEnvironment(): JSONPathEnvironment {
  const made = new JSONPathEnvironment({ maxRecursionDepth: MAX_DEPTH });
  for (const name of ['match', 'search']) {
    const known = made.functionRegister.get(name);
    if (known === undefined) throw new Error(`the library has no function ${name}`);
    const call = (text: unknown, pattern: unknown): unknown => {
      if (typeof pattern === 'string' && mayHang(pattern)) throw new TakesTooLong(`${name}() may take for ever`);
      return known.call(text, pattern);
    };
    made.functionRegister.set(name, { argTypes: known.argTypes, returnType: known.returnType, call });
  }
  return made;
}

/**
 * The values that a JSONPath (RFC 9535) selects. A few signs of it can mean more steps than there is time for, as in
 * `$..*..*..*..*`: steps are counted, so that how much is too much does not depend on the machine.
 */
export function select(document: JsonValue, target: string): Selected {
  if (target.length > MAX_LENGTH) return { ok: false, reason: `it is longer than ${MAX_LENGTH} characters` };
  try {
    const query = environment.compile(target);
    const locations = new Map<string, Location>();
    const steps = new Steps(document);
    // A view of JSON is JSON for whoever only reads it.
    for (const { location } of query.lazyQuery(steps.view(document) as JSONValue)) {
      steps.take();
      locations.set(toPointer(location), location);
    }
    return { ok: true, locations: [...locations.values()] };
  } catch (cause) {
    if (cause instanceof JSONPathError || cause instanceof TakesTooLong) return { ok: false, reason: cause.message };
    // The library answers lists of more than a hundred thousand values with a stack that overflows.
    if (cause instanceof RangeError) return { ok: false, reason: 'it selects too much at once' };
    throw cause;
  }
}

class TakesTooLong extends Error {}

/** Counts what is read of a document. */
class Steps {
  readonly #document: JsonValue;
  readonly #views = new WeakMap<object, object>();
  readonly #handler: ProxyHandler<object> = {
    get: (target, key) => {
      this.take();
      return this.view(Reflect.get(target, key));
    },
  };
  #taken = 0;
  #most = MAX_STEPS;

  constructor(document: JsonValue) {
    this.#document = document;
  }

  take(): void {
    this.#taken += 1;
    if (this.#taken <= this.#most) return;
    // Large documents are counted only where it matters.
    const size = measure(this.#document);
    this.#most = Math.max(MAX_STEPS, MAX_STEPS_FOR_EACH_VALUE * (size.fits ? size.count : MAX_NODES));
    if (this.#taken > this.#most) throw new TakesTooLong(`it takes more than ${this.#most} steps`);
  }

  view(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.#views.get(value);
    if (known !== undefined) return known;
    const made = new Proxy(value, this.#handler);
    this.#views.set(value, made);
    return made;
  }
}
