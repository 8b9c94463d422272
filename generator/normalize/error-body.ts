import { words } from '../discover/words.js';
import type { ErrorBody, Path } from '../ir.js';
import { type Field, fieldsOf } from '../load/fields.js';
import { typeName } from '../load/schema-at.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import type { AnswerBody } from './answer-body.js';

/** Where an error seems to say what went wrong, by the names of its schema. */
export interface GuessedErrorBody {
  readonly body: ErrorBody;
  readonly pointer: string;
}

const CODES = ['code', 'error_code', 'error_type', 'type', 'name', 'error_name', 'status_code'];
const MESSAGES = ['message', 'error_message', 'detail', 'description', 'error_description', 'title', 'error'];
const FIELDS = ['param', 'field', 'property', 'invalid_field', 'source'];

/** Finds the code, the message and the field of an error; `undefined` where no message is found. */
export function guessErrorBody(document: SpecDocument, body: AnswerBody): GuessedErrorBody | undefined {
  const response = resolve(document, body.response);
  if (response === undefined) return undefined;
  const schema = `${response.pointer}${toPointer(['content', body.mediaType, 'schema'])}`;
  const fields = fieldsOf(document, schema).filter(({ path }) => path.length <= 4);
  const plain = fields.filter(({ path }) => !path.includes('[]') && path.length <= 3);
  const message = find(plain, MESSAGES);
  const list = listOf(fields);
  if (message === undefined && list === undefined) return undefined;
  const code = all(plain, CODES);
  const fromList = list === undefined ? [] : [...list.path, '0'];
  const details = list === undefined ? null : { list: list.path, ...list.places };
  return {
    pointer: schema,
    body: {
      kind: 'named',
      code: code.length > 0 ? code : list?.places.code ? [[...fromList, ...list.places.code]] : [],
      message: message !== undefined ? [message] : list?.places.message ? [[...fromList, ...list.places.message]] : [],
      field: find(plain, FIELDS) ?? null,
      details,
    },
  };
}

/** `errors: [{ code, detail, field }]`. */
function listOf(fields: readonly Field[]) {
  const items = fields.filter(({ path }) => path.at(-2) === '[]' && path.indexOf('[]') === path.length - 2);
  const lists = [...new Set(items.map(({ path }) => JSON.stringify(path.slice(0, -2))))];
  const [first] = lists.flatMap((key) => {
    const inside = items.filter(({ path }) => JSON.stringify(path.slice(0, -2)) === key);
    const last = inside.map((field) => ({ ...field, path: field.path.slice(-1) }));
    const places = {
      code: find(last, ['issue', ...CODES]) ?? null,
      message: find(last, MESSAGES) ?? null,
      field: find(last, FIELDS) ?? null,
    };
    const path = inside[0]?.path.slice(0, -2) ?? [];
    const isErrors = words(path.at(-1) ?? '').some((word) => /^(errors?|details|issues|violations)$/.test(word));
    return isErrors && (places.code !== null || places.message !== null) ? [{ path, places }] : [];
  });
  return first;
}

function find(fields: readonly Field[], names: readonly string[]): Path | undefined {
  return all(fields, names)[0];
}

function all(fields: readonly Field[], names: readonly string[]): readonly Path[] {
  const found = names.flatMap((name) =>
    fields.filter(({ path, schema }) => isScalar(typeName(schema)) && words(path.at(-1) ?? '').join('_') === name),
  );
  const paths = found.map(({ path }) => JSON.stringify(path));
  // All of them: one that is cut off could be the one that decides.
  return found.map(({ path }) => path).filter((_, index) => paths.indexOf(paths[index] ?? '') === index);
}

function isScalar(type: string | undefined): boolean {
  return type === 'string' || type === 'integer' || type === undefined;
}
