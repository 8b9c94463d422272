import fc from 'fast-check';

const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 21 }).map((all) => all.join(''));
const sign = fc.constantFrom('', '', '', '-', '+', '--');
const fraction = fc.oneof(
  fc.constant(''),
  digits.map((text) => `.${text.slice(0, 6)}`),
  fc.nat(9).map((zeros) => `.${'0'.repeat(zeros)}`),
  fc.constantFrom('.00', '.5', ',50', '.5.0'),
);
const exponent = fc.oneof(
  { arbitrary: fc.constant(''), weight: 4 },
  fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.nat(12)).map((parts) => parts.join('')),
  fc.constantFrom('e', 'e1.5', 'e999999999', 'E-400'),
);
const plain = fc.tuple(sign, digits, fraction, exponent).map((parts) => parts.join(''));

/** What stands around or inside of numbers, and is none of them. */
const STRANGE = [..." \t\n\u0000\u00a0\u200b\u2212\uff11\u0661_,.'$eExn+-abINF"];

/** A number with a strange character somewhere. */
const broken = fc
  .tuple(plain, fc.constantFrom(...STRANGE), fc.nat())
  .map(([text, strange, at]) => text.slice(0, at % (text.length + 1)) + strange + text.slice(at % (text.length + 1)));

/** Texts that a provider may write for an amount, or that something else may have put there. */
export const anyToken: fc.Arbitrary<string> = fc.oneof({ arbitrary: plain, weight: 3 }, broken);

/** Texts that people and programs have taken for numbers. */
export const KNOWN_TOKENS: readonly string[] = [
  ...['1e2', '1E2', '1.0', '1.', '.5', '-0', '0', '+1', '01', '007', '-01', '1_000', '1,000', '1 000', '1\u00a0000'],
  ...['１２', '١٢', '\u22121', ' 1', '1 ', '\t1', '1\n', '\ufeff1', '0x10', '0b1', '0o7', '1n', '1f', '1/2', '½', 'Ⅻ'],
  ...[
    '',
    '-',
    '--1',
    '1-',
    '1e',
    'e1',
    '1e+',
    '1e1.5',
    '1.2.3',
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    'true',
    '[1]',
    '$1',
    '1 USD',
    '1,5',
    '1,000.00',
    '1\u0000',
  ],
  ...['0.1', '0.10', '0.100', '0.001', '0.0001', '0.00001', '12.3450', '1e-1', '1.5e1', '100e-2', '0e0', '0e-9', '-1'],
  ...['9007199254740993', '9223372036854775808', '18446744073709551616', '90071992547409.93', '1e20', '1e21', '1e40'],
  ...['9'.repeat(40), '9'.repeat(41), `0.${'0'.repeat(37)}1`, `1.${'0'.repeat(60)}`, '1e999999999', '1e-999999999'],
];
