/** Where in an input file a problem is. Lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
  /** The text around it, for people. */
  readonly frame: string;
}

/** What is wrong, where, and what to do about it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The next step for the person who reads this. */
  readonly hint: string;
  readonly location?: Location;
  /** Of an open question: the action of an overlay that answers it, as YAML to fill in. */
  readonly overlay?: string;
}

/** Every problem that refundgen can report. A code never changes its meaning. */
export const PROBLEMS = {
  R001: 'file cannot be read',
  R002: 'file is not valid YAML or JSON',
  R003: 'not an OpenAPI 3.x document',
  R004: 'document is too large',
  R005: 'reference cannot be resolved',
  R006: 'reference leaves the folder of the spec',
  R007: 'spec at the URL has changed',
  R008: 'spec at a URL cannot be read',
  R009: 'a pack for the spec is not applied',
  R010: 'overlay is not valid',
  R011: 'overlay target matches nothing',
  R012: 'overlay action says no source',
  R013: 'x-refund is not valid',
  R014: 'x-refund names something that the spec does not have',
  R020: 'no operation creates a refund',
  R021: 'several operations may create a refund',
  R030: 'amount unit is not known',
  R031: 'meaning of a success answer is not known',
  R032: 'status is not classified',
  R033: 'whether a repeated call is safe is not known',
  R034: 'whether an error status leaves money unmoved is not known',
  R035: 'what omitting the amount does is not known',
  R036: 'what there is to reconcile with is not known',
  R037: 'shape of error bodies is not known',
  R040: 'part of the refund cannot be found in the request',
  R041: 'security scheme is not supported',
  R042: 'media type is not supported',
  R043: 'schema is not supported',
  R044: 'name cannot be used',
  R045: 'part of OpenAPI is not supported yet',
  R046: 'how a form field is written is not stated',
  R050: 'output file was edited by hand',
  R051: 'output file was not written by refundgen',
  R052: 'output cannot be written',
  R053: 'lock file is not valid',
  R060: 'configuration is not valid',
  R070: 'not a git repository',
  R071: 'no such revision',
  R072: 'what a spec was before cannot be known',
  R061: 'output cannot be formatted',
  R090: 'generated code is not valid TypeScript',
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** A value, or the problems that stand in its way. Warnings may come with either. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function success<T>(value: T, problems: readonly Problem[] = []): Result<T> {
  return { ok: true, value, problems };
}

export function failure<T>(...problems: readonly Problem[]): Result<T> {
  return { ok: false, problems };
}

export function error(code: ProblemCode, message: string, hint: string, location?: Location): Problem {
  return { code, severity: 'error', message, hint, ...(location === undefined ? {} : { location }) };
}

/** An answer to a question: what an action of an overlay updates, as YAML, and the overlay, if there is one. */
export interface AnswerLines {
  readonly update: string;
  readonly overlay: string | undefined;
}

/** An error that a person can answer with a few lines of an overlay. */
export function question(code: ProblemCode, message: string, answer: AnswerLines, location?: Location): Problem {
  const overlay = [
    '- target: $',
    '  update:',
    ...answer.update.split('\n').map((line) => `    ${line}`),
    '  x-refund: { source: <the document that says so>, date: <YYYY-MM-DD, when you read it> }',
  ].join('\n');
  const file = answer.overlay ?? 'an overlay beside the spec (<name>.overlay.yaml)';
  const hint = `Find out, and write to ${file} under actions:\n${overlay.replaceAll(/^/gm, '  ')}`;
  return { ...error(code, message, hint, location), overlay };
}

export function warning(code: ProblemCode, message: string, hint: string, location?: Location): Problem {
  return { code, severity: 'warning', message, hint, ...(location === undefined ? {} : { location }) };
}

/** Collects problems while work goes on, so that a person sees all of them at once. */
export class Problems {
  readonly #list: Problem[] = [];
  readonly #known = new Set<string>();

  /** One mistake is one problem, however often it is met. */
  add(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      const key = JSON.stringify(problem);
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.#list.push(problem);
    }
  }

  /** The value, unless an error has been collected. */
  result<T>(value: T): Result<T> {
    const hasError = this.#list.some(({ severity }) => severity === 'error');
    return hasError ? { ok: false, problems: this.#list } : { ok: true, value, problems: this.#list };
  }

  get failed(): boolean {
    return this.#list.some(({ severity }) => severity === 'error');
  }

  get list(): readonly Problem[] {
    return this.#list;
  }
}
