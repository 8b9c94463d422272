import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuthAlternatives,
  type Authorization,
  type AuthScheme,
  authorize,
  withCredentials,
} from '../../templates/runtime/auth.js';
import { RefundConfigError } from '../../templates/runtime/errors.js';
import type { HttpAnswer } from '../../templates/runtime/http.js';
import { errorValue } from '../../templates/runtime/interpret.js';
import { parseJson } from '../../templates/runtime/json.js';
import { redactor } from '../../templates/runtime/redact.js';

const bearer: AuthScheme = {
  kind: 'header',
  name: 'Authorization',
  prefix: 'Bearer ',
  value: { credential: 'token' },
};
const apiKey: AuthScheme = { kind: 'header', name: 'X-Api-Key', prefix: '', value: { credential: 'apiKey' } };
const workspace: AuthScheme = { kind: 'header', name: 'X-Workspace', prefix: '', value: { credential: 'workspace' } };
const cookie: AuthScheme = { kind: 'cookie', name: 'connect.sid', value: { credential: 'session' } };
const query: AuthScheme = { kind: 'query', name: 'key', value: { credential: 'queryKey' } };
const secretKey: AuthScheme = { kind: 'basic', username: { credential: 'secretKey' }, password: { fixed: '' } };
const login: AuthScheme = {
  kind: 'basic',
  username: { credential: 'username' },
  password: { credential: 'password' },
};

function headers(alternatives: AuthAlternatives, given: Readonly<Record<string, unknown>>): Authorization['headers'] {
  return authorize(alternatives, given).headers;
}

/** The error of a refusal, after looking that it holds none of the values. */
function refusal(alternatives: AuthAlternatives, given: Readonly<Record<string, unknown>>): string {
  try {
    authorize(alternatives, given);
  } catch (error) {
    if (!(error instanceof RefundConfigError)) throw error;
    const seen = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    for (const value of Object.values(given)) {
      if (typeof value === 'string' && value.trim() !== '') expect(seen).not.toContain(value);
    }
    return error.message;
  }
  throw new Error('it was taken');
}

