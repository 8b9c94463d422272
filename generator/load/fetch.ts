import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import path from 'node:path';
import { error, failure, type Problem, type Result, success } from '../problem.js';
import { type InputName, MAX_BYTES, tooLarge } from './read-file.js';
import { parseUrl, shownUrl } from './url.js';

/** How documents are fetched. */
export interface Fetching {
  /** By header name, the name of the environment variable that has its value. They go to one origin only. */
  readonly headers: Readonly<Record<string, string>>;
  /** The origin that the headers are for: that of the spec's own URL. */
  readonly origin: string | undefined;
  /** Whether an address may be read, also when another one redirects to it. */
  readonly permits: (url: URL) => boolean;
}

/** A document that was fetched. */
export interface Fetched {
  readonly input: InputName;
  readonly text: string;
  /** Of the bytes as they arrived. */
  readonly sha256: string;
}

const MAX_REDIRECTS = 5;
const TIMEOUT = 30_000;

/** Fetches a document over GET. No more bytes, time and redirects than a spec can need. */
export async function fetchDocument(address: string, fetching: Fetching): Promise<Result<Fetched>> {
  const url = parseUrl(address);
  if (url === undefined) {
    const hint =
      'Give https://… without user and password; http:// only on this machine. For credentials, set headers.';
    return failure(error('R008', `${shownUrl(address)} is no URL that a spec may come from`, hint));
  }
  const headers = readHeaders(fetching.headers, shownUrl(address));
  if (!headers.ok) return failure(...headers.problems);
  try {
    return await follow(url, fetching, headers.value);
  } catch (cause) {
    // Only the name and the code: the message of a library may hold a header.
    const reason = cause instanceof Error && cause.name === 'TimeoutError' ? 'it takes too long' : codeOf(cause);
    return failure(cannotFetch(url.href, reason));
  }
}

async function follow(
  start: URL,
  fetching: Fetching,
  headers: Readonly<Record<string, string>>,
): Promise<Result<Fetched>> {
  const signal = AbortSignal.timeout(TIMEOUT);
  let url = start;
  let sendsHeaders = true;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    // What has once left the origin gets no credentials again.
    sendsHeaders &&= url.origin === fetching.origin;
    const response = await fetch(url, { redirect: 'manual', signal, headers: sendsHeaders ? headers : {} });
    const target = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || target === null) return readBody(start, response);
    await response.body?.cancel();
    const next = URL.canParse(target, url.href) ? parseUrl(new URL(target, url).href) : undefined;
    if (next === undefined || !mayRedirect(url, next) || !fetching.permits(next)) {
      return failure(cannotFetch(start.href, `it redirects to ${shownUrl(target)}, which is not allowed`));
    }
    url = next;
  }
  return failure(cannotFetch(start.href, `it redirects more than ${MAX_REDIRECTS} times`));
}

async function readBody(url: URL, response: Response): Promise<Result<Fetched>> {
  const file = shownUrl(url.href);
  if (response.status !== 200) {
    await response.body?.cancel();
    return failure(cannotFetch(url.href, `the answer is ${response.status}`));
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    size += read.value.byteLength;
    if (size > MAX_BYTES) {
      await reader?.cancel();
      return failure(tooLarge(file, `is larger than ${MAX_BYTES} bytes`));
    }
    chunks.push(read.value);
  }
  const bytes = Buffer.concat(chunks);
  const name = path.posix.basename(url.pathname) || url.hostname;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return success({ input: { file, name, path: url.href }, text: bytes.toString('utf8'), sha256 });
}

/** The values are read here and nowhere else, and no problem repeats them. */
function readHeaders(names: Readonly<Record<string, string>>, url: string): Result<Readonly<Record<string, string>>> {
  const problems: Problem[] = [];
  const headers: Record<string, string> = { accept: 'application/json, application/yaml, */*;q=0.5' };
  for (const [name, variable] of Object.entries(names)) {
    const value = process.env[variable];
    const what = value === undefined || value === '' ? 'is not set' : 'has a value that no header can have';
    if (value !== undefined && /^[\x20-\x7e]+$/.test(value)) headers[name] = value;
    else {
      const message = `${url} is read with the header ${name} from ${variable}, which ${what}`;
      problems.push(error('R008', message, `Set the environment variable ${variable} where refundgen runs.`));
    }
  }
  return problems.length > 0 ? failure(...problems) : success(headers);
}

/** A redirect must not lead from the internet into the network that this runs in. */
function mayRedirect(from: URL, to: URL): boolean {
  return !isPrivate(to.hostname) || isPrivate(from.hostname);
}

const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4');
}
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');
// Loopback, and IPv4 addresses in the form of IPv6 ones.
PRIVATE.addSubnet('::', 80, 'ipv6');

function isPrivate(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  if (version === 0) return /(?:^|\.)(?:localhost|local|internal)\.?$/.test(address);
  return PRIVATE.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

function cannotFetch(url: string, reason: string): Problem {
  const hint =
    'Look whether the URL is right and what it answers; or keep the spec as a file beside the configuration.';
  return error('R008', `${shownUrl(url)} cannot be fetched: ${reason}`, hint);
}

function codeOf(cause: unknown): string {
  const inner = cause instanceof Error ? cause.cause : undefined;
  return inner instanceof Error && 'code' in inner ? String(inner.code) : 'the connection failed';
}
