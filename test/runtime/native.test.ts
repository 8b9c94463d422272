import { describe, expect, test } from 'vitest';
import { callNative } from '../../templates/runtime/native.js';
import { checkInput, type Operation, writeRequest } from '../../templates/runtime/request.js';
import { json, type Reply, text } from '../loopback.js';
import { acme } from './acme.js';

const OPERATION: Operation = { name: 'listRefunds', method: 'GET', path: '/refunds', parameters: [] };
const ANSWERS = { 200: 'json', 201: 'text', 204: 'none', '4XX': 'json', default: 'text' } as const;

async function call(reply: Reply, answers: Parameters<typeof callNative>[2] = ANSWERS): Promise<unknown> {
  const { connection } = await acme([reply]);
  return callNative(connection, OPERATION, answers, {});
}

function untyped(status: number, body: string | Buffer = ''): Reply {
  return (response) => {
    response.writeHead(status).end(body);
  };
}

describe('an answer of a native operation', () => {
  test.each<[string, Reply, object]>([
    ['JSON', json(200, { a: 1 }), { status: 200, httpStatus: 200, body: { a: 1 } }],
    ['JSON that is not said to be it', untyped(200, '[1]'), { status: 200, httpStatus: 200, body: [1] }],
    ['a text', text(201, 'done'), { status: 201, httpStatus: 201, body: 'done' }],
    ['a text that is not said to be one', untyped(201, 'done'), { status: 201, httpStatus: 201, body: 'done' }],
    ['nothing', untyped(204), { status: 204, httpStatus: 204, body: undefined }],
    ['one of a range', json(418, {}), { status: '4XX', httpStatus: 418, body: {} }],
    ['any other', text(500, 'oops'), { status: 'default', httpStatus: 500, body: 'oops' }],
  ])('is declared: %s', async (_, reply, answer) => {
    expect(await call(reply)).toStrictEqual(answer);
  });

  test.each<[string, number, Reply, string]>([
    ['a text instead of JSON', 200, text(200, 'done'), 'done'],
    ['half a JSON', 200, json(200, '{"a"'), '{"a"'],
    ['JSON instead of a text', 201, json(201, '"done"'), '"done"'],
    ['what is not UTF-8', 200, untyped(200, Buffer.from([0xff])), ''],
  ])('is not declared: %s', async (_, httpStatus, reply, body) => {
    expect(await call(reply)).toStrictEqual({ status: 'undeclared', httpStatus, body });
  });

  test('is not declared where its status is not', async () => {
    expect(await call(json(404, { a: 1 }), { 200: 'json', '5XX': 'json' })).toStrictEqual({
      status: 'undeclared',
      httpStatus: 404,
      body: '{"a":1}',
    });
    expect(await call(json(200, {}), {})).toMatchObject({ status: 'undeclared' });
    expect(await call(json(503, {}), { '5XX': 'json' })).toMatchObject({ status: '5XX' });
  });

  test('is told to an observer as one request', async () => {
    const events: unknown[] = [];
    const { connection } = await acme([json(200, {})], { hooks: { onRequest: (event) => events.push(event) } });
    await callNative(connection, OPERATION, ANSWERS, {});
    expect(events).toMatchObject([{ operation: 'listRefunds', attempt: 1 }]);
  });
});

describe('an input of a native operation', () => {
  test('has one fault where its shape and its text are wrong', () => {
    const operation: Operation = {
      ...OPERATION,
      parameters: [{ name: 'a', in: 'query', required: true, shape: { kind: 'string' } }],
    };
    expect(checkInput(operation, { query: { a: [null] } })).toEqual([
      { field: 'query.a', message: 'must be a string' },
    ]);
  });

  test('is not at fault for what fails otherwise', () => {
    const operation: Operation = { ...OPERATION, body: { required: true, shape: { kind: 'any' } } };
    const failing = {
      toJSON: () => {
        throw new RangeError('not this');
      },
    };
    expect(() => checkInput(operation, { body: failing })).toThrow(RangeError);
  });

  test('leaves nothing in the query of an object without fields', () => {
    const operation: Operation = {
      ...OPERATION,
      parameters: [
        { name: 'a', in: 'query', required: false, style: 'deepObject', shape: { kind: 'any' } },
        { name: 'b', in: 'query', required: false, shape: { kind: 'any' } },
      ],
    };
    const url = (query: Readonly<Record<string, unknown>>): string =>
      writeRequest(operation, { query }, 'https://acme.invalid').url;
    expect(url({ a: {}, b: '1' })).toBe('https://acme.invalid/refunds?b=1');
    expect(url({ b: '1', a: {} })).toBe('https://acme.invalid/refunds?b=1');
    expect(url({ a: {} })).toBe('https://acme.invalid/refunds');
  });

  test('is written in the style of its own place', () => {
    const operation: Operation = {
      ...OPERATION,
      parameters: [
        { name: 'a', in: 'header', required: false, style: 'json', shape: { kind: 'any' } },
        { name: 'a', in: 'query', required: false, shape: { kind: 'any' } },
      ],
    };
    const { headers, url } = writeRequest(
      operation,
      { header: { a: ['x'] }, query: { a: ['x', 'y'] } },
      'https://acme.invalid',
    );
    expect(url).toBe('https://acme.invalid/refunds?a=x&a=y');
    expect(headers).toContainEqual(['a', '["x"]']);
  });
});
