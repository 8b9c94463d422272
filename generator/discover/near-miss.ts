import { ownList, ownText } from '../json.js';
import { bodySchemas, fieldsOf } from '../load/fields.js';
import type { OperationRef } from '../load/operations.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';
import type { Survey } from './survey.js';
import { isRefund, words } from './words.js';

/** An operation that may refund, but that takes a person to say so. */
export interface NearMiss extends OperationRef {
  readonly why: string;
}

/** More would not help anybody to choose. */
const MOST = 4;

/** Operations that mention a refund where it decides nothing: a value of an enum, a credit note, a text. */
export function nearMisses(document: SpecDocument, { candidates, operations }: Survey): readonly NearMiss[] {
  const known = new Set(candidates.map(({ pointer }) => pointer));
  const found = operations
    .filter(({ method, pointer }) => method !== 'GET' && method !== 'DELETE' && !known.has(pointer))
    .flatMap((operation) => {
      const why = whyNear(document, operation);
      return why === undefined ? [] : [{ ...operation, ...why }];
    });
  return found.sort((a, b) => a.rank - b.rank).slice(0, MOST);
}

function whyNear(document: SpecDocument, { path, pointer }: OperationRef) {
  const [body] = bodySchemas(document, pointer);
  const fields = body === undefined ? [] : fieldsOf(document, body.pointer).filter((field) => field.path.length <= 2);
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
