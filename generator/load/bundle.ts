import path from 'node:path';
import type { Source } from '@redocly/openapi-core';
import { isObject, type JsonObject, type JsonValue, own } from '../json.js';
import { fromPointer, toPointer } from '../pointer.js';
import { type Problem, warning } from '../problem.js';
import { addressOf } from './access.js';
import { breakChains, cutCircles } from './circles.js';
import type { InputFile } from './input-file.js';
import { locate } from './locate.js';
import { measure } from './parse.js';
import { withLocalRefs } from './references.js';

/** Where a value stands: the file, and the pointer in it. */
export interface FilePlace {
  readonly input: InputFile;
  readonly pointer: string;
}

/** One document out of many files. */
export interface Bundled {
  readonly value: JsonObject;
  /** Where a value of the document comes from. */
  readonly placeOf: (pointer: string) => FilePlace;
  readonly problems: readonly Problem[];
}

/**
 * Puts the files of a spec together. Files have been read and their references checked before: what cannot be resolved
 * has been said, and is left as it is.
 *
 * @param version - the version field of the root, as Redocly knows it.
 */
export async function bundleFiles(
  root: InputFile,
  files: ReadonlyMap<string, InputFile>,
  version: Readonly<Record<string, string>>,
): Promise<Bundled> {
  const copies = new Map([...files].map(([address, file]) => [address, structuredClone(file.value)]));
  const copy = copies.get(root.path);
  // The root is an object: its version has been read.
  const document = { ...(isObject(copy) ? copy : {}), ...version };
  withLocalRefs(document, (file) => addressOf(root.path, file) === root.path);
  const placeOf = placesIn(document, root, files, copies);
  const problems = breakChains(copies).map(({ address, pointer }) =>
    leftOut(files.get(address) ?? root, pointer, 'a reference leads back to itself'),
  );
  if (files.size === 1) return { value: document, placeOf, problems };
  try {
    await runRedocly(document, root, files, copies);
    for (const pointer of cutCircles(document)) {
      const { input, pointer: at } = placeOf(pointer);
      problems.push(leftOut(input, at, 'a value would contain itself'));
    }
    if (!measure(document).fits) throw new Error('together they are too large');
    return { value: document, placeOf, problems };
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    const hint = 'Look for a value of a wrong kind. References to other files now lead nowhere.';
    const message = `the files of ${root.file} cannot be put together: ${reason}`;
    // Half of the references may have been replaced: the root as it was read says at least what it says itself.
    const whole = { ...(isObject(root.value) ? root.value : {}), ...version };
    const inRoot = (pointer: string): FilePlace => ({ input: root, pointer });
    return { value: whole, placeOf: inRoot, problems: [...problems, warning('R005', message, hint, locate(root, ''))] };
  }
}

function leftOut(input: InputFile, pointer: string, reason: string): Problem {
  const hint = 'Only what the refund needs has to resolve. Correct the reference.';
  return warning('R005', `${reason}: it is left out`, hint, locate(input, pointer));
}

async function runRedocly(
  document: JsonObject,
  root: InputFile,
  files: ReadonlyMap<string, InputFile>,
  copies: ReadonlyMap<string, JsonValue>,
): Promise<void> {
  // Loaded only here: most specs are one file.
  const { BaseResolver, bundle, createConfig, Source } = await import('@redocly/openapi-core');
  const sourceOf = (address: string): Source => new Source(address, files.get(address)?.source.body ?? '');
  class GatheredFiles extends BaseResolver {
    readonly #known = new Map<string, { source: Source; parsed: JsonValue | undefined }>();

    override resolveExternalRef(base: string | null, ref: string): string {
      return addressOf(base ?? root.path, ref);
    }

    override async resolveDocument<T>(base: string | null, ref: string): Promise<{ source: Source; parsed: T }> {
      const address = this.resolveExternalRef(base, ref);
      const known = this.#known.get(address) ?? { source: sourceOf(address), parsed: copies.get(address) };
      if (!copies.has(address)) throw new Error(`${path.basename(address)} was not read`);
      this.#known.set(address, known);
      // Redocly types documents by what the caller expects.
      return known as { source: Source; parsed: T };
    }
  }
  const doc = { source: sourceOf(root.path), parsed: document };
  await bundle({ doc, externalRefResolver: new GatheredFiles(), config: await createConfig({}) });
}

/**
 * Bundling moves and copies objects but keeps what is in them, so that an object says by its identity where it was read.
 */
function placesIn(
  document: JsonObject,
  root: InputFile,
  files: ReadonlyMap<string, InputFile>,
  copies: ReadonlyMap<string, JsonValue>,
): (pointer: string) => FilePlace {
  const known = new WeakMap<object, FilePlace>();
  const visit = (value: JsonValue, input: InputFile, keys: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!known.has(value)) known.set(value, { input, pointer: toPointer(keys) });
    for (const [key, child] of Object.entries(value)) visit(child, input, [...keys, key]);
  };
  for (const [address, file] of files) visit(copies.get(address) ?? null, file, []);
  return (pointer) => {
    let place: FilePlace = { input: root, pointer: '' };
    let current: JsonValue | undefined = document;
    for (const key of fromPointer(pointer)) {
      current = Array.isArray(current) ? current[Number(key)] : own(current, key);
      const found = typeof current === 'object' && current !== null ? known.get(current) : undefined;
      place = found ?? { input: place.input, pointer: `${place.pointer}${toPointer([key])}` };
    }
    return place;
  };
}
