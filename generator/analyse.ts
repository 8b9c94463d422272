import { DECLARABLE, type DeclarableRole, type Discovered, type Discovery, discover } from './discover/discover.js';
import type { RefundApi } from './ir.js';
import { ownText } from './json.js';
import { load, type SpecFiles } from './load/load.js';
import { resolve, type SpecDocument } from './load/spec-document.js';
import { toIdentifier, uniqueName } from './names.js';
import type { Draft } from './normalize/draft.js';
import { normalize } from './normalize/normalize.js';
import type { Problem } from './problem.js';

/** One provider to look at. */
export interface ProviderInput extends SpecFiles {
  /** Names the folder and the `provider` field of the client. */
  readonly id: string;
}

/** What a spec says about refunds, as far as it can be understood, and everything that stands in the way. */
export interface Analysis {
  /** `undefined` where the files cannot be read at all. */
  readonly document: SpecDocument | undefined;
  readonly discovery: Discovery | undefined;
  /** `undefined` where no operation creates a refund. */
  readonly draft: Draft | undefined;
  /** Once no question is open. */
  readonly api: RefundApi | undefined;
  /** What the slice is made of: the operations of the client under their names. */
  readonly operations: readonly { readonly pointer: string; readonly name: string }[];
  /** Where the schemas stand that the normalized client reads. */
  readonly spine: readonly string[];
  readonly problems: readonly Problem[];
}

/** The first half of the pipeline: load, discover, normalize. Writes nothing, and never stops halfway. */
export async function analyse(input: ProviderInput): Promise<Analysis> {
  const loaded = await load(input);
  const nothing = {
    document: undefined,
    discovery: undefined,
    draft: undefined,
    api: undefined,
    operations: [],
    spine: [],
  };
  if (!loaded.ok) return { ...nothing, problems: loaded.problems };
  const document = loaded.value;
  const found = discover(document);
  const problems = [...loaded.problems, ...found.problems];
  const discovery = found.ok ? found.value : undefined;
  if (discovery?.create === undefined) return { ...nothing, document, discovery, problems };
  const { create } = discovery;
  const names = nameOperations(document, discovery);
  const normalized = normalize(document, { ...discovery, create }, names, input.id);
  const isFree = !problems.some(({ severity }) => severity === 'error');
  return {
    document,
    discovery,
    draft: normalized.draft,
    api: isFree ? normalized.api : undefined,
    operations: (normalized.draft?.native.operations ?? []).map(({ evidence, name }) => ({
      pointer: evidence.pointer,
      name,
    })),
    spine: normalized.spine,
    problems: [...problems, ...normalized.problems],
  };
}

/** What operations without an `operationId` are called. */
const ROLE_NAMES: Readonly<Record<DeclarableRole, string>> = {
  create: 'createRefund',
  retrieve: 'retrieveRefund',
  list: 'listRefunds',
  cancel: 'cancelRefund',
  update: 'updateRefund',
  payment: 'retrievePayment',
};

/** The names of the operations in generated code, by pointer. */
function nameOperations(document: SpecDocument, discovery: Discovery): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const role of DECLARABLE) {
    const found: Discovered | undefined = discovery[role];
    if (found === undefined || names.has(found.pointer)) continue;
    const wanted = ownText(resolve(document, found.pointer)?.value, 'operationId') ?? ROLE_NAMES[role];
    names.set(found.pointer, uniqueName(toIdentifier(wanted, 'camel'), new Set(names.values())));
  }
  return names;
}
