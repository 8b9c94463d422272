import type { Discovered } from '../discover/discover.js';
import type { Answer, Operation, Parameter } from '../ir.js';
import { isObject, type JsonValue, own, ownList, ownObject, ownText, sortedEntries } from '../json.js';
import { locationOf, resolve, type SpecDocument } from '../load/spec-document.js';
import { fromPointer, toPointer } from '../pointer.js';
import { error, type Location, type Problem, type Problems, warning } from '../problem.js';
import { shortText } from '../slice/short-text.js';
import { RESERVED_HEADERS } from '../slice/slice.js';
import { readBody } from './body.js';
import { isJson } from './media-type.js';
import { readShape } from './shape.js';

/** Some operations are described over pages. The comment of a method is no place for them. */
const MAX_TEXT = 400;

/** Reads an operation as the spec has it. */
export function readOperation(
  document: SpecDocument,
  discovered: Pick<Discovered, 'method' | 'path' | 'pointer'>,
  role: Operation['role'],
  name: string,
  problems: Problems,
): Operation {
  const { method, path, pointer } = discovered;
  const value = resolve(document, pointer)?.value ?? null;
  const parameters = readParameters(document, pointer);
  return {
    name,
    role,
    method,
    path,
    summary: ownText(value, 'summary') ?? '',
    description: shortText(ownText(value, 'description') ?? '', MAX_TEXT),
    parameters: parameters
      .filter((parameter) => !isCredential(document, value, parameter.value))
      .flatMap((parameter) => readParameter(document, parameter, problems)),
    headers: parameters.flatMap(({ value: parameter }) => fixedHeader(parameter)),
    body: readBody(document, pointer, problems),
    answers: sortedEntries(ownObject(value, 'responses'))
      .filter(([status]) => !status.startsWith('x-'))
      .map(([status]) => readAnswer(document, pointer + toPointer(['responses', status]), status, problems)),
    evidence: { file: document.spec.name, pointer },
  };
}

interface RawParameter {
  readonly value: JsonValue;
  readonly pointer: string;
}

