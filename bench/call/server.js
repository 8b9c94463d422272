// A provider that answers at once, in a process of its own: prints its URL, and ends with its standard input.

import { createServer } from 'node:http';
import { CHIP_ANSWER } from './exchange.js';

const body = JSON.stringify(CHIP_ANSWER);
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
// A connection must not end while the other side of a pair is measured.
const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
  request.resume().on('end', () => response.writeHead(200, headers).end(body));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
process.stdin.resume().on('end', () => process.exit());
