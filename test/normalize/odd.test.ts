import { expect, test } from 'vitest';
import type { Invention } from '../fixtures/invented/build.js';
import { normalized } from './normalized.js';
import { ODD_AMOUNTS } from './odd-amounts.js';
import { ODD_ANSWERS } from './odd-answers.js';
import { ODD_CONNECTIONS } from './odd-connections.js';
import { ODD_READINGS } from './odd-readings.js';
import { ODD_REQUESTS } from './odd-requests.js';
import { factLines, problemText } from './told.js';

const PLAIN = new Set(factLines(normalized().draft));

/** What is asked and told of an invention, and the facts that are others than those of the plainest one. */
function told(name: string, invention: Invention): string {
  const { api, draft, problems } = normalized(invention);
  const facts = factLines(draft);
  const lines = [
    ...problems.flatMap(problemText),
    ...facts.filter((fact) => !PLAIN.has(fact)),
    api === undefined ? 'open' : 'complete',
  ];
  return [`# ${name}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

test.each([
  ['amounts', ODD_AMOUNTS],
  ['requests', ODD_REQUESTS],
  ['answers', ODD_ANSWERS],
  ['readings', ODD_READINGS],
  ['connections', ODD_CONNECTIONS],
])('what is odd in %s is told as it was', async (kind, inventions) => {
  const all = Object.entries(inventions).map(([name, invention]) => told(name, invention));
  await expect(`${all.join('\n')}\n`).toMatchFileSnapshot(`odd/${kind}.snap`);
});
