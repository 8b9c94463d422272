import { readAmount, writeAmount } from '../../templates/runtime/amount.js';
import { ExactNumber, parseJson, stringifyJson } from '../../templates/runtime/json.js';
import { money } from '../../templates/runtime/money.js';
import {
  CURRENCIES,
  exponentsOf,
  FORMATS,
  isBelow,
  nearest,
  OVERRIDES,
  type Writing,
  wantedDigits,
  wantedMinor,
} from './money-expected.js';

/** Every currency, unit, encoding and number of digits. */
export const WRITINGS: readonly Writing[] = CURRENCIES.flatMap((currency) =>
  FORMATS.flatMap((format) => OVERRIDES.map((override) => ({ currency, format, override }))),
);

/** Around the numbers where computers round, and beyond what any of them counts with. */
export const EDGES: readonly bigint[] = [
  1n,
  10n,
  12_345n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n,
  BigInt('123456789012345678901234567890'),
  BigInt('1'.padEnd(30, '0')),
];

/** The digits that go out; `undefined` where the amount is refused. */
export function written(writing: Writing, minor: bigint): string | undefined {
  const { wire } = writeAmount(money(writing.currency, minor), writing.format, exponentsOf(writing));
  return wire instanceof ExactNumber ? wire.text : wire;
}

/** What an amount that is written and read again does wrong; nothing where every law holds. */
export function faultsOf(writing: Writing, minor: bigint): readonly string[] {
  const { currency, format } = writing;
  const exponents = exponentsOf(writing);
  const { problem, wire } = writeAmount(money(currency, minor), format, exponents);
  const wanted = wantedDigits(writing, minor);
  const name = `${minor} ${JSON.stringify(writing)}`;
  if (wire === undefined) return wanted === undefined && problem !== '' ? [] : [`${name} is refused: ${problem}`];
  const text = wire instanceof ExactNumber ? wire.text : wire;
  if (text !== wanted) return [`${name} is ${text}, not ${wanted}`];
  const faults: string[] = [];
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) faults.push(`${name} is ${text}, which is no plain number`);
  const json = stringifyJson({ amount: wire });
  const isText = format.encoding === 'string';
  if (json !== (isText ? `{"amount":"${wanted}"}` : `{"amount":${wanted}}`)) faults.push(`${name} goes out as ${json}`);
  const parsed: unknown = JSON.parse(json).amount;
  if (parsed !== (isText ? wanted : nearest(wanted))) faults.push(`${name} is parsed as ${parsed}`);
  if (!isText && parseJson(json)?.numberAt(['amount']) !== wanted) faults.push(`${name} loses digits`);
  for (const code of [currency, currency.toLowerCase()]) {
    const read = readAmount(text, code, format, exponents);
    if (read?.minor !== minor || read.currency !== currency) faults.push(`${name} is read as ${read} of ${code}`);
  }
  return faults;
}

/** What two amounts that are written do wrong to each other: their order has to stay, and so has their difference. */
export function pairFaultsOf(writing: Writing, one: bigint, other: bigint): readonly string[] {
  const [first, second] = [written(writing, one), written(writing, other)];
  if (first === undefined || second === undefined) return [];
  const isKept = isBelow(first, second) === one < other && (first === second) === (one === other);
  return isKept ? [] : [`${one} and ${other} are ${first} and ${second} in ${JSON.stringify(writing)}`];
}

/** Texts up to this long are read; a longer one may be refused, and is never read as something else. */
const READ_LENGTH = 40;

/** The minor units that a token is read as. */
export function readMinor(writing: Writing, token: string): bigint | undefined {
  return readAmount(token, writing.currency, writing.format, exponentsOf(writing))?.minor;
}

/** What reading a token does wrong. */
export function readFaultsOf(writing: Writing, token: string): readonly string[] {
  const wanted = wantedMinor(writing, token);
  const read = readMinor(writing, token);
  const isFar = token.length > READ_LENGTH || /[eE][+-]?\d{2}/.test(token);
  if (read === wanted || (read === undefined && isFar)) return [];
  return [`${JSON.stringify(token)} is read as ${read}, not ${wanted}, in ${JSON.stringify(writing)}`];
}
