import path from 'node:path';
import type { JsonObject } from '../json.js';
import { error, failure, type Problem, type Result, success, warning } from '../problem.js';
import { accessOf, type ReadText } from './access.js';
import { type Bundled, bundleFiles } from './bundle.js';
import { digestOfText } from './digests.js';
import { fetchDocument } from './fetch.js';
import { digestOf, type Gathered, gather } from './gather.js';
import { type InputFile, parseInput, readInputFile } from './input-file.js';
import { applyOverlay, type Overlaid } from './overlay.js';
import { PACKS_FOLDER } from './pack-file.js';
import { recognisePack } from './packs.js';
import { readLocalFile } from './read-file.js';
import type { SpecDocument, SpecPin } from './spec-document.js';
import { upgradeSwagger } from './swagger/upgrade.js';
import { isUrl, shownUrl } from './url.js';
import { kindOf } from './version.js';

/** The files that describe one provider. */
export interface SpecFiles {
  /** A path, or a URL. */
  readonly spec: string;
  /** The only overlay. */
  readonly overlay: string | undefined;
  /** All overlays, in the order in which they apply, instead of `overlay`. An empty list: none, and no pack either. */
  readonly overlays?: readonly string[];
  /** Absolute folders and URL prefixes that references may lead to, beside the folder of the spec. */
  readonly allow?: readonly string[];
  /** For a spec at a URL: by header name, the name of the environment variable that has the value. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the spec at the URL was when it was last looked at; another one at the same URL is an error. */
  readonly pin?: SpecPin | undefined;
  /** The folder of the packs that are recognised where no overlay is named. */
  readonly packs?: string;
  /** To be compared with another version, that the overlays are written for: what they do not find is a warning. */
  readonly toCompare?: boolean;
}

/**
 * Reads a spec, puts its files together into one document of OpenAPI 3, and applies its overlays. What is wrong with
 * references is a warning here: only a part of the document will be used.
 */
export async function load(files: SpecFiles): Promise<Result<SpecDocument>> {
  const read = await readSpec(files);
  if (!read.ok) return failure(...read.problems);
  const { spec, sha256 } = read.value;
  const kind = kindOf(spec);
  if (kind.kind === 'other') return failure(kind.problem);
  const gathered = await gather(spec, sha256, await accessOf(spec.path, files.allow ?? [], files.headers ?? {}));
  const pin = pinOf(spec, gathered);
  const changed = pin === undefined ? undefined : comparePin(pin, files.pin);
  if (changed !== undefined) return failure(changed);
  const joined = await join(spec, kind.value, kind.fields, gathered);
  const problems = [...read.problems, ...gathered.problems, ...joined.problems];
  const upgraded = kind.kind === 'swagger' ? upgrade(spec, joined) : joined;
  const overlaid = await overlay(files, upgraded.value);
  if (!overlaid.ok) {
    return failure(
      ...problems,
      ...overlaid.problems.map((problem) => (kind.kind === 'swagger' ? explain(problem) : problem)),
    );
  }
  const document: SpecDocument = {
    ...overlaid.value,
    spec,
    ...(upgraded.placeOf !== undefined && { placeOf: upgraded.placeOf }),
    ...(pin !== undefined && { pin }),
    digests: new Map([...gathered.digests, ...overlaid.value.digests]),
  };
  return success(document, [...problems, ...overlaid.problems]);
}

interface ReadSpec {
  readonly spec: InputFile;
  readonly sha256: string | undefined;
}

async function readSpec({ spec, headers = {} }: SpecFiles): Promise<Result<ReadSpec>> {
  // The user's own URL may be anywhere; where it redirects to has to be a place for specs, too.
  const origin = isUrl(spec) && URL.canParse(spec) ? new URL(spec).origin : undefined;
  const read: Result<ReadText> = isUrl(spec)
    ? await fetchDocument(spec, { headers, origin, permits: () => true })
    : await readLocalFile(spec);
  if (!read.ok) return failure(...read.problems);
  const parsed = parseInput(read.value.input, read.value.text);
  if (!parsed.ok) return failure(...parsed.problems);
  return success({ spec: parsed.value, sha256: read.value.sha256 }, parsed.problems);
}

