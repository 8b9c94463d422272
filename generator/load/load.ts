import { realpath } from 'node:fs/promises';
import path from 'node:path';
import {
  BaseResolver,
  bundle,
  createConfig,
  type Document,
  makeDocumentFromString,
  type Source,
} from '@redocly/openapi-core';
import { isObject, type JsonObject, type JsonValue, ownText } from '../json.js';
import { error, failure, type Problem, type Result, success, warning } from '../problem.js';
import { type InputFile, locate, measure, readInputFile } from './input-file.js';
import { applyOverlay } from './overlay.js';
import type { SpecDocument } from './spec-document.js';

/** The files that describe one provider. */
export interface SpecFiles {
  readonly spec: string;
  readonly overlay: string | undefined;
}

/**
 * Reads a spec, bundles its files into one document, and applies its overlay. References that lead nowhere are
 * warnings here: only a part of the document will be used.
 */
export async function load(files: SpecFiles): Promise<Result<SpecDocument>> {
  const spec = await readInputFile(files.spec);
  if (!spec.ok) return spec;
  const wrongKind = checkVersion(spec.value);
  if (wrongKind !== undefined) return failure(wrongKind);
  const bundled = await bundleFiles(spec.value);
  if (!bundled.ok) return bundled;
  if (files.overlay === undefined) {
    return success(
      { value: bundled.value, spec: spec.value, overlay: undefined, origins: new Map() },
      bundled.problems,
    );
  }
  const overlay = await readInputFile(files.overlay);
  if (!overlay.ok) return overlay;
  const merged = applyOverlay(bundled.value, overlay.value);
  if (!merged.ok) return failure(...bundled.problems, ...merged.problems);
  const document = { ...merged.value, spec: spec.value, overlay: overlay.value };
  return success(document, [...bundled.problems, ...merged.problems]);
}

function checkVersion(spec: InputFile): Problem | undefined {
  const version = ownText(spec.value, 'openapi') ?? '';
  if (/^3\.[012]\.\d+/.test(version) && isObject(spec.value)) return undefined;
  const found = ownText(spec.value, 'swagger') === undefined ? 'no OpenAPI version' : 'Swagger 2.0';
  const hint = 'Give an OpenAPI 3.0, 3.1 or 3.2 document: the field "openapi" at its root says which it is.';
  return error(
    'R003',
    `${spec.file} has ${found === 'Swagger 2.0' ? found : version || found}`,
    hint,
    locate(spec, ''),
  );
}

async function bundleFiles(spec: InputFile): Promise<Result<JsonObject>> {
  const document = makeDocumentFromString<JsonObject>(spec.source.body, spec.path);
  const externalRefResolver = new FolderResolver(await realpath(path.dirname(spec.path)));
  const config = await createConfig({});
  let result: Awaited<ReturnType<typeof bundle>>;
  try {
    result = await bundle({ doc: document, externalRefResolver, config });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    const hint = 'Look for a $ref that is no text, or for a value of a wrong kind.';
    return failure(error('R003', `${spec.file} cannot be bundled: ${reason}`, hint, locate(spec, '')));
  }
  const problems = result.problems.map(({ message, location }): Problem => {
    const [first] = location;
    const pointer = (first?.pointer ?? '').replace(/^#/, '');
    const file = first === undefined ? spec.file : path.relative(process.cwd(), first.source.absoluteRef);
    const where = first === undefined ? locate(spec, '') : locate({ file, source: first.source }, pointer);
    const code = message.includes(OUTSIDE) ? 'R006' : message.includes(TOO_LARGE) ? 'R004' : 'R005';
    const hint = 'Only what the refund needs has to resolve; if this is part of it, correct the reference.';
    return warning(code, message.split('\n')[0] ?? message, hint, where);
  });
  // Bundling keeps what it was given: a parsed document.
  return success(result.bundle.parsed as JsonObject, problems);
}

const TOO_LARGE = 'is too large or too deep, or contains itself';
const OUTSIDE = 'is outside of the folder of the spec';

/** Reads referenced files in the folder of the spec, and nothing else: no parent folder, no other host. */
class FolderResolver extends BaseResolver {
  readonly #folder: string;

  constructor(folder: string) {
    super();
    this.#folder = folder;
  }

  override async loadExternalRef(absoluteRef: string): Promise<Source> {
    if (/^[a-z][a-z\d+.-]+:/i.test(absoluteRef)) throw new Error(`${absoluteRef} ${OUTSIDE}: it is a URL`);
    const inside = path.relative(this.#folder, await realpath(absoluteRef));
    const leaves = inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside);
    if (leaves) throw new Error(`${absoluteRef} ${OUTSIDE}`);
    return super.loadExternalRef(absoluteRef);
  }

  override parseDocument(source: Source, isRoot?: boolean): Document {
    const document = super.parseDocument(source, isRoot);
    // The root has been measured before. A file that contains itself would end in a full stack.
    const size = measure(document.parsed as JsonValue);
    if (size !== 'fits') throw new Error(`${path.basename(source.absoluteRef)} ${TOO_LARGE}`);
    return document;
  }
}
