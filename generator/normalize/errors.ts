import type { AnswerMatch, ErrorBody, ErrorRules, Fact } from '../ir.js';
import { assumedAt } from '../load/spec-document.js';
import { ask, bodyPath, type CreateContext, xFact } from './context.js';
import type { XErrorBody, XMatch } from './x-refund.js';

/**
 * Statuses that RFC 9110 and its relatives define as "not acted upon". The runtime refuses by the same list; a test
 * holds them together.
 */
export const NOT_ACTED_UPON: readonly number[] = [
  400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 421, 422, 426, 429, 431, 451,
];

/** What the errors of the create operation mean for the money. */
export function readErrors(context: CreateContext): ErrorRules {
  const { create, xRefund } = context;
  const { ambiguous = [], refused = [], kinds = {} } = xRefund.errors ?? {};
  const classified = new Set([...ambiguous, ...refused].map(({ status }) => status));
  for (const { status } of create.answers) {
    const code = Number(status);
    const clear = NOT_ACTED_UPON.includes(code) || classified.has(code) || !(code >= 400 && code < 500);
    if (clear) continue;
    const lines = `errors:\n  ambiguous:           # money may have moved; or refused: no money moved\n    - status: ${status}`;
    const question = `does an answer ${status} prove that no money moved? A refund read as refused is made again`;
    ask(context, 'R034', question, lines, `${create.evidence.pointer}/responses/${status}`);
  }
  return {
    body: readBody(context),
    ambiguous: ambiguous.map((match, index) => xFact(context, ['errors', 'ambiguous', index], toMatch(match))),
    refused: refused.map((match, index) => xFact(context, ['errors', 'refused', index], toMatch(match))),
    kinds: Object.entries(kinds)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, kind]) => xFact(context, ['errors', 'kinds', code], { code, kind })),
  };
}

/** An answer by its status and, where given, its code. */
export function toMatch({ status, code }: XMatch): AnswerMatch {
  return { status, code: code ?? null };
}

function readBody(context: CreateContext): Fact<ErrorBody> {
  const declared = context.xRefund.errors?.body;
  const at = context.create.evidence.pointer;
  if (declared === undefined) {
    const lines =
      'errors:\n  body:\n    named: { code: [body.error.code], message: body.error.message }   # or keyed: { general: [<key>] }';
    ask(context, 'R037', 'where does an error body say what went wrong?', lines, `${at}/responses`);
    return assumedAt(context.document, at, { kind: 'keyed', general: [] });
  }
  return xFact(context, ['errors', 'body'], toErrorBody(declared));
}

function toErrorBody(declared: XErrorBody): ErrorBody {
  if (declared.keyed !== undefined) return { kind: 'keyed', general: declared.keyed.general };
  const { code, message, field } = declared.named;
  return {
    kind: 'named',
    code: code.map(bodyPath),
    message: bodyPath(message),
    field: field === undefined ? null : bodyPath(field),
  };
}
