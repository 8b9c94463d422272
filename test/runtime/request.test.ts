import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Shape } from '../../templates/runtime/check.js';
import { connect } from '../../templates/runtime/connection.js';
import { InvalidInputError } from '../../templates/runtime/errors.js';
import { ExactNumber } from '../../templates/runtime/json.js';
import { callNative } from '../../templates/runtime/native.js';
import type { Parameter, ParameterStyle } from '../../templates/runtime/parameter.js';
import { checkInput, type Operation, type OperationInput, writeRequest } from '../../templates/runtime/request.js';
import { json, type Loopback, listen } from '../loopback.js';

const ANY: Shape = { kind: 'any' };

function operation(...parameters: readonly Parameter[]): Operation {
  const path = parameters.filter(({ in: place }) => place === 'path').map(({ name }) => `/{${name}}`);
  return { name: 'find', method: 'GET', path: `/refunds${path.join('')}`, parameters };
}

function parameter(place: Parameter['in'], style?: ParameterStyle, shape: Shape = ANY): Parameter {
  return { name: 'a', in: place, required: false, ...(style === undefined ? {} : { style }), shape };
}

function written(place: Parameter['in'], style: ParameterStyle | undefined, value: unknown): string {
  const given = operation(parameter(place, style));
  const input: OperationInput = { [place]: { a: value } };
  expect(checkInput(given, input)).toEqual([]);
  const { headers, url } = writeRequest(given, input, 'https://acme.invalid');
  if (place === 'header') return headers.map(([name, text]) => `${name}: ${text}`).join('\n');
  return url.replace('https://acme.invalid/refunds', '');
}

describe('a query', () => {
  test.each<[ParameterStyle | undefined, unknown, string]>([
    [undefined, 'x y+&', '?a=x+y%2B%26'],
    [undefined, new ExactNumber('9007199254740993'), '?a=9007199254740993'],
    [undefined, true, '?a=true'],
    [undefined, '', '?a='],
    [undefined, ['x', 'y z'], '?a=x&a=y+z'],
    [undefined, [], ''],
    [undefined, 'x,y', '?a=x%2Cy'],
    ['comma', ['x', 'y&z', 5], '?a=x,y%26z,5'],
    ['comma', 'x', '?a=x'],
    ['space', ['x', 'y,z'], '?a=x%20y%2Cz'],
    ['pipe', ['x', 'y z'], '?a=x%7Cy+z'],
    ['brackets', ['x', 'y'], '?a%5B%5D=x&a%5B%5D=y'],
    ['deepObject', { c: new ExactNumber('1.50'), b: 'x' }, '?a%5Bb%5D=x&a%5Bc%5D=1.50'],
    ['deepObject', { b: undefined }, ''],
    ['deepObject', 'x', '?a=x'],
    ['json', { c: [1, null], b: 'x' }, '?a=%7B%22b%22%3A%22x%22%2C%22c%22%3A%5B1%2Cnull%5D%7D'],
    ['json', 'x', '?a=%22x%22'],
  ])('%s: %j', (style, value, wanted) => {
    expect(written('query', style, value)).toBe(wanted);
  });

  test('keeps the order in which it is given', () => {
    const given = operation(parameter('query'), { ...parameter('query'), name: 'b' });
    expect(writeRequest(given, { query: { b: 1, a: 2 } }, 'https://acme.invalid').url).toMatch('?b=1&a=2');
  });

  test('one object has one sequence of bytes', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { selector: ([key]) => key });
    fc.assert(
      fc.property(entries, (pairs) => {
        const request = (value: unknown): string | undefined => {
          const given = operation(parameter('query', 'deepObject'));
          const input = { query: { a: value } };
          return checkInput(given, input).length > 0
            ? undefined
            : writeRequest(given, input, 'https://acme.invalid').url;
        };
        expect(request(Object.fromEntries([...pairs].reverse()))).toBe(request(Object.fromEntries(pairs)));
      }),
    );
  });

  test.each<[ParameterStyle, string]>([
    ['comma', ','],
    ['space', ' '],
    ['pipe', '|'],
  ])('%s: a server that decodes and splits has the items', (style, separator) => {
    const item = fc.string({ minLength: 1 }).filter((text) => !text.includes(separator));
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const url = new URL(`https://acme.invalid/${written('query', style, items)}`);
        expect(url.searchParams.get('a')?.split(separator)).toEqual(items);
        expect([...url.searchParams.keys()]).toEqual(['a']);
      }),
    );
  });
});

describe('a path and a header', () => {
  test.each<[Parameter['in'], ParameterStyle | undefined, unknown, string]>([
    ['path', undefined, 'x/y z', '/x%2Fy%20z'],
    ['path', undefined, ['x', 'y/z'], '/x,y%2Fz'],
    ['path', undefined, new ExactNumber('12'), '/12'],
    ['path', undefined, 'x,y', '/x%2Cy'],
    ['path', 'json', { b: 1 }, '/%7B%22b%22%3A1%7D'],
    ['header', undefined, 'x', 'Accept: application/json\na: x'],
    ['header', undefined, ['x', 5], 'Accept: application/json\na: x,5'],
    ['header', 'json', { b: 1 }, 'Accept: application/json\na: {"b":1}'],
  ])('%s, %s: %j', (place, style, value, wanted) => {
    expect(written(place, style, value)).toBe(wanted);
  });
});

