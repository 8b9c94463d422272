import { ownList, ownText } from '../json.js';
import { bodySchemas, fieldsOf } from '../load/fields.js';
import type { OperationRef } from '../load/operations.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';
import { findRole } from './role.js';
import { readWords, saysRefund } from './signs.js';
import type { Candidate, Survey } from './survey.js';
import { isRefund, words } from './words.js';

/** An operation that may refund, but that takes a person to say so. */
export interface NearMiss extends OperationRef {
  readonly why: string;
}

/** More would not help anybody to choose. */
const MOST = 4;

/** Requests are read only to help a person who is asked anyway: not worth minutes. */
const MOST_LOOKED_INTO = 500;

/** Operations that may refund, the likeliest first: weak signs, an enum with refund in it, a text, a credit note. */
export function nearMisses(document: SpecDocument, { candidates, operations }: Survey): readonly NearMiss[] {
  const known = new Map(candidates.map((candidate) => [candidate.pointer, candidate]));
  const read = new Set(operations.filter(({ method }) => method === 'GET').map(({ path }) => path));
  let looked = 0;
  const lookInto = (operation: OperationRef) => {
    looked += 1;
    return looked > MOST_LOOKED_INTO ? undefined : whyNear(document, operation);
  };
  const found = operations
    .filter(({ method }) => method !== 'GET' && method !== 'DELETE')
    .flatMap((operation) => {
      const candidate = known.get(operation.pointer);
      const why =
        candidate === undefined
          ? (whyNamed(document, operation, read.has(operation.path)) ?? lookInto(operation))
          : whyWeak(candidate);
      return why === undefined ? [] : [{ ...operation, ...why }];
    });
  return found.sort((a, b) => a.rank - b.rank).slice(0, MOST);
}

/** It looks like one, and something speaks against it. */
function whyWeak({ reasons, role, score }: Candidate) {
  if (role !== 'create') return undefined;
  const [against] = reasons.filter(({ weight }) => weight < 0).sort((a, b) => a.weight - b.weight);
  return { rank: -Math.max(score, 0), why: against?.says ?? 'too little says so' };
}

/** Its path or id has a refund among other words. */
function whyNamed(document: SpecDocument, operation: OperationRef, isRead: boolean) {
  const found = readWords(document, operation);
  const isNamed = found.segments.some(saysRefund) || found.id.some(isRefund);
  if (!isNamed || findRole(operation, found, isRead).role !== 'create') return undefined;
  return { rank: 0, why: 'its name mentions a refund' };
}

function whyNear(document: SpecDocument, { path, pointer }: OperationRef) {
  const [body] = bodySchemas(document, pointer);
  const fields = body === undefined ? [] : fieldsOf(document, body.pointer, 2);
  const chooses = fields.find(({ schema }) =>
    ownList(schema, 'enum').some((value) => value === 'refund' || value === 'REFUND'),
  );
  if (chooses !== undefined) return { rank: 1, why: `its ${chooses.path.join('.')} may be refund` };
  const value = resolve(document, pointer)?.value;
  const said = words(ownText(value, 'summary') ?? '').some(isRefund);
  if (said) return { rank: 2, why: 'its summary mentions a refund' };
  const last =
    path
      .split('/')
      .filter((part) => part !== '' && !part.startsWith('{'))
      .at(-1) ?? '';
  const isNote = /credit.?(note|memo)s?$/i.test(last);
  return isNote ? { rank: 3, why: 'it makes a credit note' } : undefined;
}
