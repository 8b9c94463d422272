import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { load, type SpecFiles } from '../../generator/load/load.js';
import { resolve, type SpecDocument } from '../../generator/load/spec-document.js';
import type { Problem, Result } from '../../generator/problem.js';
import { inFolder } from '../fixtures/pack.js';
import { htmlOk, json, type Loopback, listen, type Reply, text, truncated } from '../loopback.js';
import { valueFrom } from '../output/folder.js';

const SPEC = { openapi: '3.0.3', info: { title: 'Acme', version: '1' }, paths: {} };
const SECRET = 's3cret-value';

/** Serves by path; every other path is a 404. */
function routes(replies: Readonly<Record<string, Reply>>): Reply {
  return (response, request) => (replies[request.url ?? ''] ?? json(404, {}))(response, request);
}

function redirect(location: string, status = 302): Reply {
  return (response) => {
    response.writeHead(status, { location }).end();
  };
}

async function serving<T>(replies: Readonly<Record<string, Reply>>, use: (server: Loopback) => Promise<T>): Promise<T> {
  const server = await listen(routes(replies));
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

function loadUrl(spec: string, more: Partial<SpecFiles> = {}): Promise<Result<SpecDocument>> {
  return load({ spec, overlay: undefined, ...more });
}

async function refusal(spec: string, more: Partial<SpecFiles> = {}): Promise<Problem> {
  const result = await loadUrl(spec, more);
  const [problem] = result.problems;
  if (result.ok || problem === undefined) throw new Error('a problem was expected');
  return problem;
}

function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a spec at a URL', () => {
  test('is read, and says what it was', async () => {
    await serving({ '/api/spec.json': json(200, SPEC) }, async ({ url, seen }) => {
      const document = valueFrom(await loadUrl(`${url}/api/spec.json`));
      expect(document.value).toEqual(SPEC);
      expect(document.spec).toMatchObject({ file: `${url}/api/spec.json`, name: 'spec.json' });
      expect(document.pin).toEqual({ url: `${url}/api/spec.json`, sha256: sha256(JSON.stringify(SPEC)) });
      expect(seen.map(({ line }) => line)).toEqual(['GET /api/spec.json HTTP/1.1']);
    });
  });

  test('may be YAML, whatever its type', async () => {
    await serving({ '/spec': text(200, 'openapi: 3.0.3\ninfo: {}\npaths: {}\n') }, async ({ url }) => {
      expect(valueFrom(await loadUrl(`${url}/spec`)).value['openapi']).toBe('3.0.3');
    });
  });

  test('of Swagger 2.0 is served from where it came from, if it does not say', async () => {
    await serving({ '/spec': json(200, { swagger: '2.0', basePath: '/v1', paths: {} }) }, async ({ url }) => {
      expect(valueFrom(await loadUrl(`${url}/spec`)).value['servers']).toEqual([{ url: `${url}/v1` }]);
    });
  });

  test('of a file has no pin', async () => {
    await inFolder({ 'spec.json': SPEC }, async (folder) => {
      expect(valueFrom(await loadUrl(path.join(folder, 'spec.json'))).pin).toBeUndefined();
    });
  });

  test('that is the pinned one is read', async () => {
    await serving({ '/spec': json(200, SPEC) }, async ({ url }) => {
      const pin = { url: `${url}/spec`, sha256: sha256(JSON.stringify(SPEC)) };
      expect((await loadUrl(`${url}/spec`, { pin })).problems).toEqual([]);
    });
  });

  test('that has changed is an error, unless the pin is of another URL', async () => {
    await serving({ '/spec': json(200, SPEC) }, async ({ url }) => {
      const problem = await refusal(`${url}/spec`, { pin: { url: `${url}/spec`, sha256: 'a'.repeat(64) } });
      expect(problem.code).toBe('R007');
      expect(problem.hint).toContain('--refresh');
      expect((await loadUrl(`${url}/spec`, { pin: { url: `${url}/old`, sha256: 'a'.repeat(64) } })).ok).toBe(true);
    });
  });
});

