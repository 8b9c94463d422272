import type { Analysis } from '../analyse.js';
import { isObject, type JsonObject, type JsonValue, own, ownObject, ownText } from '../json.js';
import { listOperations } from '../load/operations.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';
import { amountTexts } from '../normalize/amount-texts.js';
import { findKeyCarrier } from '../normalize/idempotency.js';
import { fromPointer, resolvePointer } from '../pointer.js';
import type { Problem, ProblemCode } from '../problem.js';
import type { Hint, Inspection, OpenQuestion, Remark, Site } from './inspection.js';
import type { Sites } from './sites.js';

/** What questions are about, the most important first: how much money moves, then how often, then all else. */
const SUBJECTS: readonly (readonly [about: string, codes: readonly ProblemCode[]])[] = [
  ['Which operation refunds a payment', ['R020', 'R021']],
  ['What is refunded, and how much', ['R030', 'R035', 'R040']],
  ['What an accepted refund is', ['R031', 'R032']],
  ['Whether a refund may be sent again', ['R033', 'R034', 'R036']],
  ['How to connect, and to read errors', ['R041', 'R037', 'R046']],
];

const ELSE = 'What else is open';

/** Sorts what stands in the way: questions, what has to be corrected, and what is only said. */
export function inspectProblems(
  document: SpecDocument,
  { draft, problems }: Analysis,
  sites: Sites,
): Pick<Inspection, 'questions' | 'obstacles' | 'warnings'> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const amount = draft?.amount ?? undefined;
  const create = draft?.native.operations.find(({ role }) => role === 'create');
  const texts = (): readonly Hint[] =>
    amount === undefined || create === undefined
      ? []
      : amountTexts(document, create.evidence.pointer, amount.place, create.body?.mediaType ?? '')
          .filter(({ kind }) => kind === 'description' || kind === 'example' || kind === 'title')
          .map(({ pointer, text }) => ({ text, ...sites.at(pointer) }));
  const carrier = create === undefined ? undefined : findKeyCarrier({ create });
  const hints = ({ code, location, overlay = '' }: Problem): readonly Hint[] => {
    if (code === 'R030' || code === 'R035') return texts();
    if (code === 'R020' || code === 'R021') return operationsIn(document, overlay, sites);
    if (code === 'R033') return carrier === undefined ? [] : textsAt(sites, sites.field(carrier));
    // What the operation says of itself answers none of the questions about all of it.
    if (location === undefined || OF_ALL.includes(code)) return [];
    return textsAt(sites, sites.site(location), code === 'R037' ? /^[45d]/ : /^[2d]/);
  };
  const questions = errors.flatMap((problem): OpenQuestion[] => {
    const { code, location, message, overlay } = problem;
    if (overlay === undefined) return [];
    const at = location === undefined ? sites.at('') : sites.site(location);
    return [{ code, about: subjectOf(code), message, ...at, says: distinct(hints(problem)), overlay }];
  });
  return {
    questions: questions
      .map((question, index) => ({ question, index }))
      .sort(byWeight)
      .map(({ question }) => question),
    obstacles: errors.filter(({ overlay }) => overlay === undefined).map((problem) => toRemark(problem, sites)),
    warnings: warnings.map((problem) => toRemark(problem, sites)),
  };
}

/** What is asked, where what the spec says is shown beside it. */
export function askedOf({ message, says }: OpenQuestion): string {
  const [asked = message] = message.split(' The spec says: ');
  return says.length === 0 ? message : asked;
}

interface Numbered {
  readonly question: OpenQuestion;
  readonly index: number;
}

function byWeight(a: Numbered, b: Numbered): number {
  return weightOf(a.question.code) - weightOf(b.question.code) || a.index - b.index;
}

function weightOf(code: ProblemCode): number {
  const at = SUBJECTS.findIndex(([, codes]) => codes.includes(code));
  const [, codes = []] = SUBJECTS[at] ?? [];
  return at < 0 ? Number.MAX_SAFE_INTEGER : at * 100 + codes.indexOf(code);
}

