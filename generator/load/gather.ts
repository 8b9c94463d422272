import { createHash } from 'node:crypto';
import { error, type Location, type Problem, warning } from '../problem.js';
import { type Access, addressOf, readReferenced } from './access.js';
import { digestOfText, type InputDigests } from './digests.js';
import { type InputFile, parseReferenced } from './input-file.js';
import { locate } from './locate.js';
import { MAX_NODES, measure } from './parse.js';
import { decodeFragment, leadsSomewhere, type Reference, referencesOf, splitRef } from './references.js';

/** A spec with every file that its references lead to. */
export interface Gathered {
  /** By address; the spec is the first. */
  readonly files: ReadonlyMap<string, InputFile>;
  /** Whether a file refers to itself by its name. */
  readonly refersToItself: boolean;
  /** The SHA-256 of what was fetched, by URL. */
  readonly fetched: ReadonlyMap<string, string>;
  /** By address, what was read there: {@link digestOfText}. */
  readonly digests: InputDigests;
  /** What is wrong with references: warnings, because only a part of the document will be used. */
  readonly problems: readonly Problem[];
}

/** More than any known spec has: a server could answer for ever with references to further files. */
const MAX_FILES = 5000;
const MAX_LENGTH = 64 * 1024 * 1024;

/** Reads all files that a spec consists of. Nothing that is wrong with one of them ends it. */
export async function gather(root: InputFile, rootSha256: string | undefined, access: Access): Promise<Gathered> {
  const files = new Map([[root.path, root]]);
  const fetched = new Map(rootSha256 === undefined ? [] : [[root.path, rootSha256]]);
  const digests = new Map<string, string | null>([[root.path, digestOfText(root.source.body)]]);
  const failed = new Map<string, Problem>();
  const faults = new Faults();
  const warnings: Problem[] = [];
  let length = root.source.body.length;
  let values = countOf(root);
  let refersToItself = false;
  // A map's iterator also visits what is added on the way.
  for (const [base, file] of files) {
    for (const reference of referencesOf(file.value)) {
      const target = targetOf(base, reference);
      if (target === undefined) {
        faults.add(file, reference, malformed());
        continue;
      }
      if (target.address === base && !reference.ref?.startsWith('#')) refersToItself = true;
      if (!files.has(target.address) && !failed.has(target.address)) {
        const isTooMuch = files.size >= MAX_FILES || length > MAX_LENGTH || values > MAX_NODES;
        const read = await readOne(target.address, access, isTooMuch);
        warnings.push(...read.problems);
        if (read.sha256 !== undefined) fetched.set(target.address, read.sha256);
        if (read.digest !== undefined) digests.set(target.address, read.digest);
        if (read.file === undefined) failed.set(target.address, read.failure);
        else {
          files.set(target.address, read.file);
          length += read.file.source.body.length;
          values += countOf(read.file);
        }
      }
      const fault = failed.get(target.address) ?? danglingIn(files.get(target.address), target.pointer);
      if (fault !== undefined) faults.add(file, reference, fault);
    }
  }
  return { files, refersToItself, fetched, digests, problems: [...warnings, ...faults.problems()] };
}

/** Aliases make a file of a few lines as large as the largest one. */
function countOf({ value }: InputFile): number {
  const size = measure(value);
  return size.fits ? size.count : MAX_NODES;
}

/** One digest for all that was fetched; undefined where nothing was. */
export function digestOf(fetched: ReadonlyMap<string, string>): string | undefined {
  const [first, ...others] = [...fetched].sort(([a], [b]) => (a < b ? -1 : 1));
  if (first === undefined || others.length === 0) return first?.[1];
  const lines = [first, ...others].map(([url, sha256]) => `${sha256} ${url}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

interface Target {
  readonly address: string;
  readonly pointer: string;
}

function targetOf(base: string, { ref }: Reference): Target | undefined {
  if (ref === undefined || ref.trim() === '') return undefined;
  const { file, fragment } = splitRef(ref);
  return { address: file === '' ? base : addressOf(base, file), pointer: decodeFragment(fragment) };
}

type ReadOne =
  | {
      readonly file: InputFile;
      readonly failure?: never;
      readonly sha256?: string;
      readonly digest: string;
      readonly problems: readonly Problem[];
    }
  | {
      readonly file?: never;
      readonly failure: Problem;
      readonly sha256?: string;
      /** Undefined where nobody looked. */
      readonly digest?: string | null;
      readonly problems: readonly Problem[];
    };

async function readOne(address: string, access: Access, isTooMuch: boolean): Promise<ReadOne> {
  if (isTooMuch) {
    const message = `the spec has more than ${MAX_FILES} files, ${MAX_LENGTH} characters or ${MAX_NODES} values`;
    return { failure: error('R004', message, 'Give the part of the spec that concerns refunds.'), problems: [] };
  }
  const read = await readReferenced(address, access);
  if (!read.ok) return { failure: read.problems[0] ?? malformed(), problems: [], digest: null };
  const sha256 = read.value.sha256;
  const digest = { digest: digestOfText(read.value.text), ...(sha256 !== undefined && { sha256 }) };
  const parsed = parseReferenced(read.value);
  const problems = parsed.problems.map((problem): Problem => ({ ...problem, severity: 'warning' }));
  if (parsed.ok) return { file: parsed.value, problems, ...digest };
  // What is wrong inside of a file is said there, too, if its place is known.
  const located = problems.filter(({ location }) => location !== undefined);
  return { failure: problems[0] ?? malformed(), problems: located, ...digest };
}

function danglingIn(file: InputFile | undefined, pointer: string): Problem | undefined {
  if (file === undefined || leadsSomewhere(file.value, pointer)) return undefined;
  return error('R005', 'nothing stands there', 'Correct the reference.');
}

function malformed(): Problem {
  return error('R005', 'it is no text that names a place', 'Write it as "#/…" or "<file>#/…".');
}

/** What is wrong with references, once for each target, however often it is referred to. */
class Faults {
  readonly #found = new Map<
    string,
    { readonly fault: Problem; readonly at: () => Location; ref: string; times: number }
  >();

  add(file: InputFile, { ref, pointer }: Reference, fault: Problem): void {
    const key = `${fault.code} ${ref ?? `${file.path}${pointer}`}`;
    const known = this.#found.get(key);
    if (known !== undefined) known.times += 1;
    else this.#found.set(key, { fault, at: () => locate(file, `${pointer}/$ref`), ref: ref ?? '(no text)', times: 1 });
  }

  problems(): readonly Problem[] {
    return [...this.#found.values()].map(({ fault, at, ref, times }) => {
      const more = times === 1 ? '' : ` (and ${times - 1} more like it)`;
      const hint = `Only what the refund needs has to resolve. ${fault.hint}`;
      return warning(fault.code, `the reference ${ref} cannot be followed: ${fault.message}${more}`, hint, at());
    });
  }
}