describe('what cannot be fetched', () => {
  test.each([
    ['another host over http', 'http://acme.example/spec.json'],
    ['a user and a password', 'https://me:hidden@acme.example/spec.json'],
    ['another protocol', 'ftp://acme.example/spec.json'],
    ['a file', 'file:///etc/hostname'],
    ['data', 'data:application/json,{}'],
    ['no URL', 'https://'],
  ])('%s is refused', async (_, url) => {
    const problem = await refusal(url);
    expect(problem.code).toBe('R008');
    expect(problem.message).not.toContain('hidden');
  });

  test.each([
    ['a 404', json(404, {}), 'R008', 'the answer is 404'],
    ['a 204', json(204, ''), 'R008', 'the answer is 204'],
    ['a page', htmlOk, 'R003', 'no OpenAPI version'],
    ['half an answer', truncated(200, SPEC), 'R008', 'cannot be fetched'],
    ['more than anybody can need', json(200, 'x'.repeat(33 * 1024 * 1024)), 'R004', 'larger than'],
  ])('%s', async (_, reply, code, reason) => {
    await serving({ '/spec': reply }, async ({ url }) => {
      const problem = await refusal(`${url}/spec`);
      expect(problem.code).toBe(code);
      expect(problem.message).toContain(reason);
    });
  });

  test('a server that is not there', async () => {
    const url = await serving({}, ({ url }) => Promise.resolve(url));
    expect((await refusal(`${url}/spec?key=hidden`)).message).toBe(`${url}/spec cannot be fetched: ECONNREFUSED`);
  });
});

describe('redirects', () => {
  test('are followed, and the pin is that of the URL that was named', async () => {
    await serving({ '/a': redirect('/b'), '/b': redirect('c', 308), '/c': json(200, SPEC) }, async ({ url }) => {
      expect(valueFrom(await loadUrl(`${url}/a`)).pin?.url).toBe(`${url}/a`);
    });
  });

  test('in a circle end', async () => {
    await serving({ '/a': redirect('/a') }, async ({ url, seen }) => {
      expect((await refusal(`${url}/a`)).message).toContain('more than 5 times');
      expect(seen).toHaveLength(6);
    });
  });

  test.each([
    'http://acme.example/spec',
    'http://169.254.169.254/latest',
    'file:///etc/hostname',
    'https://a:b@c.example/',
    '::',
  ])('to %s are refused', async (target) => {
    await serving({ '/a': redirect(target) }, async ({ url }) => {
      const problem = await refusal(`${url}/a`);
      expect(problem.code).toBe('R008');
      expect(problem.message).not.toContain('a:b');
    });
  });
});

describe('headers', () => {
  const headers = { authorization: 'ACME_SPEC_TOKEN' };

  test('have their values from the environment', async () => {
    vi.stubEnv('ACME_SPEC_TOKEN', `Bearer ${SECRET}`);
    await serving({ '/spec': json(200, SPEC) }, async ({ url, seen }) => {
      const result = await loadUrl(`${url}/spec`, { headers });
      expect(seen[0]?.headers['authorization']).toBe(`Bearer ${SECRET}`);
      expect(JSON.stringify(result)).not.toContain(SECRET);
    });
  });

  test.each([
    ['is not set', ''],
    ['cannot be one', `${SECRET}\nx: y`],
  ])('a value that %s is a problem, and nothing is requested', async (_, value) => {
    vi.stubEnv('ACME_SPEC_TOKEN', value);
    await serving({ '/spec': json(200, SPEC) }, async ({ url, seen }) => {
      const problem = await refusal(`${url}/spec`, { headers });
      expect(problem.code).toBe('R008');
      expect(problem.message + problem.hint).toContain('ACME_SPEC_TOKEN');
      expect(JSON.stringify(problem)).not.toContain(SECRET);
      expect(seen).toEqual([]);
    });
  });

  test('go to no other origin, and not back again', async () => {
    vi.stubEnv('ACME_SPEC_TOKEN', SECRET);
    await serving({ '/spec': json(200, SPEC) }, async (other) => {
      await serving({ '/a': redirect(`${other.url}/spec`) }, async ({ url, seen }) => {
        expect((await loadUrl(`${url}/a`, { headers })).ok).toBe(true);
        expect(seen[0]?.headers['authorization']).toBe(SECRET);
        expect(other.seen.map((request) => request.headers['authorization'])).toEqual([undefined]);
      });
    });
  });
});

