// A provider on loopback that holds every request against the provider's own OpenAPI document.
//
// What a request has to be is not our reading of the document: express-openapi-validator decides. It is kept, knows
// OpenAPI 3.0 and 3.1, and takes what express reads from a form; and it runs on the oldest Node that refundgen runs on,
// which neither @stoplight/prism-http nor openapi-backend does any more.

import { readFile } from 'node:fs/promises';
import express from 'express';
import { middleware } from 'express-openapi-validator';
import { load } from 'js-yaml';
import { requestsOf } from './requests-of.js';

/** @import { Express, NextFunction, Request, RequestHandler, Response } from 'express' */
/** @import { ReceivedRequest, ValidatingServer, ValidatingServerOptions, Violation } from './validating-server.js' */

const FORM = 'application/x-www-form-urlencoded';

/** What only the HTTP library decides. */
const TRANSPORT_HEADERS = new Set([
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'pragma',
  'sec-fetch-mode',
  'transfer-encoding',
  'user-agent',
]);

/**
 * Starts a server that answers what `answer` says, also where a request is not what the document wants.
 *
 * @param {ValidatingServerOptions} options
 * @returns {Promise<ValidatingServer>}
 */
export async function startValidatingServer({ document, answer }) {
  const validate = await validatorOf(document);
  /** @type {ReceivedRequest[]} */
  const requests = [];
  /** @type {Violation[]} */
  const violations = [];
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'extended');
  app.use((request, response, next) => {
    requests.push(receive(request, response));
    next();
  });
  app.use(express.json({ verify: keepText, strict: false, type: ['json', '+json'] }));
  app.use(express.urlencoded({ verify: keepText, extended: true }));
  app.use(validate);
  // Four parameters make it a handler of errors.
  app.use((/** @type {unknown} */ error, /** @type {Request} */ request, /** @type {Response} */ _, proceed) => {
    violations.push(...violationsOf(error, `${request.method} ${request.path}`));
    /** @type {NextFunction} */ (proceed)();
  });
  app.use(async (request, response) => {
    const given = await answer(response.locals['received']);
    if (given === undefined) return void request.socket.destroy();
    response.status(given.status).set(given.headers ?? {});
    if (given.body === undefined || typeof given.body === 'string') return void response.end(given.body);
    response.json(given.body);
  });
  return { ...(await listen(app)), requests, violations };
}

/** @param {Express} app */
async function listen(app) {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${address.port}`, close };
}

/**
 * @param {Request} request
 * @param {Response} response
 */
function receive({ headers, method, originalUrl }, response) {
  const kept = Object.entries(headers).filter(([name]) => !TRANSPORT_HEADERS.has(name));
  const received = {
    method,
    path: originalUrl,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    body: '',
  };
  response.locals['received'] = received;
  return received;
}

/**
 * @param {unknown} _request
 * @param {unknown} response
 * @param {Buffer} bytes
 */
function keepText(_request, response, bytes) {
  /** @type {Response} */ (response).locals['received'].body = bytes.toString('utf8');
}

/** @type {Map<object | string, Promise<RequestHandler>>} */
const validators = new Map();

/**
 * Reading a document takes long enough to make a client time out: it is done before a server listens, and once.
 *
 * @param {object | string} document
 */
function validatorOf(document) {
  const known = validators.get(document) ?? readValidator(document);
  validators.set(document, known);
  return known;
}

/**
 * A form holds text only, so its numbers are read as numbers; in JSON a text is never one.
 *
 * @param {object | string} document
 * @returns {Promise<RequestHandler>}
 */
async function readValidator(document) {
  const spec = requestsOf(typeof document === 'string' ? load(await readFile(document, 'utf8')) : document);
  const [ofForms, ofOthers] = await Promise.all([validating(spec, true), validating(spec, false)]);
  return (request, response, next) => (request.is(FORM) ? ofForms : ofOthers)(request, response, next);
}

/**
 * @param {ReturnType<typeof requestsOf>} spec
 * @param {boolean} coerceTypes
 */
async function validating(spec, coerceTypes) {
  const validateRequests = { allErrors: true, allowUnknownQueryParameters: false, coerceTypes };
  // It changes the document that it is given.
  const apiSpec = structuredClone(spec);
  const router = express.Router();
  router.use(middleware({ apiSpec, validateApiSpec: false, validateRequests, validateSecurity: true }));
  await warmUp(express().use(router));
  return router;
}

/**
 * Sends one request: the document is read with the first one.
 *
 * @param {Express} app
 */
async function warmUp(app) {
  app.use((/** @type {unknown} */ _error, /** @type {Request} */ _request, /** @type {Response} */ response, _) => {
    response.end();
  });
  const { close, url } = await listen(app);
  await fetch(url);
  await close();
}

/**
 * @param {unknown} error
 * @param {string} request
 * @returns {Violation[]}
 */
function violationsOf(error, request) {
  const { errors, message } = /** @type {{ errors?: unknown, message?: unknown }} */ (error ?? {});
  const listed = Array.isArray(errors) && errors.length > 0 ? errors : [{ message }];
  return listed.map((one) => ({ request, place: String(one.path ?? ''), message: String(one.message) }));
}
