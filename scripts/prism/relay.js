import { createServer } from 'node:http';

/** @import { IncomingMessage, RequestListener } from 'node:http' */
/** @import { Drive } from './drives.js' */

/**
 * Stands between Prism and a simulated provider, whose answers have only what a client reads: adds what the spec
 * requires beside it, so that Prism judges the rest.
 *
 * @param {string} upstream
 * @param {Drive['complete']} complete
 */
export async function startRelay(upstream, complete) {
  let isSpoiled = false;
  const { close, url } = await listen(async (request, response) => {
    try {
      const { body, status } = await passOn(upstream, request);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(complete(body, status), isSpoiled ? withTextsForNumbers : undefined));
      isSpoiled = false;
    } catch {
      // The provider has given no answer, so there is none.
      response.destroy();
    }
  });
  const spoilNext = () => {
    isSpoiled = true;
  };
  return { close, spoilNext, url };
}

/**
 * @param {string} upstream
 * @param {IncomingMessage} request
 */
async function passOn(upstream, request) {
  const { connection, host, 'content-length': _, ...headers } = request.headers;
  const { method = '', url } = request;
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
  const answer = await fetch(`${upstream}${url}`, { method, headers, ...body });
  return { body: await answer.json(), status: answer.status };
}

/**
 * @param {string} _key
 * @param {unknown} value
 */
function withTextsForNumbers(_key, value) {
  return typeof value === 'number' ? 'twelve' : value;
}

/** @param {RequestListener} listener */
async function listen(listener) {
  const server = createServer(listener);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { close, url: `http://127.0.0.1:${address.port}` };
}
