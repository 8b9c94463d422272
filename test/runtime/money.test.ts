import { data } from 'currency-codes';
import { describe, expect, test } from 'vitest';
import { ISO_4217, isCurrency } from '../../templates/runtime/iso4217.js';
import { full, money, parseMoney, partial } from '../../templates/runtime/money.js';

const CURRENCIES = Object.keys(ISO_4217).filter(isCurrency);

describe('ISO 4217', () => {
  const published = new Map(data.map(({ code, digits }) => [code, digits]));
  /** Metals, units of account, test and "no currency": ISO 4217 gives them no minor unit. */
  const NO_MINOR_UNIT = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' ');

  test.each(CURRENCIES.filter((code) => code !== 'XCG'))('%s has the published digits', (code) => {
    expect(ISO_4217[code]).toBe(published.get(code));
  });

  test('XCG has 2 digits, as ANG before it', () => {
    expect(ISO_4217.XCG).toBe(ISO_4217.ANG);
  });

  test('has every published code with a minor unit, and no other', () => {
    const wanted = [...published.keys()].filter((code) => !NO_MINOR_UNIT.includes(code));
    expect([...CURRENCIES].sort()).toEqual([...wanted, 'XCG'].sort());
  });

  test('is not what Intl says', () => {
    expect(ISO_4217).toMatchObject({ HUF: 2, IDR: 2, COP: 2, IQD: 3, AFN: 2, LBP: 2, ALL: 2, PKR: 2, MMK: 2, LYD: 3 });
  });

  test.each(['usd', 'Usd', ' USD', 'XXX', 'XAU', '', 'toString', '__proto__', 840, null, undefined])(
    'isCurrency(%j) is false',
    (code) => {
      expect(isCurrency(code)).toBe(false);
    },
  );
});

describe('money', () => {
  test.each([
    ['USD', '12.505'],
    ['JPY', '0.5'],
    ['EUR', '12,50'],
    ['EUR', ''],
    ['EUR', '1e999999999'],
  ] as const)('parseMoney(%s, %j) throws', (currency, text) => {
    expect(() => parseMoney(currency, text)).toThrow(RangeError);
    expect(() => parseMoney(currency, text)).toThrow(currency);
  });

  // Reflect.apply: what a caller without TypeScript can do.
  test.each([
    ['usd', 100n],
    ['XXX', 100n],
    ['', 100n],
    [undefined, 100n],
    ['toString', 100n],
    ['USD', 100],
    ['USD', 12.5],
    ['USD', '100'],
    ['USD', null],
    ['USD', undefined],
  ])('money(%j, %s) throws', (currency, minor) => {
    expect(() => Reflect.apply(money, undefined, [currency, minor])).toThrow(RangeError);
  });

  test('parseMoney refuses an unknown currency', () => {
    expect(() => Reflect.apply(parseMoney, undefined, ['usd', '1.00'])).toThrow(RangeError);
    expect(() => Reflect.apply(parseMoney, undefined, ['XXX', '1.00'])).toThrow(RangeError);
  });

  test.each([[12.5], [1e21], [0], [null], [undefined], [['5']]])('parseMoney takes text, not %j', (value) => {
    expect(() => Reflect.apply(parseMoney, undefined, ['USD', value])).toThrow();
  });

  test('is JSON and text', () => {
    expect(JSON.stringify({ money: money('USD', 1250n) })).toBe('{"money":{"currency":"USD","amount":"12.50"}}');
    expect(JSON.stringify(money('JPY', 1250n))).toBe('{"currency":"JPY","amount":"1250"}');
    expect(JSON.stringify(money('KWD', -5n))).toBe('{"currency":"KWD","amount":"-0.005"}');
    expect(String(money('USD', 1250n))).toBe('12.50 USD');
    expect(`${money('CLF', 1n)}`).toBe('0.0001 CLF');
  });

  test('cannot be changed', () => {
    const amount = money('USD', 1250n);
    expect(Reflect.set(amount, 'minor', 1n)).toBe(false);
    expect(amount.minor).toBe(1250n);
  });

  test('full and partial are told apart', () => {
    const amount = money('USD', 1250n);
    expect(full()).toEqual({ kind: 'full' });
    expect(full(amount)).toEqual({ kind: 'full', expect: amount });
    expect(partial(amount)).toEqual({ kind: 'partial', money: amount });
  });
});
