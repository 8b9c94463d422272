import type { Place } from '../ir.js';
import { type Change, type ChangeKind, type ChangeSide, GRADES } from './change.js';
import type { Contract, ContractFact } from './contract.js';
import type { Rule, Step, Verdict } from './rule.js';
import { CONNECTION_RULES } from './rules-connection.js';
import { MONEY_RULES } from './rules-money.js';
import { REQUEST_RULES } from './rules-request.js';
import { NOT_KNOWN } from './texts.js';

const RULES: readonly Rule[] = [...MONEY_RULES, ...REQUEST_RULES, ...CONNECTION_RULES];

/**
 * What is different between two contracts of a provider, the most severe first. `undefined` is a provider without a
 * contract: one that is new, or whose spec no longer has an operation that creates a refund.
 */
export function compareContracts(before: Contract | undefined, after: Contract | undefined): readonly Change[] {
  if (before === undefined || after === undefined) return compareWhole(before, after);
  const changes = foldParts(pairsOf(before, after).flatMap((pair) => compareFact(pair, { before, after })));
  return GRADES.flatMap((grade) => changes.filter((change) => change.grade === grade));
}

function compareWhole(before: Contract | undefined, after: Contract | undefined): readonly Change[] {
  const [fact] = (before ?? after)?.facts ?? [];
  if (fact === undefined || before === after) return [];
  const base = { subject: fact.subject, before: null, after: null, question: null, parts: [] };
  return before === undefined
    ? [{ ...base, grade: 'harmless', kind: 'added', after: sideOf(fact), means: 'a new client' }]
    : [
        {
          ...base,
          grade: 'breaking',
          kind: 'removed',
          before: sideOf(fact),
          means: 'no operation creates a refund any more: generate stops until the overlay names one',
        },
      ];
}

interface Pair {
  readonly before: ContractFact | undefined;
  readonly after: ContractFact | undefined;
}

/** By subject, in the order of the contract; what is gone comes last. */
function pairsOf(before: Contract, after: Contract): readonly Pair[] {
  const was = new Map(before.facts.map((fact) => [fact.subject, fact]));
  const is = new Set(after.facts.map(({ subject }) => subject));
  return [
    ...after.facts.map((fact): Pair => ({ before: was.get(fact.subject), after: fact })),
    ...before.facts.filter(({ subject }) => !is.has(subject)).map((fact): Pair => ({ before: fact, after: undefined })),
  ];
}

function compareFact({ after, before }: Pair, contracts: Step['contracts']): readonly Change[] {
  const fact = after ?? before;
  if (fact === undefined || before?.value === after?.value) return [];
  const kind: ChangeKind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const values = { kind, before: before?.value ?? '', after: after?.value ?? '', contracts };
  const { question, verdict } = grade(fact.subject, values);
  const [graded, means] = verdict;
  const sides = {
    before: before === undefined ? null : sideOf(before),
    after: after === undefined ? null : sideOf(after),
  };
  return [{ grade: graded, kind, subject: fact.subject, ...sides, means, question, parts: [] }];
}

function grade(subject: string, values: Omit<Step, 'names'>): Pick<Change, 'question'> & { readonly verdict: Verdict } {
  // Of two facts about one subject, the second one has a number.
  const plain = subject.replace(/ \(\d+\)$/, '');
  const rule = RULES.find(({ about }) => about.test(plain));
  const question = values.after === NOT_KNOWN ? (rule?.asks ?? null) : null;
  if (values.after === NOT_KNOWN) {
    return { question, verdict: ['money', 'nobody has said what it means: generate stops until the overlay does'] };
  }
  if (values.before === NOT_KNOWN) {
    return { question, verdict: ['money', 'this was not known before: see that the answer is right'] };
  }
  const names = rule?.about.exec(plain)?.slice(1) ?? [];
  const unknown: Verdict = [
    'money',
    'this version of refundgen has no rule for it: look at it as if money depended on it',
  ];
  return { question, verdict: rule?.judge({ ...values, names }) ?? unknown };
}

/** The lines that say it are found where the documents are at hand. */
function sideOf({ place, value }: { readonly place: Place; readonly value: string }): ChangeSide {
  return { value, place: { ...place, line: null, column: null } };
}

/** What comes or goes with what it is a part of, such as the fields of a new object, is no change of its own. */
function foldParts(changes: readonly Change[]): readonly Change[] {
  const bySubject = new Map(changes.map((change) => [change.subject, change]));
  const parts = new Map<Change, Change[]>();
  const whole: Change[] = [];
  for (const change of changes) {
    const holder = holdersOf(change.subject)
      .map((subject) => bySubject.get(subject))
      .find((found) => found?.kind === change.kind && change.kind !== 'changed');
    if (holder === undefined) whole.push(change);
    else parts.set(holder, [...(parts.get(holder) ?? []), change]);
  }
  return whole.map((change) => withParts(change, parts.get(change) ?? []));
}

/** `operation list`, `operation list request query.page`: all that may hold the subject, the outermost first. */
function holdersOf(subject: string): readonly string[] {
  return [...subject.matchAll(/[ .[]/g)].map(({ index }) => subject.slice(0, index));
}

/** The grade of the whole counts: what is required in an optional object is not required. */
function withParts(change: Change, parts: readonly Change[]): Change {
  const question = change.question ?? parts.find((part) => part.question !== null)?.question ?? null;
  return { ...change, question, parts: parts.map(({ subject }) => subject) };
}
