import { type Analysis, analyse, type ProviderInput } from '../analyse.js';
import { error, failure, type Problem, type ProblemCode, type Result, success } from '../problem.js';
import type { Change, ChangePlace, ChangeSide } from './change.js';
import { compareContracts } from './compare.js';
import { type Contract, type ContractKind, contractOf } from './contract.js';
import { type Locator, locatorOf } from './locate-change.js';
import { withRevision } from './revision.js';

/** What the providers are compared with. */
export type Against =
  /** What the lock says of the clients as they were generated, by provider. One that is not planned any more is gone. */
  | { readonly kind: 'contracts'; readonly contracts: ReadonlyMap<string, Contract> }
  /** The specs and overlays at a revision of the git repository that the folder is in. */
  | { readonly kind: 'revision'; readonly revision: string; readonly folder: string }
  /** An older spec of the only provider, with the overlays of now. */
  | { readonly kind: 'file'; readonly file: string };

/** Something that generating stops at. */
export interface Stop {
  readonly code: ProblemCode;
  readonly message: string;
  readonly place: ChangePlace | null;
}

/** What has changed for the refunds of one provider. */
export interface ProviderDiff {
  readonly id: string;
  /** Title and version of the spec; `null` where there is none, or no refund in it. */
  readonly before: string | null;
  readonly after: string | null;
  /** The most severe first. */
  readonly changes: readonly Change[];
  /** Why nothing can be generated from the spec as it is now. */
  readonly stops: readonly Stop[];
}

/** Says what has changed for refunds. Questions that are open do not stand in the way: they are part of what is said. */
export async function diffProviders(
  inputs: readonly ProviderInput[],
  against: Against,
): Promise<Result<readonly ProviderDiff[]>> {
  if (against.kind === 'contracts') return diffContracts(inputs, against.contracts);
  if (against.kind === 'file') return diffFile(inputs, against.file);
  return withRevision(inputs, against.revision, against.folder, (earlier) =>
    eachOf(inputs, async (input) => {
      const before = earlier.get(input.id);
      return diffSides(input, before === undefined ? undefined : await lookAt(before));
    }),
  );
}

async function diffContracts(
  inputs: readonly ProviderInput[],
  contracts: ReadonlyMap<string, Contract>,
): Promise<Result<readonly ProviderDiff[]>> {
  const result = await eachOf(inputs, (input) => {
    const contract = contracts.get(input.id);
    return diffSides(input, contract === undefined ? undefined : success({ contract, locator: undefined }));
  });
  if (!result.ok) return result;
  const gone = [...contracts].filter(([id]) => !inputs.some((input) => input.id === id));
  return success([...result.value, ...gone.map(([id, contract]) => goneOf(id, contract))], result.problems);
}

function goneOf(id: string, contract: Contract): ProviderDiff {
  const means = 'the configuration no longer has it: its client is removed';
  const changes = compareContracts(contract, undefined).map((change) => ({ ...change, means }));
  return { id, before: contract.spec, after: null, changes, stops: [] };
}

async function diffFile(inputs: readonly ProviderInput[], file: string): Promise<Result<readonly ProviderDiff[]>> {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0) {
    const hint = 'Name the spec that it is an older version of: refundgen diff <spec> --against <file>.';
    return failure(error('R072', `a file is compared with one spec, and there are ${inputs.length}`, hint));
  }
  // What the spec at a URL was when it was last looked at says nothing of the file.
  const { headers: _, pin: __, ...rest } = input;
  return eachOf(inputs, async () => diffSides(input, await lookAt({ ...rest, spec: file })));
}

async function eachOf(
  inputs: readonly ProviderInput[],
  diff: (input: ProviderInput) => Promise<Result<ProviderDiff>>,
): Promise<Result<readonly ProviderDiff[]>> {
  const results: Result<ProviderDiff>[] = [];
  for (const input of inputs) results.push(await diff(input));
  const problems = results.flatMap((result) => result.problems);
  const diffs = results.flatMap((result) => (result.ok ? [result.value] : []));
  return diffs.length < results.length ? failure(...problems) : success(diffs, problems);
}

/** One side of a comparison. */
interface Side {
  readonly contract: Contract | undefined;
  /** `undefined` where the documents are not at hand. */
  readonly locator: Locator | undefined;
}

/** What a spec says, questions or not. Only a document that cannot be understood at all has no side. */
async function lookAt(input: ProviderInput, kind?: ContractKind): Promise<Result<Side & Pick<Analysis, 'problems'>>> {
  const analysis = await analyse({ ...input, toCompare: true });
  const { document, draft, problems } = analysis;
  // Overlays are written for one version of a spec, and the other one is read all the same, as far as they fit.
  const errors = problems.filter(({ code, severity }) => severity === 'error' || code === 'R011');
  const hasNoRefund = errors.some(({ code }) => NO_REFUND.has(code));
  if (document === undefined || (draft === undefined && !hasNoRefund)) return failure(...errors);
  const contract = draft === undefined ? undefined : contractOf(draft, kind);
  return success({ contract, locator: locatorOf(analysis), problems: errors });
}

/** Nothing creates a refund, several operations may, or the one that is declared is gone: that is a change, too. */
const NO_REFUND: ReadonlySet<string> = new Set(['R014', 'R020', 'R021']);

async function diffSides(input: ProviderInput, before: Result<Side> | undefined): Promise<Result<ProviderDiff>> {
  if (before?.ok === false) return failure(...before.problems);
  const was = before?.value;
  const nativeOnly = was?.contract?.facts.some(({ subject, value }) => subject === 'client' && value === 'native only');
  const now = await lookAt(input, nativeOnly === true ? 'native only' : 'refunds');
  if (!now.ok) return failure(...now.problems);
  const { contract, locator, problems } = now.value;
  const changes = compareContracts(was?.contract, contract).map((change): Change => {
    const asked = askedAt(problems, change);
    const after = change.after && located(change.subject, change.after, locator);
    return {
      ...change,
      before: change.before && located(change.subject, change.before, was?.locator),
      after: after && asked !== null ? { ...after, place: asked } : after,
    };
  });
  const stops = nativeOnly === true ? [] : problems.map(stopOf);
  const diff = { id: input.id, before: was?.contract?.spec ?? null, after: contract?.spec ?? null, changes, stops };
  return success(diff);
}

function located(subject: string, side: ChangeSide, locator: Locator | undefined): ChangeSide {
  return locator === undefined ? side : { ...side, place: locator(subject, side.place) };
}

/** Where the question about a change points: to what the spec says of it. */
function askedAt(problems: readonly Problem[], { question }: Change): ChangePlace | null {
  const [only, ...others] = problems.filter(({ code }) => code === question);
  return only === undefined || others.length > 0 ? null : stopOf(only).place;
}

function stopOf({ code, location, message }: Problem): Stop {
  if (location === undefined) return { code, message, place: null };
  const { column, file, line, pointer } = location;
  return { code, message, place: { file: file.split('/').at(-1) ?? file, pointer, line, column } };
}
