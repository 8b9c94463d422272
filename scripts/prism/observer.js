// What Prism says of requests and answers, as it says it: in a header, or in a problem that replaces the answer.

/** Prism's problems that are not about the request. */
const OF_THE_ANSWER = 'https://stoplight.io/prism/errors#VIOLATIONS';
const PROBLEM = 'https://stoplight.io/prism/errors#';
const GUARD_MS = 30_000;

/**
 * @typedef {object} Violation
 * @property {'request' | 'response'} of
 * @property {string} place such as `body.amount`, `credentials`, `media type`
 * @property {string} message
 */

/**
 * @typedef {object} Exchange
 * @property {string} request such as `POST /v1/refunds`
 * @property {readonly Violation[]} violations
 */

/**
 * @typedef {object} Finding
 * @property {readonly string[]} [location]
 * @property {string} [severity]
 * @property {unknown} [code]
 * @property {string} [message]
 */

/** Sends requests, and keeps what Prism says of each. */
export class Observer {
  /** @type {Exchange[]} */
  exchanges = [];

  /** @type {typeof globalThis.fetch} */
  fetch = async (input, init) => {
    const response = await fetch(input, { signal: AbortSignal.timeout(GUARD_MS), ...init });
    const text = await response.text();
    const { status, headers } = response;
    const request = `${init?.method ?? 'GET'} ${new URL(String(input)).pathname}`;
    this.exchanges.push({ request, violations: [...ofHeader(headers), ...ofProblem(headers, text)] });
    return new Response(text, { status, headers });
  };

  /** @param {Violation['of']} of */
  violations(of) {
    return this.exchanges.flatMap(({ request, violations }) =>
      violations.filter((violation) => violation.of === of).map((violation) => ({ ...violation, request })),
    );
  }
}

/**
 * Of answers, errors only: Prism warns of an error status that the spec does not list, and a client has to read one.
 *
 * @param {Headers} headers
 * @returns {Violation[]}
 */
function ofHeader(headers) {
  const text = headers.get('sl-violations');
  if (text === null) return [];
  return readList(text).flatMap(({ location: [of, ...location] = [], ...finding }) => {
    if (of !== 'response') return [{ of: 'request', ...said({ ...finding, location }) }];
    return finding.severity === 'Error' ? [{ of, ...said({ ...finding, location }) }] : [];
  });
}

/**
 * Prism cuts a long list off: what cannot be read is held against the request.
 *
 * @param {string} text
 * @returns {Finding[]}
 */
function readList(text) {
  try {
    return JSON.parse(text);
  } catch {
    return [{ message: text }];
  }
}

/**
 * A wrong answer has been named in the header before.
 *
 * @param {Headers} headers
 * @param {string} text
 * @returns {Violation[]}
 */
function ofProblem(headers, text) {
  if (headers.get('content-type') !== 'application/problem+json') return [];
  const { detail, title, type, validation } = JSON.parse(text);
  if (!String(type).startsWith(PROBLEM) || type === OF_THE_ANSWER || type === `${PROBLEM}UNKNOWN`) return [];
  /** @type {Finding[]} */
  const findings = validation ?? [{ code: type.slice(PROBLEM.length), message: `${title}: ${detail}` }];
  return findings.map((finding) => ({ of: 'request', ...said(finding) }));
}

/** @param {Finding} finding */
function said({ code, location = [], message = '' }) {
  if (code === 401 || code === 'UNAUTHORIZED') return { place: 'credentials', message };
  if (code === 415 || code === 'INVALID_CONTENT_TYPE') return { place: 'media type', message };
  return { place: location.join('.') || String(code), message };
}
