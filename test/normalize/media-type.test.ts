import { describe, expect, test } from 'vitest';
import { isForm, isJson, isProblemJson } from '../../generator/normalize/media-type.js';

describe('JSON', () => {
  test.each([
    'application/json',
    'Application/JSON',
    'text/json',
    'application/problem+json',
    'application/vnd.api+json',
    'application/json; charset=utf-8',
    'application/json;charset=utf-8',
    'application/json  ;q=1',
  ])('%s', (mediaType) => expect(isJson(mediaType)).toBe(true));

  test.each([
    'application/jsonp',
    'application/json5',
    'x-application/json',
    'image/svg+json',
    'application/xml',
    'application/+json',
    'application/json x;q=1',
    '',
  ])('not %s', (mediaType) => expect(isJson(mediaType)).toBe(false));
});

describe('a problem (RFC 9457)', () => {
  test.each(['application/problem+json', 'APPLICATION/problem+json', 'application/problem+json ; charset=utf-8'])(
    '%s',
    (mediaType) => expect(isProblemJson(mediaType)).toBe(true),
  );

  test.each(['application/json', 'application/problem+xml', 'x/application/problem+json', 'application/problem+jsons'])(
    'not %s',
    (mediaType) => expect(isProblemJson(mediaType)).toBe(false),
  );

  test.each(['application/problem+json x; y', 'application/problem+jsonx;y'])('not %s', (mediaType) =>
    expect(isProblemJson(mediaType)).toBe(false),
  );
});

describe('a form', () => {
  const FORM = 'application/x-www-form-urlencoded';

  test.each([FORM, FORM.toUpperCase(), `${FORM}; charset=utf-8`, `${FORM}  ;charset=utf-8`, `${FORM};`])(
    '%s',
    (mediaType) => expect(isForm(mediaType)).toBe(true),
  );

  test.each(['multipart/form-data', `x-${FORM}`, `${FORM}s`, `${FORM}x;y`, `${FORM} x;y`])('not %s', (mediaType) =>
    expect(isForm(mediaType)).toBe(false),
  );
});
