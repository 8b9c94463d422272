import { ownObject, ownText } from '../json.js';
import type { OperationRef } from '../load/operations.js';
import { locationOf, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { error, Problems, question, type Result } from '../problem.js';
import { quoted } from '../yaml-text.js';
import { nearMisses } from './near-miss.js';
import type { Role } from './role.js';
import type { Reason } from './signs.js';
import { type Candidate, type Survey, survey } from './survey.js';
import { uncallable } from './uncallable.js';

export type { Role } from './role.js';
export type { Reason } from './signs.js';

/** An operation with the role that it plays, and why it was given that role. */
export interface Discovered extends OperationRef {
  readonly role: Role | 'payment';
  readonly basis: 'declared' | 'assumed';
  readonly reasons: readonly Reason[];
}

/** The operations about refunds: one for each role, and the others. */
export interface Discovery {
  /** `undefined` where no operation creates a refund, or several may. */
  readonly create: Discovered | undefined;
  readonly retrieve: Discovered | undefined;
  readonly list: Discovered | undefined;
  readonly cancel: Discovered | undefined;
  readonly update: Discovered | undefined;
  /** Reads what is refunded. */
  readonly payment: Discovered | undefined;
  /** Further operations that create a refund, the likeliest first. */
  readonly alternatives: readonly Discovered[];
  /** Every operation about refunds, the chosen ones included, the likeliest first. */
  readonly all: readonly Discovered[];
}

/** Roles that the overlay can declare. */
export const DECLARABLE = ['create', 'retrieve', 'list', 'cancel', 'update', 'payment'] as const;
export type DeclarableRole = (typeof DECLARABLE)[number];

/** Finds the operations that refunds need: as declared, or else by their words and shapes. */
export function discover(document: SpecDocument): Result<Discovery> {
  const problems = new Problems();
  const found = survey(document);
  problems.add(...uncallable(document));
  const declared = declaredRoles(document, found, problems);
  checkReads(document, declared, problems);
  // One operation plays one role: what is declared to be something is not taken for anything else.
  const free = without(found, [...declared.values()]);
  const creates = found.candidates.filter(({ role, score }) => role === 'create' && score > 0).map(assumed);
  const create = declared.get('create') ?? (problems.failed ? undefined : chooseCreate(document, free, problems));
  const payment = declared.get('payment') ?? (create && findPayment(create, free));
  const rest = payment === undefined ? free : without(free, [payment]);
  const signs = found.candidates.find(({ pointer }) => pointer === create?.pointer)?.reasons ?? [];
  const beside = (role: Exclude<Role, 'other'>): Discovered | undefined =>
    declared.get(role) ?? (create && chooseBeside(create, signs, rest, role));
  return {
    ok: true,
    problems: problems.list,
    value: {
      create,
      retrieve: beside('retrieve'),
      list: beside('list'),
      cancel: beside('cancel'),
      update: beside('update'),
      payment,
      alternatives: creates.filter(({ pointer }) => pointer !== create?.pointer),
      all: found.candidates.map(assumed),
    },
  };
}

/** @returns by role; a role that names no operation of the spec is a problem. */
function declaredRoles(
  document: SpecDocument,
  { operations }: Survey,
  problems: Problems,
): ReadonlyMap<DeclarableRole, Discovered> {
  const declared = ownObject(ownObject(document.value, 'x-refund'), 'operations');
  return new Map(
    DECLARABLE.flatMap((role): [DeclarableRole, Discovered][] => {
      const wanted = ownText(declared, role);
      if (wanted === undefined) return [];
      const found = operations.find(({ method, path }) => `${method} ${path}` === wanted);
      if (found !== undefined) return [[role, { ...found, role, basis: 'declared', reasons: [] }]];
      const pointer = toPointer(['x-refund', 'operations', role]);
      const hint = 'Write it as METHOD /path, exactly as the spec has the path.';
      problems.add(error('R014', `the spec has no operation ${wanted}`, hint, locationOf(document, pointer)));
      return [];
    }),
  );
}

/** To read with what creates refunds would be to refund. */
function checkReads(
  document: SpecDocument,
  declared: ReadonlyMap<DeclarableRole, Discovered>,
  problems: Problems,
): void {
  const create = declared.get('create');
  for (const role of ['retrieve', 'payment'] as const) {
    if (create === undefined || declared.get(role)?.pointer !== create.pointer) continue;
    const hint = 'Name the operation that reads, or leave it out.';
    const where = locationOf(document, toPointer(['x-refund', 'operations', role]));
    problems.add(error('R013', `${nameOf(create)} creates refunds, and cannot be the ${role} operation`, hint, where));
  }
}

function without({ candidates, operations }: Survey, taken: readonly OperationRef[]): Survey {
  const isFree = ({ pointer }: OperationRef): boolean => taken.every((other) => other.pointer !== pointer);
  return { candidates: candidates.filter(isFree), operations: operations.filter(isFree) };
}

function assumed({ method, path, pointer, reasons, role }: Candidate): Discovered {
  return { method, path, pointer, role, reasons, basis: 'assumed' };
}

/** The least that the signs of creating a refund have to weigh together. */
const CREATES = 5;

function chooseCreate(document: SpecDocument, found: Survey, problems: Problems): Discovered | undefined {
  const [best, second] = found.candidates.filter(({ role, score }) => role === 'create' && score >= CREATES);
  if (best === undefined) {
    problems.add(nothingCreates(document, found));
    return undefined;
  }
  if (best.doubts.length > 0) {
    problems.add(elsewhere(document, best, found));
    return undefined;
  }
  if (second === undefined || second.score < best.score) return assumed(best);
  const tied = found.candidates.filter(({ role, score }) => role === 'create' && score === best.score);
  const names = tied.map(nameOf);
  const message = `several operations look as if they refunded a payment: ${names.join(', ')}`;
  problems.add(ask(document, 'R021', message, names, best.pointer));
  return undefined;
}

/** Money goes back for something, but maybe not for a payment. What there is no doubt about is offered first. */
function elsewhere(document: SpecDocument, best: Candidate, { candidates }: Survey) {
  const creates = candidates.filter(({ role, score }) => role === 'create' && score >= CREATES);
  const tied = creates.filter(({ doubts, score }) => doubts.length > 0 && score === best.score);
  const said = tied.map(({ doubts, ...operation }) => `${nameOf(operation)} (${doubts[0]?.says})`);
  const message = `what comes nearest looks as if it refunded something else than a payment: ${said.join(', ')}`;
  const clear = creates.filter(({ doubts }) => doubts.length === 0).slice(0, MOST_OFFERED);
  return ask(document, 'R021', message, [...clear, ...tied].map(nameOf), best.pointer);
}

const MOST_OFFERED = 3;

function nameOf({ method, path }: Pick<Candidate, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** Says that nothing creates a refund, and what comes near: it may take a person to see that it does. */
function nothingCreates(document: SpecDocument, found: Survey) {
  const near = nearMisses(document, found);
  const said = near.map(({ method, path, why }) => `${method} ${path} (${why})`).join(', ');
  const message = `no operation looks as if it refunded a payment${said === '' ? '' : `; these come near: ${said}`}`;
  const names = near.map(nameOf);
  return ask(document, 'R020', message, names.length === 0 ? ['POST /path'] : names, '/paths');
}

function ask(
  document: SpecDocument,
  code: 'R020' | 'R021',
  message: string,
  names: readonly string[],
  pointer: string,
) {
  const [first = '', ...others] = names;
  const or = others.length === 0 ? '' : `   # or ${others.map(quoted).join(', or ')}`;
  const update = `x-refund:\n  operations:\n    create: ${quoted(first)}${or}`;
  return question(code, message, { update, overlay: document.overlay?.file }, locationOf(document, pointer));
}

/**
 * The operation of a role that belongs to the one that creates: below its path, or else the likeliest one. What speaks
 * against a candidate, such as being about terminals, has to speak of the creation as well.
 *
 * @param signs - of the creation: a declared one has no reasons of its own, but signs all the same.
 */
function chooseBeside(
  { path: created }: Discovered,
  signs: readonly Reason[],
  { candidates }: Survey,
  role: Role,
): Discovered | undefined {
  const collection = created.replace(/\/+$/, '');
  const known = new Set(signs.map(({ says }) => says));
  const closeness = ({ path, score }: Candidate): number =>
    score + (path === created || path.startsWith(`${collection}/`) ? 100 : 0);
  const [found] = candidates
    .filter((candidate) => candidate.role === role && candidate.score > 0)
    .filter((candidate) => candidate.reasons.every(({ says, weight }) => weight >= 0 || known.has(says)))
    .sort((a, b) => closeness(b) - closeness(a));
  return found && assumed(found);
}

/** `GET /payments/{id}` above `POST /payments/{id}/refund`. */
function findPayment(create: Discovered, { operations }: Survey): Discovered | undefined {
  const segments = create.path.replace(/\/+$/, '').split('/');
  const parent = segments.slice(0, -1).join('/');
  if (!/\{[^{}]+\}$/.test(parent)) return undefined;
  const found = operations.find(({ method, path }) => method === 'GET' && path.replace(/\/+$/, '') === parent);
  const says = `it reads what ${create.path} belongs to`;
  return (
    found && { ...found, role: 'payment', basis: 'assumed', reasons: [{ says, weight: 0, pointer: found.pointer }] }
  );
}
