import { listOperations, type OperationRef } from '../load/operations.js';
import type { SpecDocument } from '../load/spec-document.js';
import { findRole, type Role } from './role.js';
import { type OperationWords, type Reason, readWords, refundSigns, requestSigns, subjectSigns } from './signs.js';

/** An operation about refunds, with the role that it plays, and why. */
export interface Candidate extends OperationRef {
  readonly role: Role;
  readonly score: number;
  readonly reasons: readonly Reason[];
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
  const reasons = [...about, ...forRole, ...signsOf(document, operation, found, role)];
  return [{ ...operation, role, reasons, score: total(reasons) }];
}

function signsOf(
  document: SpecDocument,
  operation: OperationRef,
  found: OperationWords,
  role: Role,
): readonly Reason[] {
  const subjects = subjectSigns(operation, found);
  return role === 'create' ? [...subjects, ...requestSigns(document, operation, found)] : subjects;
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