describe('authorize', () => {
  test('writes a header with its prefix', () => {
    expect(headers([[bearer]], { token: 'sk_1' })).toEqual([['Authorization', 'Bearer sk_1']]);
    expect(headers([[apiKey]], { apiKey: 'sk_1' })).toEqual([['X-Api-Key', 'sk_1']]);
  });

  test('writes basic authentication, in UTF-8', () => {
    const encoded = Buffer.from('sk_1:').toString('base64');
    expect(headers([[secretKey]], { secretKey: 'sk_1' })).toEqual([['Authorization', `Basic ${encoded}`]]);
    const both = Buffer.from('shop:pa:ss word').toString('base64');
    expect(headers([[login]], { username: 'shop', password: 'pa:ss word' })).toEqual([
      ['Authorization', `Basic ${both}`],
    ]);
  });

  test('writes cookies and queries', () => {
    expect(headers([[cookie]], { session: 's%3Aabc.def' })).toEqual([['Cookie', 'connect.sid=s%3Aabc.def']]);
    const { headers: none, query: parts } = authorize([[query]], { queryKey: 'k' });
    expect(none).toEqual([]);
    expect(parts).toEqual([['key', 'k']]);
  });

  test('sends all schemes of one alternative', () => {
    expect(headers([[bearer, workspace]], { token: 't', workspace: 'acc_1' })).toEqual([
      ['Authorization', 'Bearer t'],
      ['X-Workspace', 'acc_1'],
    ]);
  });

  test('sends what the provider fixes', () => {
    const fixed: AuthScheme = { kind: 'header', name: 'X-Client', prefix: '', value: { fixed: 'refunds' } };
    expect(headers([[bearer, fixed]], { token: 't' })).toEqual([
      ['Authorization', 'Bearer t'],
      ['X-Client', 'refunds'],
    ]);
  });

  test('takes one credential in two places', () => {
    const again: AuthScheme = { kind: 'query', name: 'token', value: { credential: 'token' } };
    const authorization = authorize([[bearer, again]], { token: 't_1' });
    expect(authorization.headers).toEqual([['Authorization', 'Bearer t_1']]);
    expect(authorization.query).toEqual([['token', 't_1']]);
  });

  describe('picks exactly one alternative', () => {
    const alternatives: AuthAlternatives = [[apiKey], [bearer], [cookie], [bearer, workspace]];

    test.each([
      [{ apiKey: 'k_1' }, [['X-Api-Key', 'k_1']]],
      [{ token: 't_1' }, [['Authorization', 'Bearer t_1']]],
      [{ session: 's_1' }, [['Cookie', 'connect.sid=s_1']]],
      [
        { token: 't_1', workspace: 'acc_1' },
        [
          ['Authorization', 'Bearer t_1'],
          ['X-Workspace', 'acc_1'],
        ],
      ],
      [{ token: 't_1', apiKey: undefined, session: undefined }, [['Authorization', 'Bearer t_1']]],
    ])('%j', (given, wanted) => {
      expect(headers(alternatives, given)).toEqual(wanted);
    });

    test.each([
      [{}],
      [{ token: undefined }],
      [{ workspace: 'acc_1' }],
      [{ apiKey: 'k_1', token: 't_1' }],
      [{ apiKey: 'k_1', session: 's_1' }],
      [{ token: 't_1', workspace: 'acc_1', apiKey: 'k_1' }],
      [{ token: 't_1', tokn: 'x_1' }],
      [{ Token: 't_1' }],
    ])('not with %j', (given) => {
      expect(refusal(alternatives, given)).toContain('apiKey, or token, or session, or token and workspace');
    });

    test('names what was given', () => {
      expect(refusal(alternatives, { tokn: 'x_1' })).toContain('Given: tokn');
      expect(refusal(alternatives, {})).toContain('Given: nothing');
    });

    test('not where two take the same credentials', () => {
      const twice: AuthScheme = { ...bearer, name: 'X-Token' };
      refusal([[bearer], [twice]], { token: 't_1' });
    });

    test('not where a provider has none', () => {
      refusal([], { token: 't_1' });
    });

    test('one credential too many does not hide behind a repeated one', () => {
      const again: AuthScheme = { kind: 'query', name: 'token', value: { credential: 'token' } };
      refusal([[bearer, again]], { token: 't_1', other: 'o_1' });
    });
  });

  describe('refuses a secret that a header cannot carry', () => {
    test.each([
      ['empty', ''],
      ['a line end', 'sk_live\n'],
      ['another header', 'sk_live\r\nX-Admin: 1'],
      ['NUL', 'sk_live\u0000x'],
      ['a tab', 'sk\tlive'],
      ['a space before', ' sk_live'],
      ['a space behind', 'sk_live '],
      ['spaces only', '   '],
      ['DEL', 'sk_live\u007f'],
      ['latin-1', 'sk_lïve'],
      ['a zero-width space', 'sk_live\u200b'],
      ['an emoji', 'sk_live😀'],
    ])('%s', (_, value) => {
      for (const scheme of [bearer, apiKey, cookie, query, secretKey]) {
        const [name] = Object.keys(namesOf(scheme));
        expect(refusal([[scheme]], { ...namesOf(scheme), [name ?? '']: value })).toContain(`auth.${name}`);
      }
    });

    test.each([5, true, {}, ['sk_live_list'], null, Symbol('sk_live_symbol'), () => 'sk_live'])('%s', (value) => {
      expect(refusal([[bearer]], { token: value })).toContain('auth.token');
    });

    // RFC 6265, section 4.1.1: what would end the cookie, or begin another one.
    test.each(['abc; admin=1', 'abc,def', 'a b', 'a"b', 'a\\b'])('%s in a cookie', (session) => {
      expect(refusal([[cookie]], { session })).toContain('auth.session');
    });

    // RFC 7617, section 2: the first colon ends the user name.
    test('a colon in a user name', () => {
      expect(refusal([[login]], { username: 'shop:eu', password: 'pass_1' })).toContain('auth.username');
    });
  });

  function namesOf(scheme: AuthScheme): Record<string, string> {
    const parts = scheme.kind === 'basic' ? [scheme.username, scheme.password] : [scheme.value];
    return Object.fromEntries(parts.flatMap((part) => ('credential' in part ? [[part.credential, 'x']] : [])));
  }

  test('names every secret, the encoded ones too', () => {
    const { secrets } = authorize([[login, apiKey]], { username: 'shop', password: 'pass_12345', apiKey: 'key_12345' });
    const encoded = Buffer.from('shop:pass_12345').toString('base64');
    expect(secrets).toEqual(expect.arrayContaining(['pass_12345', 'key_12345', encoded]));
    const key = Buffer.from('sk_live_1:').toString('base64');
    const asUser = authorize([[secretKey]], { secretKey: 'sk_live_1' });
    expect(asUser.secrets).toEqual(expect.arrayContaining(['sk_live_1', key]));
  });
});

