import type { JsonObject, JsonValue } from '../json.js';
import { locationOf, type SpecDocument } from '../load/spec-document.js';
import { fromPointer, resolvePointer, toPointer } from '../pointer.js';
import { error, type Problem, Problems, type Result, warning } from '../problem.js';
import { copyAnswers, copyComponent, copyRequest } from './copy-operation.js';
import type { ComponentKind, Copying, Reference } from './copy-schema.js';
import { nameComponents } from './hoisted-names.js';
import type { FindTarget } from './reference.js';
import { shortText } from './short-text.js';
import { stubOf } from './stub.js';
import { keyOf, keysOf, type Part, reach, type SliceOperation, type Survey } from './survey.js';

/** A schema that was cut off. */
export interface Cut {
  /** The name of the component, or of the field where the schema has no name. */
  readonly name: string;
  /** Where it stands in the document. */
  readonly pointer: string;
}

/** What is to be written, and what of it is not. */
export interface Plan {
  readonly document: SpecDocument;
  readonly operations: readonly SliceOperation[];
  readonly find: FindTarget;
  readonly siblings: boolean;
  readonly survey: Survey;
  /** What is cut off, by key. */
  readonly cut: ReadonlySet<string>;
  /** How long texts may be. */
  readonly textLength: number;
}

/** The paths and components of a slice. */
export interface Written {
  readonly paths: JsonObject;
  readonly components: JsonObject;
  readonly cuts: readonly Cut[];
}

/** Writes what is reached without what is cut off. Only what is written can be a problem. */
export function writeParts(plan: Plan): Result<Written> {
  const writing = beginWriting(plan);
  const paths = writeOperations(writing);
  const components = writeComponents(writing);
  const cuts = writing.cuts.sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
  return writing.problems.result({ paths, components, cuts });
}

interface Writing {
  readonly plan: Plan;
  readonly copying: Copying;
  readonly names: ReadonlyMap<string, string>;
  readonly problems: Problems;
  readonly cuts: Cut[];
  /** The keys of the components that what is written refers to. */
  readonly wanted: Set<string>;
  /** What is being written. */
  current: Part | undefined;
}

function beginWriting(plan: Plan): Writing {
  const { cut, document, survey } = plan;
  const sent = reach(survey, keysOf(survey, 'request'));
  const answered = reach(survey, keysOf(survey, 'answers'), 'tops');
  const copying: Copying = {
    siblings: plan.siblings,
    reference(reference) {
      const target = plan.find(reference);
      if (target === undefined) {
        const holder = writing.current?.key ?? '';
        const isNeeded = sent.has(holder) || (reference.top && answered.has(holder));
        writing.problems.add(leadsNowhere(document, reference, isNeeded));
        return undefined;
      }
      const key = keyOf(reference.kind, target);
      writing.wanted.add(key);
      return { $ref: referenceTo(reference.kind, writing.names.get(key) ?? '') };
    },
    part(pointer, schema, copy) {
      const key = keyOf('inline', pointer);
      if (cut.has(key)) {
        writing.cuts.push({ name: fieldName(pointer), pointer });
        return stubOf(schema, undefined);
      }
      const holder = writing.current;
      writing.current = survey.get(key);
      const copied = copy();
      writing.current = holder;
      return copied;
    },
    text: (text) => shortText(text, plan.textLength),
    strange: (pointer) => writing.problems.add(noSchema(document, pointer)),
  };
  const writing: Writing = {
    plan,
    copying,
    names: nameComponents(document, survey),
    problems: new Problems(),
    cuts: [],
    wanted: new Set(),
    current: undefined,
  };
  return writing;
}

function writeOperations(writing: Writing): JsonObject {
  const { copying, plan } = writing;
  // Maps, as names of a spec may be `__proto__`.
  const paths = new Map<string, Map<string, JsonValue>>();
  for (const { name, pointer } of plan.operations) {
    const [, path = '', method = ''] = fromPointer(pointer);
    writing.current = plan.survey.get(keyOf('request', pointer));
    const request = copyRequest(copying, plan.document, pointer);
    writing.current = plan.survey.get(keyOf('answers', pointer));
    const responses = copyAnswers(copying, plan.document, pointer);
    const answers = Object.keys(responses).length === 0 ? {} : { responses };
    put(paths, path, method, { ...request, operationId: name, ...answers });
  }
  return toObject(paths);
}

function writeComponents(writing: Writing): JsonObject {
  const { copying, cuts, names, plan, wanted } = writing;
  const components = new Map<string, Map<string, JsonValue>>();
  // What is written may want more: a set goes on to what is added to it.
  for (const key of wanted) {
    const part = plan.survey.get(key);
    if (part === undefined || part.kind === 'answers' || part.kind === 'inline' || part.kind === 'request') continue;
    const { kind, pointer } = part;
    const name = names.get(key) ?? '';
    const value = resolvePointer(plan.document.value, pointer) ?? null;
    writing.current = part;
    if (plan.cut.has(key)) {
      cuts.push({ name, pointer });
      put(components, kind, name, stubOf(value, name));
    } else put(components, kind, name, copyComponent(copying, kind, value, pointer));
  }
  return toObject(components);
}

function put(sections: Map<string, Map<string, JsonValue>>, section: string, name: string, value: JsonValue): void {
  const found = sections.get(section) ?? new Map<string, JsonValue>();
  sections.set(section, found.set(name, value));
}

function toObject(sections: ReadonlyMap<string, ReadonlyMap<string, JsonValue>>): JsonObject {
  return Object.fromEntries([...sections].map(([section, values]) => [section, Object.fromEntries(values)]));
}

/** A reference as a URI fragment: what would end it, or be decoded, is encoded. */
function referenceTo(kind: ComponentKind, name: string): string {
  return `#${toPointer(['components', kind, name]).replaceAll('%', '%25').replaceAll('#', '%23')}`;
}

function fieldName(pointer: string): string {
  const keys = fromPointer(pointer);
  return keys[keys.lastIndexOf('properties') + 1] ?? '';
}

function leadsNowhere(document: SpecDocument, { holder, text }: Reference, isNeeded: boolean): Problem {
  const message = `$ref ${JSON.stringify(text)} leads nowhere`;
  const where = locationOf(document, holder);
  if (isNeeded) {
    const hint = 'The refund needs it: correct the reference, or put the file into the folder of the spec.';
    return error('R005', message, hint, where);
  }
  return warning(
    'R005',
    message,
    'What stands there has the type unknown: correct the reference to have its type.',
    where,
  );
}

function noSchema(document: SpecDocument, pointer: string): Problem {
  const hint = 'What stands there has the type unknown: write a schema, in the overlay or in the spec.';
  return warning('R043', 'this is no schema', hint, locationOf(document, pointer));
}
