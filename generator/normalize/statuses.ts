import type { Fact, Operation, StatusClass } from '../ir.js';
import { own, ownList } from '../json.js';
import { type SchemaAt, typeName } from '../load/schema-at.js';
import { locationOf } from '../load/spec-document.js';
import { error } from '../problem.js';
import { quoted } from '../yaml-text.js';
import { answerBody, answerOf, lookUp, schemasInAnswer } from './answer-body.js';
import { listedSuccesses } from './answers.js';
import { ask, bodyPath, type CreateContext, xFact } from './context.js';
import { suggestCase } from './suggest.js';

/** The provider's own statuses: where they stand, which ones the spec lists, and what is known of them. */
export interface StatusDraft {
  readonly places: readonly string[];
  readonly listed: readonly string[];
  /** What the overlay says, whether or not that is all. */
  readonly declared: readonly StatusClass[];
  readonly classes: Fact<readonly StatusClass[]> | null;
}

interface StatusPlace {
  readonly place: string;
  readonly found: readonly SchemaAt[];
}

/** How the provider's statuses are classified: every value that the spec lists, and none that it does not. */
export function readStatuses(context: CreateContext, retrieve: Operation | undefined): StatusDraft {
  const { create, problems, document } = context;
  const places = [...declaredPlaces(context, retrieve), ...suggestedPlaces(context)];
  const found = places.flatMap((item) => item.found);
  const other = found.find(({ schema }) => ['object', 'array', 'number'].includes(typeName(schema) ?? ''));
  if (other !== undefined) {
    const hint = 'Correct the schema in the overlay if the provider sends text.';
    const message = `a status is ${typeName(other.schema)}: only text, integers and truth values can be classified`;
    problems.add(error('R045', message, hint, locationOf(document, other.pointer)));
  }
  const listed = [...new Set(found.flatMap(valuesOf))];
  const declared = declaredClasses(context);
  const draft = { places: [...new Set(places.map(({ place }) => place))], listed, declared };
  if (places.length === 0) return { ...draft, classes: null };
  return { ...draft, classes: classify(context, listed, found[0]?.pointer ?? create.evidence.pointer) };
}

/** The values of an enum as text: a status may be a number. A truth value has two. */
function valuesOf({ schema }: SchemaAt): readonly string[] {
  const single = own(schema, 'const');
  const values = single === undefined ? ownList(schema, 'enum') : [single];
  if (values.length === 0 && typeName(schema) === 'boolean') return ['true', 'false'];
  return values.filter((value) => value !== null && typeof value !== 'object').map(String);
}

function declaredPlaces(context: CreateContext, retrieve: Operation | undefined): readonly StatusPlace[] {
  const { create, xRefund } = context;
  const created = Object.entries(xRefund.answers ?? {}).flatMap(([status, cases]) =>
    cases.flatMap((item, index): StatusPlace[] => {
      const answer = answerOf(create, status);
      if (typeof item.status !== 'string' || answer?.body !== 'json') return [];
      const keys = ['answers', status, index, 'status'];
      return [{ place: item.status, found: lookUp(context, answerBody(create, status), item.status, keys) }];
    }),
  );
  const place = xRefund.retrieve?.status;
  if (retrieve === undefined || typeof place !== 'string') return created;
  return [...created, { place, found: lookUp(context, answerBody(retrieve, '200'), place, ['retrieve', 'status']) }];
}

/** Where answers are still to be explained, their statuses can be asked for at once. */
function suggestedPlaces(context: CreateContext): readonly StatusPlace[] {
  const { create, document, xRefund } = context;
  return listedSuccesses(context)
    .filter((status) => xRefund.answers?.[status] === undefined)
    .flatMap((status): StatusPlace[] => {
      const body = answerBody(create, status);
      const place = suggestCase(document, body).status;
      return place === undefined ? [] : [{ place, found: schemasInAnswer(document, body, bodyPath(place)) }];
    });
}

function classify(context: CreateContext, listed: readonly string[], pointer: string): StatusDraft['classes'] {
  const { document, problems, xRefund } = context;
  const declared = xRefund.statuses ?? {};
  const missing = listed.filter((raw) => !Object.hasOwn(declared, raw));
  const gone = listed.length === 0 ? [] : Object.keys(declared).filter((raw) => !listed.includes(raw));
  if (missing.length > 0 || Object.keys(declared).length === 0) {
    const names = missing.length > 0 ? missing.map(quoted) : ['<raw status>'];
    const lines = [
      'statuses:',
      ...names.map((raw) => `  ${raw}: pending   # requires_action, succeeded, failed or canceled`),
    ];
    const changes = [...missing.map((raw) => `+ ${raw}`), ...gone.map((raw) => `- ${raw}`)].join(', ');
    const asked =
      changes === ''
        ? 'which statuses are there, and what do they mean? The spec lists none'
        : `what do these statuses mean? ${changes}`;
    ask(context, 'R032', asked, lines.join('\n'), pointer);
    return null;
  }
  if (gone.length > 0) {
    const where = locationOf(document, '/x-refund/statuses');
    const hint = 'Remove them from the overlay, or correct their spelling.';
    problems.add(
      error('R032', `statuses that the spec does not list: ${gone.map((raw) => `- ${raw}`).join(', ')}`, hint, where),
    );
  }
  return xFact(context, ['statuses'], declaredClasses(context));
}

function declaredClasses({ xRefund }: CreateContext): readonly StatusClass[] {
  return Object.entries(xRefund.statuses ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([raw, status]) => ({ raw, status }));
}
