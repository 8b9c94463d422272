import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../templates/runtime/connection.js';
import { type FormStyle, formBody } from '../../templates/runtime/form.js';
import { ExactNumber, UnwritableError } from '../../templates/runtime/json.js';
import { callNative } from '../../templates/runtime/native.js';
import { checkInput, type Operation, writeRequest } from '../../templates/runtime/request.js';
import { json, type Loopback, listen } from '../loopback.js';

type Styles = Readonly<Record<string, FormStyle>>;

/** The body, decoded once: names and texts as a server sees them before it looks at brackets. */
function pairs(body: unknown, styles?: Styles): string[] {
  return [...new URLSearchParams(formBody(styles).write(body))].map(([name, text]) => `${name}=${text}`);
}

function faultOf(body: unknown, styles?: Styles): UnwritableError {
  try {
    formBody(styles).write(body);
  } catch (error) {
    if (error instanceof UnwritableError) return error;
    throw error;
  }
  throw new Error('it was written');
}

describe('what is written', () => {
  test('single values: texts, exact numbers, booleans', () => {
    const amount = new ExactNumber('9007199254740993');
    expect(pairs({ b: 'ü & =', a: amount, c: true, d: false, e: 0.5, f: '', g: new ExactNumber('12.50') })).toEqual([
      'a=9007199254740993',
      'b=ü & =',
      'c=true',
      'd=false',
      'e=0.5',
      'f=',
      'g=12.50',
    ]);
  });

  test('bytes as WHATWG has them', () => {
    expect(formBody().write({ a: 'x y+z', ü: "é*-._~!'()", m: { k: '1' } })).toBe(
      'a=x+y%2Bz&m%5Bk%5D=1&%C3%BC=%C3%A9*-._%7E%21%27%28%29',
    );
  });

  test('what is undefined is left out, and an object that has nothing else', () => {
    expect(pairs({ a: undefined, b: '1', c: { d: undefined, e: '2' } })).toEqual(['b=1', 'c[e]=2']);
    expect(pairs({ a: { b: undefined }, c: {}, d: { e: { f: {} } } })).toEqual([]);
    expect(formBody().write({})).toBe('');
  });

  test('dates as in JSON', () => {
    expect(pairs({ at: new Date(0), list: [new Date(0)] })).toEqual([
      'at=1970-01-01T00:00:00.000Z',
      'list[0]=1970-01-01T00:00:00.000Z',
    ]);
  });

  test.each<[FormStyle | undefined, unknown, readonly string[]]>([
    [undefined, ['x', 'y'], ['a[0]=x', 'a[1]=y']],
    ['indices', ['x', 'y'], ['a[0]=x', 'a[1]=y']],
    ['indices', [{ b: 1, c: ['x'] }, { b: 2 }], ['a[0][b]=1', 'a[0][c][0]=x', 'a[1][b]=2']],
    ['indices', { b: { c: 'x' }, 7: true }, ['a[7]=true', 'a[b][c]=x']],
    ['indices', [['x'], ['y']], ['a[0][0]=x', 'a[1][0]=y']],
    ['brackets', ['x', 'y'], ['a[]=x', 'a[]=y']],
    ['brackets', { b: ['x', 'y'] }, ['a[b][]=x', 'a[b][]=y']],
    ['brackets', [{ b: 1 }, { b: 2 }], ['a[0][b]=1', 'a[1][b]=2']],
    ['brackets', ['x', { b: 2 }], ['a[0]=x', 'a[1][b]=2']],
    ['brackets', [['x', 'y']], ['a[0][]=x', 'a[0][]=y']],
    ['repeat', ['x', 1, true], ['a=x', 'a=1', 'a=true']],
    ['repeat', 'x', ['a=x']],
    ['comma', ['x', new ExactNumber('2.50')], ['a=x,2.50']],
    ['comma', 'x', ['a=x']],
    ['json', { c: [1, null], b: new ExactNumber('1.50') }, ['a={"b":1.50,"c":[1,null]}']],
    ['json', [], ['a=[]']],
    ['json', 'x', ['a="x"']],
    ['json', null, ['a=null']],
  ])('%s: %j', (style, value, wanted) => {
    expect(pairs({ a: value }, style === undefined ? {} : { a: style })).toEqual(wanted);
  });

  test('a style is for its field only, and an inherited name is no style', () => {
    expect(pairs({ a: ['x'], b: ['x'], constructor: ['x'] }, { a: 'repeat' })).toEqual([
      'a=x',
      'b[0]=x',
      'constructor[0]=x',
    ]);
  });

  test('names with brackets, where the spec has them', () => {
    expect(pairs({ 'expand[]': 'charge', 'metadata[order]': '1' })).toEqual(['expand[]=charge', 'metadata[order]=1']);
  });
});

