import { expect, test } from 'vitest';
import { TEXT_KINDS } from './texts.js';

test.each(TEXT_KINDS)('texts of the kind $kind are read as they were', async ({ kind, texts, told }) => {
  await expect(`${texts.map(told).join('\n')}\n`).toMatchFileSnapshot(`texts/${kind}.snap`);
});
