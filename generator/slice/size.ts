import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';

/** What TypeScript needs for a method of a path, and for an operation, without what the spec says. */
const OPERATION = 700;
const RESPONSE = 140;
const REFERENCE = 'components["schemas"][""]'.length;

/** About how many characters of TypeScript an operation's request takes. */
export function sizeOfRequest(request: JsonObject): number {
  const parameters = ownList(request, 'parameters').map((parameter) => sizeOfComponent(parameter, 4));
  return OPERATION + sum(parameters) + sizeOfComponent(own(request, 'requestBody') ?? null, 4);
}

/** About how many characters of TypeScript the answers of an operation take. */
export function sizeOfAnswers(answers: JsonObject): number {
  return sum(Object.values(answers).map((answer) => sizeOfComponent(answer, 4)));
}

/** About how many characters of TypeScript a parameter, a body, an answer or a header takes. */
export function sizeOfComponent(component: JsonValue, depth: number): number {
  if (!isObject(component)) return 0;
  if (own(component, '$ref') !== undefined) return line(depth) + 60;
  const content = Object.entries(ownObject(component, 'content'));
  const headers = Object.values(ownObject(component, 'headers'));
  const types = content.map(
    ([type, media]) => line(depth) + type.length + sizeOfSchema(own(media, 'schema'), depth + 1),
  );
  const schema = own(component, 'schema');
  const named = ownText(component, 'name')?.length ?? 0;
  const itself = schema === undefined ? RESPONSE : line(depth) + sizeOfSchema(schema, depth);
  return itself + named + sum(types) + sum(headers.map((header) => sizeOfComponent(header, depth + 1)));
}

/** About how many characters of TypeScript a schema takes, at a depth of nesting and without comments. */
export function sizeOfSchema(schema: JsonValue | undefined, depth: number): number {
  if (!isObject(schema)) return 'unknown'.length;
  const ref = ownText(schema, '$ref');
  if (ref !== undefined) return REFERENCE + ref.length - ref.lastIndexOf('/');
  const literals = [...ownList(schema, 'enum'), ...('const' in schema ? [schema['const'] ?? null] : [])];
  if (literals.length > 0) return sum(literals.map((value) => JSON.stringify(value).length + 3));
  const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'].flatMap((key) => ownList(schema, key));
  const inside = [own(schema, 'items'), own(schema, 'additionalProperties')].filter(isObject);
  const fields = ['properties', 'patternProperties'].flatMap((key) => Object.entries(ownObject(schema, key)));
  const braces = fields.length > 0 ? line(depth) + 2 : 0;
  const word = fields.length + lists.length + inside.length === 0 ? 'string'.length : 0;
  return (
    word +
    (own(schema, 'nullable') === true ? ' | null'.length : 0) +
    braces +
    sum(fields.map(([name, field]) => name.length + sizeOfField(field, depth + 1))) +
    sum(lists.map((item) => sizeOfSchema(item, depth) + 3)) +
    sum(inside.map((item) => sizeOfSchema(item, depth) + 10))
  );
}

/** About how many characters of TypeScript a field takes, without its name. */
export function sizeOfField(field: JsonValue, depth: number): number {
  // Values are announced in a comment of their own.
  const announced = own(field, 'enum') === undefined ? 0 : line(depth) + 24;
  const readonly = own(field, 'readOnly') === true ? 'readonly '.length : 0;
  return line(depth) + 4 + announced + readonly + sizeOfSchema(field, depth);
}

/** The indentation of a line, and its end. */
function line(depth: number): number {
  return depth * 2 + 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
