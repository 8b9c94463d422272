import { listOperations, type OperationRef } from '../load/operations.js';
import type { SpecDocument } from '../load/spec-document.js';
import { findRole, type Role } from './role.js';
import {
  deviceSigns,
  type OperationWords,
  type Reason,
  readWords,
  refundSigns,
  requestSigns,
  subjectSigns,
  UNNAMED,
} from './signs.js';

/** An operation about refunds, with the role that it plays, and why. */
export interface Candidate extends OperationRef {
  readonly role: Role;
  readonly score: number;
  readonly reasons: readonly Reason[];
  /** Those of its reasons for which a person has to confirm that a payment is refunded, however much else says so. */
  readonly doubts: readonly Reason[];
}

/** Every operation of a document, and those that are about refunds, the strongest first. */
export interface Survey {
  readonly operations: readonly OperationRef[];
  readonly candidates: readonly Candidate[];
}

/** The least that the words of an operation about refunds have to weigh together. */
const ABOUT_REFUNDS = 5;

/** Looks at every operation once. What the words do not connect with refunds is not looked into any further. */
export function survey(document: SpecDocument): Survey {
  const operations = listOperations(document);
  const read = new Set(operations.filter(({ method }) => method === 'GET').map(({ path }) => path));
  const candidates = operations.flatMap((operation) => evaluate(document, operation, read.has(operation.path)));
  return { operations, candidates: candidates.sort(byScore) };
}

function evaluate(document: SpecDocument, operation: OperationRef, isRead: boolean): readonly Candidate[] {
  const found = readWords(document, operation);
  const about = refundSigns(operation, found);
  if (total(about) < ABOUT_REFUNDS) return [];
  const { role, reasons: forRole } = findRole(operation, found, isRead);
  const { ofPayment, ofSubject } = signsOf(document, operation, found, role);
  const reasons = [...about, ...forRole, ...ofSubject, ...ofPayment];
  const score = total(reasons);
  const unnamed = score < CLEAR ? ofPayment.filter(({ says }) => says === UNNAMED) : [];
  const doubts = [...ofSubject.filter(({ weight }) => weight < 0), ...unnamed];
  return [{ ...operation, role, reasons, score, doubts }];
}

/** With this much, an operation refunds although nobody can tell by which name its request has the payment. */
const CLEAR = 8;

/** What speaks of the subject of a refund, and, of one that is created, how its request names a payment. */
function signsOf(document: SpecDocument, operation: OperationRef, found: OperationWords, role: Role) {
  const subjects = subjectSigns(operation, found);
  if (role !== 'create') return { ofSubject: subjects, ofPayment: [] };
  return {
    ofSubject: [...subjects, ...deviceSigns(document, operation)],
    ofPayment: requestSigns(document, operation, found),
  };
}

function total(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { weight }) => sum + weight, 0);
}

/** By score, then by path: an order that does not depend on how the document was written. */
function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || compare(a.path, b.path) || compare(a.method, b.method);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
