import { expect, test } from 'vitest';
import { shortText } from '../../generator/slice/short-text.js';

const LONG = 'Words that say something about the refund. '.repeat(20).trim();

test.each([
  ['short texts stay', 'Refunds it.\n\nIn full, or in part.', 'Refunds it.\n\nIn full, or in part.'],
  ['of long ones the first paragraph', `Refunds it.\n\n${LONG}`, 'Refunds it.'],
  ['also between blank lines that are not empty', `Refunds it.\r\n \t\r\n${LONG}`, 'Refunds it.'],
  [
    'HTML goes',
    '<p class="x">An <a href="/a">amount</a>, in <code>minor</code> units.<br/></p>',
    'An amount, in minor units.',
  ],
  ['placeholders stay', 'The <id> of <refund_id>, 1 < 2 > 0', 'The <id> of <refund_id>, 1 < 2 > 0'],
  ['paragraphs of HTML are paragraphs', `<p>Refunds it.</p><p>${LONG}</p>`, 'Refunds it.'],
  ['of a long paragraph its first sentences', LONG, LONG.slice(0, 7 * 43 - 1 - 43)],
  ['of a long sentence its first words', 'word '.repeat(100), `${'word '.repeat(59)}word…`],
  ['of a long word its beginning', 'x'.repeat(400), `${'x'.repeat(299)}…`],
])('%s', (_, text, expected) => {
  expect(shortText(text, 300)).toBe(expected);
});

test('a text of tags and blanks takes no time', () => {
  const text = `${'<p '.repeat(50_000)}${'\n '.repeat(50_000)}`;
  const begin = performance.now();
  shortText(text, 300);
  expect(performance.now() - begin).toBeLessThan(2_000);
});
