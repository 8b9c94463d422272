import type {
  AuthScheme,
  Body,
  CredentialPart,
  NativeApi,
  Operation,
  RequestField,
  RequestPlace,
  Setting,
} from '../ir.js';
import type { Draft } from '../normalize/draft.js';
import { toPointer } from '../pointer.js';
import type { ContractKind } from './contract.js';
import { isSaid } from './contract-request.js';
import type { Facts } from './facts.js';
import { addShape, presence, shapeIn } from './shapes.js';
import { listText, placeText, wordText } from './texts.js';

/** Operations as the spec has them, and how they are reached. */
export function addNative(facts: Facts, { native, operation, request }: Draft, kind: ContractKind): void {
  const others = kind === 'refunds' ? request.others : [];
  const { reason } = kind === 'refunds' ? request : { reason: null };
  // Reasons are facts of their own, each on a line.
  const listed =
    reason === null || reason.value.values === null
      ? []
      : [[`request ${placeText(reason.value.place)} values`, listText(reason.value.values)] as const];
  for (const item of native.operations) {
    const isCreate = item.name === operation;
    addOperation(facts, item, isCreate ? others : [], isCreate ? listed : []);
  }
  addServers(facts, native);
  for (const schemes of native.auth) addSignIn(facts, schemes);
  for (const setting of native.settings) addSetting(facts, setting);
}

/** Subjects about the operation that creates begin with `request` and `answer`; of others, with the operation. */
function addOperation(
  facts: Facts,
  operation: Operation,
  others: readonly RequestField[],
  listed: readonly (readonly [string, string])[],
): void {
  const { answers, body, evidence, headers, method, name, parameters, path, role } = operation;
  const own = role === 'create' ? '' : `operation ${role} `;
  facts.add(`operation ${role}`, `${method} ${path} as ${name}`, evidence);
  const given = new Map([...addGiven(facts, operation, others), ...listed]);
  const at = facts.at(evidence);
  for (const { in: part, name: field, required, shape, style } of parameters) {
    const subject = `${own}request ${placeText({ part, path: [field] })}`;
    addShape(at, subject, presence(required), shape, given);
    if (style !== null) at.add(`${subject} style`, style);
  }
  for (const header of headers) at.add(`${own}sent header ${wordText(header.name)}`, header.value);
  if (body !== null) addBody(at, own, body, given);
  for (const answer of answers) {
    const type = answer.mediaType === null ? '' : `, ${answer.mediaType}`;
    at.add(`${own}answer ${wordText(answer.status)}`, `${answer.body}${type}`);
  }
}

/** By subject, what the caller's argument is called. One whose place is not described as it is has facts of its own. */
function addGiven(facts: Facts, operation: Operation, others: readonly RequestField[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const { name, place, required, shape } of others) {
    const subject = `request ${placeText(place)}`;
    const demanded = isDemanded(operation, place) === required ? '' : ` (${presence(required)})`;
    if (isSaid(operation, place, shape) && !given.has(subject)) given.set(subject, `, given as ${name}${demanded}`);
    else addShape(facts, `field ${wordText(name)} in ${placeText(place)}`, presence(required), shape);
  }
  return given;
}

function addBody(facts: Facts, own: string, body: Body, given: ReadonlyMap<string, string>): void {
  addShape(facts, `${own}request body`, presence(body.required), body.shape, given);
  facts.add(`${own}encoding`, `${body.encoding.kind}, ${body.mediaType}`);
  if (body.encoding.kind === 'json') return;
  for (const { field, style } of body.encoding.styles) facts.add(`${own}form style ${wordText(field)}`, style);
}

function addServers(facts: Facts, { servers }: NativeApi): void {
  const place = { ...facts.place, pointer: '/servers' };
  if (servers.kind === 'caller') facts.add('server', 'given by the caller', place);
  else for (const { name, url } of servers.servers) facts.add(`server ${wordText(name)}`, url, place);
}

/** One way to sign in: all of its schemes are sent. */
function addSignIn(facts: Facts, schemes: readonly AuthScheme[]): void {
  const name = schemes.map(({ scheme }) => wordText(scheme)).join(' + ');
  const [first] = schemes;
  const pointer = first === undefined ? '/security' : toPointer(['components', 'securitySchemes', first.scheme]);
  facts.add(`sign in ${name || '(none)'}`, schemes.map(schemeText).join(' + ') || 'no credentials', {
    ...facts.place,
    pointer,
  });
}

function schemeText(scheme: AuthScheme): string {
  if (scheme.kind === 'basic') return `basic with ${partText(scheme.username)} and ${partText(scheme.password)}`;
  const prefix = scheme.kind === 'header' && scheme.prefix !== '' ? `${JSON.stringify(scheme.prefix)} and ` : '';
  return `${scheme.kind} ${wordText(scheme.name)} with ${prefix}${partText(scheme.value)}`;
}

/** What is fixed is in quotes, what the caller gives is not. */
function partText(part: CredentialPart): string {
  return 'fixed' in part ? JSON.stringify(part.fixed) : part.credential;
}

function addSetting(facts: Facts, { header, name, required, scope, shape }: Setting): void {
  const subject = `setting ${wordText(name)}`;
  facts.add(subject, `${presence(required)}, header ${wordText(header)}, given with the ${scope}`);
  addShape(facts, `${subject} value`, '', shape);
}

/** Whether the spec's own line for a place says that it is required. */
function isDemanded({ body, parameters }: Operation, { part, path }: RequestPlace): boolean | undefined {
  if (part !== 'body') return parameters.find(({ in: at, name }) => at === part && name === path[0])?.required;
  const holder = body === null ? undefined : shapeIn(body.shape, path.slice(0, -1));
  return holder?.kind === 'object' ? holder.fields.find(({ name }) => name === path.at(-1))?.required : undefined;
}