describe('what is a fault, with its field', () => {
  const cycle: Record<string, unknown> = { a: 1 };
  cycle['self'] = { deeper: cycle };
  const loop: unknown[] = [];
  loop.push([loop]);
  let deep: unknown = 'x';
  for (let level = 0; level < 100; level += 1) deep = { a: deep };
  const odd = { toJSON: () => odd };

  test.each<[string, FormStyle | undefined, unknown, string]>([
    ['null', undefined, null, 'body.a'],
    ['null inside', undefined, { b: { c: null } }, 'body.a.b.c'],
    ['null in a list', 'brackets', ['x', null], 'body.a.1'],
    ['null in a repeated list', 'repeat', [null], 'body.a.0'],
    ['an empty list', undefined, [], 'body.a'],
    ['an empty list inside', 'brackets', { b: [] }, 'body.a.b'],
    ['an empty repeated list', 'repeat', [], 'body.a'],
    ['an empty list with commas', 'comma', [], 'body.a'],
    ['an empty object in a list', undefined, [{ b: 1 }, {}], 'body.a.1'],
    ['undefined in a list', undefined, ['x', undefined], 'body.a.1'],
    ['a hole', 'brackets', new Array(2), 'body.a.0'],
    ['a hole in a repeated list', 'repeat', new Array(2), 'body.a.0'],
    ['an object in a repeated list', 'repeat', ['x', { b: 1 }], 'body.a.1'],
    ['a list in a repeated list', 'repeat', [['x']], 'body.a.0'],
    ['an object with commas', 'comma', { b: 1 }, 'body.a'],
    ['an object, repeated', 'repeat', { b: 1 }, 'body.a'],
    ['a comma in a list with commas', 'comma', ['x', 'y,z'], 'body.a.1'],
    ['no text in a list with commas', 'comma', ['x', ''], 'body.a.1'],
    ['NaN', undefined, Number.NaN, 'body.a'],
    ['Infinity', undefined, [Number.POSITIVE_INFINITY], 'body.a.0'],
    ['bigint', undefined, 5n, 'body.a'],
    ['a function', undefined, () => 5, 'body.a'],
    ['a symbol', undefined, Symbol('x'), 'body.a'],
    ['half a surrogate pair', undefined, 'x\ud800', 'body.a'],
    ['a Map', undefined, new Map([['b', 1]]), 'body.a'],
    ['a Set', 'indices', new Set(['x']), 'body.a'],
    ['NaN in JSON', 'json', { b: Number.NaN }, 'body.a.b'],
    ['a bracket in a name', undefined, { 'b]': 1 }, 'body.a.b]'],
    ['another bracket in a name', undefined, { 'b[c': 1 }, 'body.a.b[c'],
    ['an empty name', undefined, { '': 1 }, 'body.a.'],
  ])('%s', (_, style, value, field) => {
    const fault = faultOf({ a: value }, style === undefined ? {} : { a: style });
    expect(fault.field).toBe(field);
    expect(fault.message).toContain(field);
  });

  test.each([
    ['a cycle', cycle],
    ['a list in itself', loop],
    ['too much depth', deep],
    ['what describes itself as itself', odd],
  ])('%s', (_, value) => {
    expect(faultOf({ a: value }).fault).toContain('nested too deeply');
    expect(faultOf({ a: value }, { a: 'json' }).fault).toContain('nested too deeply');
  });

  test.each([[[]], ['x'], [5], [null], [true]])('a body that is %j', (body) => {
    expect(faultOf(body).field).toBe('body');
  });

  test('two fields that write one name', () => {
    expect(faultOf({ 'a[b]': 1, a: { b: 2 } }).field).toBe('body.a[b]');
    expect(faultOf({ 'a[]': 1, a: ['x'] }, { a: 'brackets' }).field).toBe('body.a[]');
  });

  test('half a surrogate pair in a name', () => {
    expect(faultOf({ a: { 'b\ud800': 'x' } }).field).toBe('body.a.b\ud800');
    expect(faultOf({ 'a\ud800': 'x' }).field).toBe('body.a\ud800');
  });
});

interface Node {
  text?: string;
  readonly inner: Map<string, Node>;
}

/** Reads names with brackets as servers do: `a[b][0]`, with lists where all keys are indices, and `[]` appending. */
function decodeForm(body: string): unknown {
  const root: Node = { inner: new Map() };
  for (const [name, text] of new URLSearchParams(body)) {
    const [first = '', ...rest] = name.replaceAll(']', '').split('[');
    let node = root;
    for (const key of [first, ...rest]) {
      const own = key === '' ? String(node.inner.size) : key;
      const next: Node = node.inner.get(own) ?? { inner: new Map() };
      node.inner.set(own, next);
      node = next;
    }
    if (node.text !== undefined) throw new Error(`${name} comes twice`);
    node.text = text;
  }
  return decoded(root);
}

function decoded({ inner, text }: Node): unknown {
  if (text !== undefined) return text;
  const keys = [...inner.keys()];
  if (keys.length > 0 && keys.every((key, index) => key === String(index))) return [...inner.values()].map(decoded);
  return Object.fromEntries([...inner].map(([key, node]) => [key, decoded(node)]));
}

