import type { Draft } from '../../generator/normalize/draft.js';
import type { Invention } from '../fixtures/invented/build.js';
import { normalized } from './normalized.js';
import { ODD_AMOUNTS } from './odd-amounts.js';
import { ODD_ANSWERS } from './odd-answers.js';
import { ODD_CONNECTIONS } from './odd-connections.js';
import { ODD_EVIDENCE } from './odd-evidence.js';
import { ODD_GUESSES } from './odd-guesses.js';
import { ODD_READINGS } from './odd-readings.js';
import { ODD_REQUESTS } from './odd-requests.js';
import { ODD_SHAPES } from './odd-shapes.js';
import { factLines, problemText } from './told.js';

/** Inventions that are odd in some way, by what is odd in them and by name. */
export const ODD: readonly (readonly [kind: string, inventions: Readonly<Record<string, Invention>>])[] = [
  ['amounts', ODD_AMOUNTS],
  ['requests', ODD_REQUESTS],
  ['answers', ODD_ANSWERS],
  ['readings', ODD_READINGS],
  ['connections', ODD_CONNECTIONS],
  ['shapes', ODD_SHAPES],
  ['guesses', ODD_GUESSES],
  ['evidence', ODD_EVIDENCE],
];

let plain: ReadonlySet<string> | undefined;

/** The facts of the plainest invention. */
function plainFacts(): ReadonlySet<string> {
  plain ??= new Set(factLines(normalized().draft));
  return plain;
}

/** What a client demands of the field `it`, without what it does not demand. */
function shapeLines(draft: Draft | undefined): readonly string[] {
  const shape = draft?.native.operations[0]?.body?.shape;
  const field = shape?.kind === 'object' ? shape.fields.find(({ name }) => name === 'it') : undefined;
  if (field === undefined) return [];
  const demanded = (key: string, value: unknown): unknown =>
    value === null || value === false || (key === 'description' && value === '') ? undefined : value;
  return [JSON.stringify(field.shape, demanded)];
}

/** What is asked and told of an invention, and the facts that are others than those of the plainest one. */
export function told(name: string, invention: Invention): string {
  const { api, draft, problems } = normalized(invention);
  const facts = factLines(draft);
  const lines = [
    ...problems.flatMap(problemText),
    ...facts.filter((fact) => !plainFacts().has(fact)),
    ...shapeLines(draft),
    api === undefined ? 'open' : 'complete',
  ];
  return [`# ${name}`, ...lines.map((line) => `  ${line}`)].join('\n');
}