function pinOf(spec: InputFile, { fetched }: Gathered): SpecPin | undefined {
  const sha256 = digestOf(fetched);
  // A spec in a file may refer to URLs; it is pinned by the first of them.
  const [url] = isUrl(spec.path) ? [spec.path] : [...fetched.keys()].sort();
  return sha256 === undefined || url === undefined ? undefined : { url, sha256 };
}

/** Another URL is another spec: the user has changed the configuration, and knows. */
function comparePin(found: SpecPin, pinned: SpecPin | undefined): Problem | undefined {
  if (pinned === undefined || pinned.url !== found.url || pinned.sha256 === found.sha256) return undefined;
  const message = `the spec at ${shownUrl(found.url)} has changed: SHA-256 ${found.sha256}, locked ${pinned.sha256}`;
  const hint = 'Look at what has changed in it (refundgen diff), then take it over: refundgen generate --refresh.';
  return error('R007', message, hint);
}

type Joined = Pick<Bundled, 'value' | 'problems'> & Partial<Pick<Bundled, 'placeOf'>>;

/** A spec of one file, which is as it should be, is used as it is. */
async function join(
  spec: InputFile,
  value: JsonObject,
  fields: Readonly<Record<string, string>>,
  { files, refersToItself }: Gathered,
): Promise<Joined> {
  if (files.size > 1 || refersToItself) return bundleFiles(spec, files, fields);
  const isComplete = Object.entries(fields).every(([key, version]) => value[key] === version);
  return { value: isComplete ? value : { ...value, ...fields }, problems: [] };
}

function upgrade(spec: InputFile, joined: Joined): Joined {
  const { value, originOf } = upgradeSwagger(joined.value, isUrl(spec.path) ? new URL(spec.path) : undefined);
  const before = joined.placeOf ?? ((pointer) => ({ input: spec, pointer }));
  return { value, problems: [], placeOf: (pointer) => before(originOf(pointer)) };
}

function explain(problem: Problem): Problem {
  if (problem.code !== 'R011') return problem;
  return {
    ...problem,
    hint: `${problem.hint} An overlay is for what Swagger 2.0 becomes: OpenAPI 3.0, with components.`,
  };
}

type WithOverlays = Overlaid & Pick<SpecDocument, 'digests' | 'overlay'>;

async function overlay(files: SpecFiles, document: JsonObject): Promise<Result<WithOverlays>> {
  const named = files.overlays ?? (files.overlay === undefined ? undefined : [files.overlay]);
  const pack = await recognisePack(document, files.packs ?? PACKS_FOLDER);
  const unmatched = files.toCompare === true ? warning : error;
  if (named !== undefined) {
    const done = await applyAll(document, named, unmatched);
    const left = named.length > 0 && pack !== undefined && !named.includes(pack) ? [leftOut(pack)] : [];
    return done.ok ? success(done.value, [...done.problems, ...left]) : failure(...done.problems, ...left);
  }
  const applied = await applyAll(document, pack === undefined ? [] : [pack], unmatched);
  if (applied.ok) return applied;
  const about = 'This overlay comes with refundgen and was chosen by title and servers; overlay: false leaves it out.';
  return failure(...applied.problems.map((problem) => ({ ...problem, hint: `${problem.hint} ${about}` })));
}

/** Whoever adds a line of their own must not lose what a pack knows of currencies and errors. */
function leftOut(pack: string): Problem {
  const name = path.basename(pack).replace(/\.overlay\.[a-z]+$/, '');
  const hint = `Write overlay: ['pack:${name}', <your overlay>] to build on it, if that is not on purpose.`;
  return warning(
    'R009',
    `refundgen has reviewed facts for this spec (pack:${name}), and an overlay was named instead`,
    hint,
  );
}

async function applyAll(
  document: JsonObject,
  overlays: readonly string[],
  unmatched: typeof error,
): Promise<Result<WithOverlays>> {
  let result: WithOverlays = { value: document, origins: new Map(), overlay: undefined, digests: new Map() };
  const problems: Problem[] = [];
  for (const location of overlays) {
    const file = await readInputFile(location);
    if (!file.ok) return failure(...problems, ...file.problems);
    const applied = applyOverlay(result.value, file.value, result.origins, unmatched);
    problems.push(...applied.problems);
    if (!applied.ok) return failure(...problems);
    const digests = new Map([...result.digests, [file.value.path, digestOfText(file.value.source.body)]]);
    result = { ...applied.value, overlay: file.value, digests };
  }
  return success(result, problems);
}
