import type { NativeApi, RefundApi } from '../ir.js';
import type { Paint } from '../paint.js';
import { printable, printableLine } from '../printable.js';
import type { Problem } from '../problem.js';

/** A problem in full: where it is, the lines around it, and what to do. */
export function problemText({ code, hint, location, message, severity }: Problem, paint: Paint): string {
  const colour = severity === 'error' ? paint.red : paint.yellow;
  const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column} `;
  const frame = location === undefined || location.frame === '' ? '' : `${indent(location.frame)}\n`;
  return `${colour(`${severity} ${code}`)} ${printable(`${place}${message}\n${frame}${indent(hint)}`)}\n`;
}

/** A problem on one line. */
export function problemLine({ code, location, message, severity }: Problem, paint: Paint): string {
  const colour = severity === 'error' ? paint.red : paint.yellow;
  const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column} `;
  return `${colour(`${severity} ${code}`)} ${clip(printableLine(`${place}${message}`))}`;
}

/** Whether a problem is a question that a person can answer in an overlay. */
export function isQuestion({ overlay }: Problem): boolean {
  return overlay !== undefined;
}

/** How many questions are open, and what to do about them; empty where none is. */
export function openText(problems: readonly Problem[], specs: readonly string[]): string {
  const open = problems.filter((problem) => isQuestion(problem) && problem.severity === 'error').length;
  if (open === 0) return '';
  const [only] = specs;
  const spec = specs.length === 1 && only !== undefined ? printableLine(only) : '<spec>';
  const counted = open === 1 ? '1 question is open' : `${open} questions are open`;
  const ways = [
    [`refundgen init ${spec}`, 'writes them down, to be answered'],
    [`refundgen inspect ${spec}`, 'shows them with what the spec says'],
    ['refundgen generate --native-only', 'generates without them: no refund(), only the operations of the spec'],
  ] as const;
  const width = Math.max(...ways.map(([command]) => command.length));
  return [`${counted}:`, ...ways.map(([command, does]) => `    ${command.padEnd(width)}   ${does}`)].join('\n');
}

/** What a client can do, on one line. */
export function describeApi(
  { create, idempotency, operations, provider, reconciliation, retrieve }: RefundApi,
  paint: Paint,
): string {
  const operation = operations.find(({ name }) => name === create.operation);
  const key = idempotency.value;
  const can = [
    create.amount.full.value === 'omitted' ? 'full and partial' : 'partial only',
    `${create.amount.unit.value} units`,
    ...(retrieve === null ? [] : ['retrieve']),
    key.kind === 'key' && key.replay !== false ? 'repeats with key' : 'sent at most once',
    reconciliation.value.kind === 'none' ? 'nothing to reconcile with' : `reconciles by ${reconciliation.value.kind}`,
  ];
  return `${paint.bold(provider.id)}  ${operation?.method} ${printableLine(operation?.path ?? '')}  ${paint.dim(can.join(', '))}`;
}

/** What a client without a refund of its own can call, on one line. */
export function describeNative({ operations, provider }: NativeApi, paint: Paint): string {
  const named = operations.map(({ method, path }) => printableLine(`${method} ${path}`)).join(', ');
  return `${paint.bold(provider.id)}  native only: ${paint.dim(named)}`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

const LINE = 160;

function clip(text: string): string {
  const characters = [...text];
  return characters.length <= LINE
    ? text
    : `${characters
        .slice(0, LINE - 1)
        .join('')
        .trimEnd()}…`;
}