/** Redacts as in an answer, where parts have at least eight characters, or as in an error, where they have three. */
function redact(value: unknown, secrets: readonly string[], minPart: 3 | 8): unknown {
  return minPart === 8 ? redactor(secrets).body(value) : redactor(secrets).error({ message: '', raw: value }).raw;
}

function redactJson(document: string, secrets: readonly string[]): string {
  return redactor(secrets).json(document);
}

describe('redact', () => {
  test("leaves the client's own words, whatever a secret is", () => {
    const words = ['provider', 'status', 'accepted', 'succeeded', 'kind', 'acme'];
    const refund = { provider: 'acme', status: 'succeeded', note: 'by acme', raw: { status: 'accepted' } };
    expect(redactor(words).facts(refund)).toEqual({ ...refund, raw: { '[redacted]': '[redacted]' } });
    const error = { kind: 'provider_error', message: 'the provider failed', next: 'ask_provider', fields: [] };
    expect(redactor(words).error(error)).toEqual({ ...error, message: 'the [redacted] failed' });
  });

  test('replaces secrets in every text of a value', () => {
    const value = {
      message: 'token sk_live_1 and again sk_live_1 is wrong',
      nested: [{ header: 'Bearer sk_live_1' }, 5, null, true],
      sk_live_1: 'the key',
    };
    expect(redact(value, ['sk_live_1'], 8)).toEqual({
      message: 'token [redacted] and again [redacted] is wrong',
      nested: [{ header: 'Bearer [redacted]' }, 5, null, true],
      '[redacted]': 'the key',
    });
  });

  test('takes secrets literally', () => {
    expect(redact('a.c(d$&e abcXd$&e $& $1', ['a.c(d$&e'], 8)).toBe('[redacted] abcXd$&e $& $1');
  });

  test('replaces a short one in an answer only where it is the whole text', () => {
    expect(redact(['shop', 'shopping'], ['shop'], 8)).toEqual(['[redacted]', 'shopping']);
    expect(redact(['shop', 'shopping'], ['shop'], 3)).toEqual(['[redacted]', '[redacted]ping']);
    expect(redactJson('{"shopping":"shop"}', ['shop'])).toBe('{"shopping":"[redacted]"}');
  });

  test.each([
    ['percent-encoded', 'sk/live+1==', 'key=sk%2Flive%2B1%3D%3D&a=b', 'key=[redacted]&a=b'],
    [
      'decoded, as a server shows a cookie',
      's%3Aabcdef.gh%2Fi',
      'no session s:abcdef.gh/i here',
      'no session [redacted] here',
    ],
    ['with a percent sign that encodes nothing', '100%live%zz', 'it is 100%live%zz', 'it is [redacted]'],
  ])('%s', (_, secret, text, wanted) => {
    expect(redact(text, [secret], 8)).toBe(wanted);
    expect(redact({ [text]: [text] }, [secret], 3)).toEqual({ [wanted]: [wanted] });
  });

  // The rule for short secrets is for each form: three characters may be a part of any innocent id.
  test('a decoded form that is short is replaced only where it is the whole text', () => {
    expect(redact(['pay_ABC1', 'ABC'], ['%41%42%43'], 8)).toEqual(['pay_ABC1', '[redacted]']);
  });

  test('leaves what is no plain data', () => {
    const date = new Date(0);
    expect(redact({ date }, ['sk_live_1'], 3)).toEqual({ date });
  });

  test('leaves the value alone', () => {
    const value = { list: ['sk_1'] };
    redact(value, ['sk_1'], 3);
    expect(value).toEqual({ list: ['sk_1'] });
    expect(redact('text', [], 3)).toBe('text');
    expect(redact('text', [''], 3)).toBe('text');
    expect(redact(undefined, ['x'], 3)).toBeUndefined();
  });

  test.each([[['shop', 'shop-secret']], [['shop-secret', 'shop']]])(
    'a secret that holds another is replaced whole: %j',
    (secrets) => {
      expect(redact('it is shop-secret', secrets, 3)).toBe('it is [redacted]');
      expect(redact('it is shop-secret', secrets, 8)).toBe('it is [redacted]');
    },
  );

  test('leaves no secret of any length from the minimum on', () => {
    const character = fc.constantFrom(...'abcXYZ019_-./+=%"\\$&');
    const secret = fc.string({ unit: character, minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        // A secret may be a part of what stands for it.
        fc.pre(!'[redacted]'.includes(hidden));
        expect(redact(`${before} ${hidden} ${after}`, [hidden], 3)).not.toContain(hidden);
      }),
    );
  });
});