describe('references to URLs', () => {
  const withRef = (ref: string) => ({ ...SPEC, components: { schemas: { Refund: { $ref: ref } } } });
  const refund = { type: 'object', properties: { id: { $ref: 'id.json' } } };

  test('of a spec at a URL are refused unless they are allowed', async () => {
    await serving({ '/api/spec.json': json(200, withRef('refund.json')) }, async ({ url, seen }) => {
      const result = await loadUrl(`${url}/api/spec.json`);
      expect(result.ok).toBe(true);
      expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R006']);
      expect(seen).toHaveLength(1);
    });
  });

  test('are followed where they are allowed, and pinned together', async () => {
    const replies = {
      '/api/spec.json': json(200, withRef('refund.json')),
      '/api/refund.json': json(200, refund),
      '/api/id.json': json(200, { type: 'string' }),
    };
    await serving(replies, async ({ url }) => {
      const document = valueFrom(await loadUrl(`${url}/api/spec.json`, { allow: [`${url}/api/`] }));
      expect(resolve(document, '/components/schemas/Refund/properties/id')?.value).toEqual({ type: 'string' });
      expect(document.pin?.url).toBe(`${url}/api/spec.json`);
      const again = await loadUrl(`${url}/api/spec.json`, { allow: [`${url}/api/`], pin: document.pin });
      expect(again.ok).toBe(true);
    });
    await serving({ ...replies, '/api/id.json': json(200, { type: 'integer' }) }, async ({ url }) => {
      const pin = { url: `${url}/api/spec.json`, sha256: 'b'.repeat(64) };
      expect((await refusal(`${url}/api/spec.json`, { allow: [`${url}/api/`], pin })).code).toBe('R007');
    });
  });

  test('of a spec in a file are pinned, too', async () => {
    await serving({ '/shared/refund.json': json(200, { type: 'object' }) }, async ({ url }) => {
      const address = `${url}/shared/refund.json`;
      await inFolder({ 'spec.json': withRef(address) }, async (folder) => {
        const document = valueFrom(await loadUrl(path.join(folder, 'spec.json'), { allow: [`${url}/shared`] }));
        expect(document.pin).toEqual({ url: address, sha256: sha256('{"type":"object"}') });
      });
    });
  });

  test.each(['/sharedx/refund.json', '/shared/../private.json', '/shared/%2e%2e/private.json'])(
    '%s is not below what is allowed',
    async (ref) => {
      await serving({}, async ({ url, seen }) => {
        await inFolder({ 'spec.json': withRef(url + ref) }, async (folder) => {
          const result = await loadUrl(path.join(folder, 'spec.json'), { allow: [`${url}/shared`] });
          expect(result.problems.map(({ code }) => code)).toEqual(['R006']);
          expect(seen).toEqual([]);
        });
      });
    },
  );

  test('do not follow a redirect out of what is allowed', async () => {
    const replies = { '/shared/refund.json': redirect('/private.json'), '/private.json': json(200, {}) };
    await serving(replies, async ({ url, seen }) => {
      await inFolder({ 'spec.json': withRef(`${url}/shared/refund.json`) }, async (folder) => {
        const result = await loadUrl(path.join(folder, 'spec.json'), { allow: [`${url}/shared`] });
        expect(result.problems.map(({ code }) => code)).toEqual(['R008']);
        expect(seen).toHaveLength(1);
      });
    });
  });
});