/** The value as texts, as a form has no other types. */
function asTexts(value: unknown): unknown {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asTexts(item)]));
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('laws', () => {
  // Numbers as keys are read as places of a list; brackets are no part of a key.
  const key = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 6 })
    .filter((text) => !/^\d+$|[[\]]|\p{Surrogate}/u.test(text) && text !== '__proto__');
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)),
    fc.integer(),
    fc.boolean(),
    fc.bigInt().map((digits) => new ExactNumber(String(digits))),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const body = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });

  test.each<FormStyle>(['indices', 'brackets'])('%s: a reference decoder reads what was written', (style) => {
    fc.assert(
      fc.property(body, (given) => {
        const styles = Object.fromEntries(Object.keys(given).map((name) => [name, style]));
        expect(decodeForm(formBody(styles).write(given))).toEqual(asTexts(given));
      }),
    );
  });

  test('json: every field is the JSON that was given', () => {
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 4, noNullPrototype: true }), (given) => {
        const styles: Styles = Object.fromEntries(Object.keys(given).map((name) => [name, 'json']));
        const read = [...new URLSearchParams(formBody(styles).write(given))].map(([name, text]) => [
          name,
          JSON.parse(text),
        ]);
        expect(Object.fromEntries(read)).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
  });

  test('one body has one sequence of bytes', () => {
    fc.assert(
      fc.property(body, (given) => {
        expect(formBody().write(reversed(given))).toBe(formBody().write(given));
      }),
    );
  });

  test('whatever comes is written or is a fault', () => {
    const styles: Styles = { a: 'repeat', b: 'comma', c: 'brackets', d: 'json' };
    fc.assert(
      fc.property(
        fc.record({ a: fc.anything(), b: fc.anything(), c: fc.anything(), d: fc.anything(), e: fc.anything() }),
        (given) => {
          try {
            formBody(styles).write(given);
          } catch (error) {
            expect(error).toBeInstanceOf(UnwritableError);
          }
        },
      ),
    );
  });
});

describe('an operation with a form', () => {
  const operation: Operation = {
    name: 'createRefund',
    method: 'POST',
    path: '/v1/refunds',
    parameters: [],
    body: {
      required: true,
      shape: {
        kind: 'object',
        required: ['charge'],
        fields: { charge: { kind: 'string' }, amount: { kind: 'integer', minimum: 1 }, metadata: { kind: 'any' } },
      },
      encoding: formBody({ metadata: 'brackets' }),
    },
  };
  let server: Loopback | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  test('goes over the wire as one', async () => {
    server = await listen(json(200, { id: 're_1' }));
    const connection = connect(
      {
        provider: 'acme',
        servers: {},
        auth: [[{ kind: 'header', name: 'Authorization', prefix: 'Bearer ', value: { credential: 'token' } }]],
        settings: [],
      },
      { baseUrl: server.url, auth: { token: 'sk_1' } },
    );
    const body = { metadata: { ref: 'rf 1', list: ['x', 'y'] }, charge: 'ch_1', amount: new ExactNumber('1250') };
    await callNative(connection, operation, { 200: 'json' }, { body });
    expect(server.seen).toEqual([
      {
        line: 'POST /v1/refunds HTTP/1.1',
        headers: {
          accept: 'application/json',
          authorization: 'Bearer sk_1',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'amount=1250&charge=ch_1&metadata%5Blist%5D%5B%5D=x&metadata%5Blist%5D%5B%5D=y&metadata%5Bref%5D=rf+1',
      },
    ]);
  });

  test('is checked before', () => {
    expect(checkInput(operation, { body: { charge: 'ch_1', amount: 0 } })).toMatchObject([{ field: 'body.amount' }]);
    expect(checkInput(operation, { body: { charge: 'ch_1', metadata: { ref: null } } })).toEqual([
      { field: 'body.metadata.ref', message: expect.stringContaining('null') },
    ]);
    expect(checkInput(operation, { body: { charge: 'ch_1', metadata: [] } })).toMatchObject([
      { field: 'body.metadata' },
    ]);
    expect(checkInput(operation, { body: { charge: 'ch_1' } })).toEqual([]);
  });

  test('may have an empty body, which is none of JSON', () => {
    const optional: Operation = {
      ...operation,
      body: { required: false, shape: { kind: 'object', fields: {} }, encoding: formBody() },
    };
    expect(writeRequest(optional, { body: {} }, 'https://acme.invalid')).toMatchObject({ body: '' });
    expect(writeRequest(optional, {}, 'https://acme.invalid')).not.toHaveProperty('body');
  });
});

test('says what it is', () => {
  expect(formBody().mediaType).toBe('application/x-www-form-urlencoded');
});

test('what is no object is refused as the body', () => {
  expect(faultOf([]).field).toBe('body');
  expect(faultOf({ a: { '': 1 } }).field).toMatch(/^body\.a/);
});