describe('an answer that repeats a credential', () => {
  function answer(text: string | undefined): HttpAnswer {
    return { status: 400, mediaType: 'application/json', retryAfter: undefined, text };
  }

  /** Everything that a caller can see of the answer. */
  function visible(text: string, secret: string): string {
    return JSON.stringify(redact(errorValue(answer(text)), [secret], 3));
  }

  test.each([
    ['as it is', 'sk_live_1', '{"detail":"no such key: sk_live_1"}'],
    ['as a key', 'sk_live_1', '{"sk_live_1":["is wrong"]}'],
    ['in no JSON', 'sk_live_1', '<p>no such key: sk_live_1</p>'],
    ['with quotes', 'sk"live\\1', '{"detail":"no such key: sk\\"live\\\\1"}'],
    ['with slashes, as PHP writes them', 'sk/live/1', '{"detail":"no such key: sk\\/live\\/1"}'],
    ['as part of a URL', 'sk+live/1=', '{"detail":"/refunds?key=sk%2Blive%2F1%3D"}'],
    ['with escapes, as .NET writes them', 'sk+live&1', '{"detail":"no such key: sk\\u002Blive\\u00261"}'],
    ['with escapes throughout', 'sk_live_1', '{"detail":"\\u0073\\u006b_live\\u005f1"}'],
    ['short', 'abc', '{"detail":"no such key: abc"}'],
  ])('%s', (_, secret, text) => {
    const seen = visible(text, secret);
    expect(seen).toContain('[redacted]');
    expect(seen).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  // A user name may be short, or a number: it must not make the answer to a refund unreadable.
  test.each([
    ['a number', '12345', '{"merchant":12345,"amount":1250}'],
    ['part of the amount', '125', '{"amount":1250}'],
    ['a word of JSON', 'true', '{"test":true,"amount":1250}'],
    ['a part of an escape', 'u00', '{"note":"\\u00e9","amount":1250}'],
  ])('is still readable where a secret is %s', (_, secret, text) => {
    expect(parseJson(redactJson(text, [secret]))?.numberAt(['amount'])).toBe('1250');
  });

  test('is the same byte for byte but for its texts', () => {
    const text = ' { "amount" : 1250.00 , "note":"\\u00e9 sk_live_1", "n":1e3, "a":[true,null,"\\/"] }\n';
    expect(redactJson(text, ['sk_live_1'])).toBe(text.replace('\\u00e9 sk_live_1', 'é [redacted]'));
    expect(redactJson(text, ['sk_live_2'])).toBe(text);
  });
});

test.each([
  ['https://api.acme.invalid/refunds', 'https://api.acme.invalid/refunds?key=sk_1'],
  ['https://api.acme.invalid/refunds?of=pay_1', 'https://api.acme.invalid/refunds?of=pay_1&key=sk_1'],
])('a key is added to the query of %s', (url, expected) => {
  const authorization = authorize([[query]], { queryKey: 'sk_1' });
  expect(withCredentials({ method: 'GET', url, headers: [] }, authorization).url).toBe(expected);
});

test('a colon ends a user name, and nothing else', () => {
  expect(headers([[bearer]], { token: 'a:b' })).toEqual([['Authorization', 'Bearer a:b']]);
  expect(headers([[cookie]], { session: 's:1' })).toEqual([['Cookie', 'connect.sid=s:1']]);
  expect(refusal([[login]], { username: 'sk:1', password: 'sk_2' })).toContain('colon');
});

test('what was given is listed', () => {
  expect(refusal([[login]], { token: 'sk_1', apiKey: 'sk_2' })).toMatch(/Given: token, apiKey$/);
});
