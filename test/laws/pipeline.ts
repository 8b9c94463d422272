import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Analysis, analyse, type ProviderInput } from '../../generator/analyse.js';
import { type Compiled, compile } from '../../generator/generate.js';
import type { Problem, Result } from '../../generator/problem.js';
import { type Json, writeJson } from '../fixtures/json.js';
import { declare } from '../fixtures/pack.js';
import { answersTo, EXTRAS, pickBy } from './answering.js';
import type { Case } from './documents.js';

/** A case as files, with its questions answered as far as answers help. */
export interface Prepared {
  readonly id: string;
  /** Without any overlay. */
  readonly bare: ProviderInput;
  readonly input: ProviderInput;
  /** What the overlay of the input declares. */
  readonly actions: readonly Json[];
  readonly analysis: Analysis;
  readonly digests: ReadonlyMap<string, string>;
}

/** What became of a document: a client of refunds, one of its operations only, or problems. */
export type Outcome = 'normalized' | 'native' | 'problem';

/** Answers may raise further questions, and some answers are no answers: after so many, what is open stays open. */
const MOST_ROUNDS = 10;

/** Writes a case, and answers what is asked where it does not say how. */
export async function prepare({ actions, choice, document }: Case, id: string, folder: string): Promise<Prepared> {
  const spec = path.join(folder, `${id}.json`);
  await writeFile(spec, writeJson(document));
  const bare: ProviderInput = Object.freeze({ id, spec, overlay: undefined, overlays: Object.freeze([]) });
  const known = actions === undefined ? await answerAll(bare, choice) : await declareAll(bare, actions);
  return { id, bare, ...known, digests: await digestsOf(known.input) };
}

type Declared = Pick<Prepared, 'actions' | 'input' | 'analysis'>;

/** Answers until nothing is asked. An answer that is an error is taken back, as a person would. */
async function answerAll(bare: ProviderInput, choice: number): Promise<Declared> {
  const pick = pickBy(choice);
  let known: Declared = { actions: [], input: bare, analysis: await analyse(bare) };
  const extra = pick([true, false, false]) === true ? pick(EXTRAS) : undefined;
  let given: readonly Json[] = extra === undefined ? [] : [declare(extra)];
  for (let round = 0; round < MOST_ROUNDS && known.analysis.api === undefined; round += 1) {
    const actions = [...known.actions, ...given, ...answersTo(known.analysis, bare.id, pick)];
    if (actions.length === known.actions.length) break;
    const next = await declareAll(bare, actions);
    if (!isRefused(next.analysis)) known = next;
    given = [];
  }
  // The overlay of an answer that was taken back may stand there.
  return known.actions.length === 0 ? known : declareAll(bare, known.actions);
}

async function declareAll(bare: ProviderInput, actions: readonly Json[]): Promise<Declared> {
  const overlay = bare.spec.replace(/\.json$/, '.overlay.json');
  const info = { title: 'Facts', version: '1' };
  await writeFile(overlay, writeJson({ overlay: '1.0.0', info, actions: [...actions] }));
  const input = Object.freeze({ ...bare, overlay, overlays: Object.freeze([overlay]) });
  return { actions, input, analysis: await analyse(input) };
}

/** Whether what is declared is wrong. */
function isRefused({ problems }: Analysis): boolean {
  return problems.some(
    ({ code, overlay, severity }) => severity === 'error' && overlay === undefined && DECLARED.has(code),
  );
}

const DECLARED: ReadonlySet<string> = new Set(['R010', 'R013', 'R014', 'R032', 'R044']);

/** The SHA-256 of the files of an input. */
export async function digestsOf({ overlay, spec }: ProviderInput): Promise<ReadonlyMap<string, string>> {
  const files = [spec, ...(overlay === undefined ? [] : [overlay])];
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file)] as const));
  return new Map(texts.map(([file, bytes]) => [file, createHash('sha256').update(bytes).digest('hex')]));
}

export interface Generated {
  readonly outcome: Outcome;
  /** The files that it was generated from. */
  readonly input: ProviderInput;
  readonly compiled: Compiled | undefined;
  readonly problems: readonly Problem[];
}

/** A client of refunds where all is known, and else one of the operations. */
export async function generate({ bare, input }: Pick<Prepared, 'bare' | 'input'>): Promise<Generated> {
  const whole = await compile([input]);
  if (whole.ok) return { outcome: 'normalized', input, compiled: whole.value, problems: whole.problems };
  let problems = whole.problems;
  for (const files of new Set([input, bare])) {
    const native: Result<Compiled> = await compile([files], { nativeOnly: true });
    problems = [...problems, ...native.problems];
    if (native.ok) return { outcome: 'native', input: files, compiled: native.value, problems };
  }
  return { outcome: 'problem', input, compiled: undefined, problems };
}
