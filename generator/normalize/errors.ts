import type { AnswerMatch, ErrorBody, ErrorRules, Fact, Path } from '../ir.js';
import { assumedAt, factAt } from '../load/spec-document.js';
import { toPointer } from '../pointer.js';
import { yamlText } from '../yaml-text.js';
import { answerBody } from './answer-body.js';
import { ask, bodyPath, type CreateContext, xFact } from './context.js';
import { guessErrorBody } from './error-body.js';
import { isProblemJson } from './media-type.js';
import type { XErrorBody, XMatch } from './x-refund.js';

/**
 * Statuses that RFC 9110 and its relatives define as "not acted upon". The runtime refuses by the same list; a test
 * holds them together.
 */
export const NOT_ACTED_UPON: readonly number[] = [
  400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 421, 422, 426, 429, 431, 451,
];

/** What errors mean, as far as it is known. */
export type ErrorDraft = Omit<ErrorRules, 'body'> & { readonly body: ErrorRules['body'] | null };

/** What the errors of the create operation mean for the money. */
export function readErrors(context: CreateContext): ErrorDraft {
  const { create, xRefund } = context;
  const { ambiguous = [], refused = [], kinds = {} } = xRefund.errors ?? {};
  const classified = new Set([...ambiguous, ...refused].map(({ status }) => status));
  for (const { status } of create.answers) {
    const code = Number(status);
    const clear = NOT_ACTED_UPON.includes(code) || classified.has(code) || !(code >= 400 && code < 500);
    if (clear) continue;
    const lines = `errors:\n  ambiguous:           # money may have moved; or refused: no money moved\n    - status: ${code}`;
    const question = `does an answer ${status} prove that no money moved? A refund read as refused is made again`;
    ask(context, 'R034', question, lines, create.evidence.pointer + toPointer(['responses', status]));
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

/** As declared; by its media type (RFC 9457); or, where no money depends on it, as the schema of an error names its fields. */
function readBody(context: CreateContext): Fact<ErrorBody> | null {
  const { create, document } = context;
  const declared = context.xRefund.errors?.body;
  const at = create.evidence.pointer;
  if (declared !== undefined) return xFact(context, ['errors', 'body'], toErrorBody(declared));
  const failures = create.answers.filter(({ status }) => /^([45]|default)/.test(status));
  const described = failures.filter(({ body }) => body === 'json');
  const problem = described.find(({ mediaType }) => isProblemJson(mediaType ?? ''));
  if (problem !== undefined && described.every(({ mediaType }) => isProblemJson(mediaType ?? ''))) {
    return factAt(document, at + toPointer(['responses', problem.status]), { kind: 'problem' });
  }
  const guessed = described.flatMap(({ status }) => guessErrorBody(document, answerBody(create, status)) ?? [])[0];
  if (guessed !== undefined && !codesDecide(context)) return assumedAt(document, guessed.pointer, guessed.body);
  const suggested = guessed === undefined ? undefined : errorBodyLines(guessed.body);
  const lines =
    suggested ??
    'errors:\n  body:\n    named: { code: [body.error.code], message: body.error.message }   # or keyed: { general: [<key>] }, or problem';
  const why =
    guessed === undefined ? '' : ' What a code says about money is declared, so where it stands is not guessed';
  ask(
    context,
    'R037',
    `where does an error body say what went wrong?${why}`,
    lines,
    guessed?.pointer ?? `${at}/responses`,
  );
  return null;
}

/** Whether it depends on a code in an error body if money has moved, or what the caller is told to do. */
function codesDecide({ xRefund }: CreateContext): boolean {
  const { ambiguous = [], refused = [], kinds = {} } = xRefund.errors ?? {};
  const by = xRefund.reconciliation;
  const byPayment = typeof by === 'object' && by.by === 'payment' ? by : undefined;
  const matches = [
    ...ambiguous,
    ...refused,
    ...(byPayment?.failureAnswer === undefined ? [] : [byPayment.failureAnswer]),
  ];
  return (
    matches.some(({ code }) => code !== undefined) ||
    Object.keys(kinds).length > 0 ||
    (byPayment?.definiteFailures ?? []).length > 0
  );
}

/** A guess as an overlay would declare it. */
function errorBodyLines(body: ErrorBody): string | undefined {
  if (body.kind !== 'named' || body.code.length === 0 || body.message.length === 0) return undefined;
  const text = (path: Path): string => yamlText(['body', ...path].join('.'));
  const list = (paths: readonly Path[]): string => `[${paths.map(text).join(', ')}]`;
  const field = body.field === null ? '' : `\n      field: ${text(body.field)}`;
  return `errors:\n  body:\n    named:\n      code: ${list(body.code)}\n      message: ${list(body.message)}${field}`;
}

function toErrorBody(declared: XErrorBody): ErrorBody {
  if (declared === 'problem') return { kind: 'problem' };
  if (declared.keyed !== undefined) return { kind: 'keyed', general: declared.keyed.general };
  const { code, details, field, message } = declared.named;
  const optional = (place: string | undefined): Path | null => (place === undefined ? null : bodyPath(place));
  return {
    kind: 'named',
    code: code.map(bodyPath),
    message: (typeof message === 'string' ? [message] : message).map(bodyPath),
    field: optional(field),
    details:
      details === undefined
        ? null
        : {
            list: bodyPath(details.list),
            code: optional(details.code),
            message: optional(details.message),
            field: optional(details.field),
          },
  };
}