function subjectOf(code: ProblemCode): string {
  return SUBJECTS.find(([, codes]) => codes.includes(code))?.[0] ?? ELSE;
}

/** Questions that are asked at the operation. */
const OF_ALL: readonly ProblemCode[] = ['R036', 'R040'];

/** The operations that a question offers, each with what it says of itself. */
function operationsIn(document: SpecDocument, overlay: string, sites: Sites): readonly Hint[] {
  return offeredOperations(overlay).flatMap((name) => {
    const found = listOperations(document).find(({ method, path }) => `${method} ${path}` === name);
    const value = found === undefined ? undefined : resolve(document, found.pointer)?.value;
    if (found === undefined) return [];
    const said = ownText(value, 'summary') ?? ownText(value, 'description') ?? ownText(value, 'operationId') ?? '';
    return [{ text: `${name}: ${said}`, ...sites.at(found.pointer) }];
  });
}

/** The operations that the lines of a question offer: `create: "POST /refunds"   # or "POST /refund"`. */
export function offeredOperations(overlay: string): readonly string[] {
  const [line = ''] = /^ *create: .*$/m.exec(overlay) ?? [];
  return [...line.matchAll(/"(?:[^"\\]|\\.)*"/g)].flatMap(([literal]) => {
    try {
      const value: unknown = JSON.parse(literal);
      return typeof value === 'string' ? [value] : [];
    } catch {
      // Characters beyond the first plane are escaped as YAML does it, which JSON does not know.
      return [];
    }
  });
}

/** What stands in the spec at a place; of all answers of an operation, at those with such a status. */
function textsAt(sites: Sites, site: Site, statuses = /^/): readonly Hint[] {
  const found = sites.value(site);
  if (found === undefined) return [];
  const target = follow(found.root, found.value);
  if (fromPointer(site.pointer).at(-1) !== 'responses') return textsOf(target).map((text) => ({ text, ...site }));
  return Object.entries(isObject(target) ? target : {})
    .filter(([status]) => statuses.test(status))
    .flatMap(([status, answer]) =>
      textsOf(follow(found.root, answer)).map((text) => ({ text: `${status}: ${text}`, ...site })),
    );
}

function follow(root: JsonObject, value: JsonValue | undefined, hops = 0): JsonValue | undefined {
  const ref = ownText(value, '$ref');
  if (ref === undefined || !ref.startsWith('#/') || hops > 5) return value;
  return follow(root, resolvePointer(root, ref.slice(1)), hops + 1);
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  const words = ['summary', 'description'].flatMap((key) => ownText(value, key) ?? []);
  const values = own(value, 'enum');
  const schema = ownObject(value, 'schema');
  const inner = Object.keys(schema).length === 0 ? [] : textsOf(schema);
  const example = own(value, 'example');
  return [
    ...words.filter((text) => text.trim() !== ''),
    ...(Array.isArray(values) ? [`enum: ${values.map((item) => JSON.stringify(item)).join(', ')}`] : []),
    ...(typeof example === 'string' || typeof example === 'number' ? [`example: ${example}`] : []),
    ...inner,
  ];
}

/** More would not be read. */
const MOST = 8;
const LONGEST = 400;

function distinct(hints: readonly Hint[]): readonly Hint[] {
  const seen = new Set<string>();
  return hints
    .map((hint) => ({ ...hint, text: clip(hint.text.replaceAll(/\s+/g, ' ').trim()) }))
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, MOST);
}

function clip(text: string): string {
  const characters = [...text.slice(0, LONGEST * 2)];
  return characters.length <= LONGEST ? characters.join('') : `${characters.slice(0, LONGEST).join('').trimEnd()}…`;
}

function toRemark({ code, hint, location, message }: Problem, sites: Sites): Remark {
  return { code, message, hint, at: location === undefined ? null : sites.site(location) };
}
