import { discover } from '../../generator/discover/discover.js';
import type { SpecDocument } from '../../generator/load/spec-document.js';
import type { Draft } from '../../generator/normalize/draft.js';
import { type Normalized, normalize } from '../../generator/normalize/normalize.js';
import { documentOf } from '../fixtures/document.js';
import { type Invention, invent } from '../fixtures/invented/build.js';
import { at, type JsonMap, listAt } from '../fixtures/json.js';
import { said } from '../fixtures/pack.js';

/** The document of an invention, as if its overlay had been applied. */
export function documentFrom(invention: Invention = {}): SpecDocument {
  const { overlay, spec } = invent(invention);
  const [action] = listAt(overlay, 'actions');
  const update: JsonMap = at(action ?? null, 'update');
  return documentOf({ ...spec, ...update });
}

/** What normalizing comes to for an invention. */
export function normalized(invention: Invention = {}): Normalized {
  const document = documentFrom(invention);
  const found = discover(document);
  if (!found.ok || found.value.create === undefined) throw new Error(said(found.problems).join('\n'));
  const { create } = found.value;
  const { cancel, list, payment, retrieve, update } = found.value;
  const names = new Map(
    [create, retrieve, list, cancel, update, payment].flatMap((operation) =>
      operation === undefined ? [] : [[operation.pointer, `${operation.role}It`] as const],
    ),
  );
  return normalize(document, { ...found.value, create }, names, 'acme');
}

/** What is known, whether questions are open or not. */
export function draftOf(invention: Invention = {}): Draft {
  const { draft, problems } = normalized(invention);
  if (draft === undefined) throw new Error(said(problems).join('\n'));
  return draft;
}

/** Problems as `error R040`. */
export function codesOf({ problems }: Normalized): readonly string[] {
  return problems.map(({ code, severity }) => `${severity} ${code}`);
}
