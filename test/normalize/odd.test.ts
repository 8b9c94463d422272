import { expect, test } from 'vitest';
import { ODD, told } from './odd.js';

test.each(ODD)('what is odd in %s is told as it was', async (kind, inventions) => {
  const all = Object.entries(inventions).map(([name, invention]) => told(name, invention));
  await expect(`${all.join('\n')}\n`).toMatchFileSnapshot(`odd/${kind}.snap`);
});