describe('what cannot be sent is a fault with its field', () => {
  test.each<[Parameter['in'], ParameterStyle | undefined, unknown, string]>([
    ['query', undefined, { b: 1 }, 'query.a'],
    ['query', undefined, [{ b: 1 }], 'query.a.0'],
    ['query', undefined, [['x']], 'query.a.0'],
    ['query', undefined, null, 'query.a'],
    ['query', undefined, ['x', null], 'query.a.1'],
    ['query', undefined, Number.NaN, 'query.a'],
    ['query', undefined, 'x\ud800', 'query.a'],
    ['query', undefined, new Map(), 'query.a'],
    ['query', undefined, new Date(0), 'query.a'],
    ['query', 'comma', { b: 1 }, 'query.a'],
    ['query', 'comma', ['x', 'y,z'], 'query.a.1'],
    ['query', 'comma', [''], 'query.a.0'],
    ['query', 'comma', [], 'query.a'],
    ['query', 'space', ['x y'], 'query.a.0'],
    ['query', 'pipe', ['x|y'], 'query.a.0'],
    ['query', 'brackets', [], 'query.a'],
    ['query', 'brackets', [{ b: 1 }], 'query.a.0'],
    ['query', 'brackets', { b: 1 }, 'query.a'],
    ['query', 'deepObject', ['x'], 'query.a'],
    ['query', 'deepObject', { b: { c: 1 } }, 'query.a.b'],
    ['query', 'deepObject', { b: null }, 'query.a.b'],
    ['query', 'deepObject', { 'b]': 1 }, 'query.a.b]'],
    ['query', 'deepObject', new Map([['b', 1]]), 'query.a'],
    ['query', 'json', { b: Number.NaN }, 'query.a.b'],
    ['path', undefined, { b: 1 }, 'path.a'],
    ['path', undefined, '', 'path.a'],
    ['path', undefined, '..', 'path.a'],
    ['path', undefined, ['.'], 'path.a'],
    ['path', undefined, [], 'path.a'],
    ['path', undefined, ['x,y'], 'path.a.0'],
    ['path', undefined, 'x\ud800', 'path.a'],
    ['header', undefined, { b: 1 }, 'header.a'],
    ['header', undefined, ['x', 'y\n'], 'header.a'],
    ['header', undefined, 'ü', 'header.a'],
    ['header', undefined, ' x', 'header.a'],
    ['header', 'json', { b: 'ü' }, 'header.a'],
  ])('%s, %s: %j', (place, style, value, field) => {
    const given = operation(parameter(place, style));
    expect(checkInput(given, { [place]: { a: value } }).map((fault) => fault.field)).toEqual([field]);
    expect(() => writeRequest(given, { [place]: { a: value } }, 'https://acme.invalid')).toThrow(field);
  });

  test('once, where the spec forbids it, too', () => {
    const given = operation(parameter('query', undefined, { kind: 'string' }));
    expect(checkInput(given, { query: { a: { b: 1 } } })).toEqual([{ field: 'query.a', message: 'must be a string' }]);
  });

  test('beside another fault of the same place', () => {
    const given = operation(parameter('query'), { ...parameter('query'), name: 'ab', shape: { kind: 'string' } });
    expect(checkInput(given, { query: { a: { b: 1 }, ab: 5 } }).map(({ field }) => field)).toEqual([
      'query.ab',
      'query.a',
    ]);
  });

  test('whatever comes', () => {
    const styles: (ParameterStyle | undefined)[] = [
      undefined,
      'comma',
      'space',
      'pipe',
      'brackets',
      'deepObject',
      'json',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...styles),
        fc.constantFrom('path', 'query', 'header'),
        fc.anything(),
        (style, place, value) => {
          const given = operation(parameter(place, style));
          const input = { path: { a: 'x' }, [place]: { a: value } };
          const parameters = [...given.parameters, parameter('path')].slice(0, place === 'path' ? 1 : 2);
          const asked = { ...given, path: '/refunds/{a}', parameters };
          if (value === undefined || checkInput(asked, input).length > 0) return;
          const { headers, url } = writeRequest(asked, input, 'https://acme.invalid');
          expect(`${url} ${JSON.stringify(headers)}`).not.toContain('[object');
        },
      ),
    );
  });

  test('a path whose value is missing is never written', () => {
    expect(() => writeRequest(operation(parameter('path')), {}, 'https://acme.invalid')).toThrow('path.a');
  });
});

describe('over the wire', () => {
  let server: Loopback | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  test('a server sees what was written; what cannot be written is not sent', async () => {
    server = await listen(json(200, {}));
    const connection = connect(
      {
        provider: 'acme',
        servers: {},
        auth: [[{ kind: 'query', name: 'key', value: { credential: 'key' } }]],
        settings: [],
      },
      { baseUrl: server.url, auth: { key: 'k_1' } },
    );
    const given = operation(
      { ...parameter('path'), name: 'id', required: true },
      { ...parameter('query', 'deepObject'), name: 'created' },
      { ...parameter('query', 'comma'), name: 'status' },
      { ...parameter('query', 'pipe'), name: 'kind' },
      { ...parameter('header'), name: 'X-Tags' },
    );
    const query = { created: { lte: 5, gte: 3 }, status: ['done', 'new'], kind: ['a', 'b'] };
    const call = (input: OperationInput) => callNative(connection, given, { 200: 'json' }, input);
    await call({ path: { id: 're_1' }, query, header: { 'X-Tags': ['x', 'y'] } });
    expect(server.seen).toEqual([
      {
        line: 'GET /refunds/re_1?created%5Bgte%5D=3&created%5Blte%5D=5&status=done,new&kind=a%7Cb&key=k_1 HTTP/1.1',
        headers: { accept: 'application/json', 'x-tags': 'x,y' },
        body: '',
      },
    ]);
    await expect(call({ path: { id: 're_1' }, query: { status: { done: true } } })).rejects.toThrow(InvalidInputError);
    expect(server.seen).toHaveLength(1);
  });
});