/** The parameters of the operation and of its path; where both have one, the operation's counts. */
function readParameters(document: SpecDocument, pointer: string): RawParameter[] {
  const [, path = ''] = fromPointer(pointer);
  const found = [toPointer(['paths', path]), pointer].flatMap((holder) => {
    const list = ownList(resolve(document, holder)?.value, 'parameters');
    return list.flatMap((_, index) => resolve(document, `${holder}/parameters/${index}`) ?? []);
  });
  const byName = new Map(found.map((item) => [`${ownText(item.value, 'in')} ${ownText(item.value, 'name')}`, item]));
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** A parameter that a security scheme writes is the credential: no argument of a refund, and in no journal. */
function isCredential(document: SpecDocument, operation: JsonValue, parameter: JsonValue): boolean {
  const place = ownText(parameter, 'in');
  const name = ownText(parameter, 'name')?.toLowerCase();
  const schemes = ownObject(ownObject(document.value, 'components'), 'securitySchemes');
  const security = ownList(own(operation, 'security') === undefined ? document.value : operation, 'security');
  const used = new Set(security.flatMap((item) => (isObject(item) ? Object.keys(item) : [])));
  // A required one that no credential of the operation fills could not be sent at all.
  const isNeeded = own(parameter, 'required') === true;
  return Object.keys(schemes).some((key) => {
    const scheme = resolve(document, toPointer(['components', 'securitySchemes', key]))?.value;
    const isSame = ownText(scheme, 'in') === place && ownText(scheme, 'name')?.toLowerCase() === name;
    return ownText(scheme, 'type') === 'apiKey' && isSame && (used.has(key) || !isNeeded);
  });
}

function leftOut(name: string, place: string | undefined, where: Location): Problem {
  const named = `parameter ${JSON.stringify(name)}`;
  if (place === 'cookie') {
    const hint = 'Cookies are sent for security schemes only.';
    return warning('R040', `${named} in a cookie is left out`, hint, where);
  }
  const hint = 'Correct the spec, or its overlay: a parameter is in: path, query or header.';
  const said = place === undefined ? 'does not say where it stands' : `stands in ${JSON.stringify(place)}`;
  return warning('R040', `${named} ${said}, and is left out`, hint, where);
}

/** Headers of the connection, which belong to HTTP and not to a caller. */
const TRANSPORT = ['host', 'content-length', 'transfer-encoding', 'connection', 'cookie', 'expect'];

function readParameter(document: SpecDocument, raw: RawParameter, problems: Problems): Parameter[] {
  const { value, pointer } = raw;
  const name = ownText(value, 'name') ?? '';
  const place = ownText(value, 'in');
  if (place === 'header' && RESERVED_HEADERS.includes(name.toLowerCase())) return [];
  if (place === 'header' && TRANSPORT.includes(name.toLowerCase())) {
    const hint = 'What sends the request writes it.';
    const where = locationOf(document, pointer);
    problems.add(warning('R040', `header ${JSON.stringify(name)} is left out`, hint, where));
    return [];
  }
  if (place !== 'path' && place !== 'query' && place !== 'header') {
    problems.add(leftOut(name, place, locationOf(document, pointer)));
    return [];
  }
  if (place === 'header' && !/^[A-Za-z\d!#$%&'*+.^_`|~-]+$/.test(name)) {
    const hint = 'A header name is a token (RFC 9110, section 5.6.2).';
    problems.add(error('R044', `${JSON.stringify(name)} is not a header name`, hint, locationOf(document, pointer)));
    return [];
  }
  const [content] = sortedEntries(ownObject(value, 'content'));
  const schema = content === undefined ? '/schema' : toPointer(['content', content[0], 'schema']);
  const shape = readShape(document, pointer + schema, problems);
  const required = place === 'path' || own(value, 'required') === true;
  const style = content === undefined ? styleOf(value, shape.kind) : 'json';
  return [{ name, in: place, required, style, shape, description: ownText(value, 'description') ?? shape.description }];
}

/** How a list or an object in a parameter is written (OpenAPI 3.0.4, Style Values). */
function styleOf(parameter: JsonValue, kind: string): Parameter['style'] {
  if (kind !== 'array' && kind !== 'object') return null;
  const style = ownText(parameter, 'style');
  if (style === 'deepObject') return 'deepObject';
  if (style === 'spaceDelimited') return 'space';
  if (style === 'pipeDelimited') return 'pipe';
  return own(parameter, 'explode') === false ? 'comma' : null;
}

/** Reserved headers with a default value: sent so, as some providers demand, but never the caller's business. */
function fixedHeader(parameter: JsonValue): { readonly name: string; readonly value: string }[] {
  const name = ownText(parameter, 'name') ?? '';
  const value = ownText(ownObject(parameter, 'schema'), 'default');
  if (ownText(parameter, 'in') !== 'header' || name.toLowerCase() !== 'content-type') return [];
  return value !== undefined && isJson(value) ? [{ name: 'Content-Type', value: 'application/json' }] : [];
}

function readAnswer(document: SpecDocument, pointer: string, status: string, problems: Problems): Answer {
  const answer = resolve(document, pointer);
  if (answer === undefined) {
    const hint = 'Correct the reference.';
    problems.add(warning('R005', `the answer ${status} leads nowhere`, hint, locationOf(document, pointer)));
  }
  const content = ownObject(answer?.value, 'content');
  const types = Object.keys(content).sort();
  const json = types.find((type) => isJson(type));
  const typed = json ?? types.find((type) => isObject(content[type]));
  return {
    status: status.toUpperCase() === 'DEFAULT' ? 'default' : status,
    body: json !== undefined ? 'json' : typed !== undefined ? 'text' : 'none',
    mediaType: typed ?? null,
    description: ownText(answer?.value, 'description') ?? '',
  };
}
