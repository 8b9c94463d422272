import type { Analysis } from '../analyse.js';
import type { Operation, Place, RequestPlace } from '../ir.js';
import { locate } from '../load/locate.js';
import { fieldPointers, filesOf } from '../load/places.js';
import { factAt } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import type { ChangePlace } from './change.js';
import { placeText } from './texts.js';

/** Finds the line of a fact, and of a field of the request where the spec describes it. */
export type Locator = (subject: string, place: Place) => ChangePlace;

/** Subjects that stand where the document has an operation or what it is reached by. */
const OF_DOCUMENT = /^(?:client|operation|request|answer|encoding|form|sent|server|sign in|setting|field)\b/;

export function locatorOf({ document, draft }: Pick<Analysis, 'document' | 'draft'>): Locator {
  if (document === undefined) return (_, place) => ({ ...place, line: null, column: null });
  const files = new Map(filesOf(document).map((file) => [file.name, file]));
  const fields = new Map((draft?.native.operations ?? []).flatMap((operation) => fieldsIn(operation)));
  function fieldsIn(operation: Operation): readonly (readonly [string, string])[] {
    if (document === undefined) return [];
    const own = operation.role === 'create' ? '' : `operation ${operation.role} `;
    return [...fieldPointers(document, operation)].map(([key, pointer]) => {
      // The keys of the map are places as JSON.
      const place = JSON.parse(key) as RequestPlace;
      return [`${own}request ${placeText(place)}`, pointer] as const;
    });
  }
  return (subject, place) => {
    const field = fields.get(subject) ?? fields.get(subject.replace(/ [A-Za-z]+$/, ''));
    const status = /^(?:operation \S+ )?answer (\S+)$/.exec(subject)?.[1];
    const pointer =
      field ?? (status === undefined ? place.pointer : `${place.pointer}${toPointer(['responses', status])}`);
    const at = field !== undefined || OF_DOCUMENT.test(subject) ? factAt(document, pointer, null).evidence : place;
    const file = files.get(at.file);
    if (file === undefined) return { ...at, line: null, column: null };
    const { column, line } = locate(file, at.pointer);
    return { file: at.file, pointer: at.pointer, line, column };
  };
}
