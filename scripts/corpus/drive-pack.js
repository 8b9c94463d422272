// Drives the client that a provider's own spec and its pack come to against a server that validates by the same spec.

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { loadSource } from '../sources.js';
import { STRICTEST } from '../strictest.js';
import { DRIVES } from './drives.js';
import { startValidatingServer } from './validating-server.js';

/** @import { Drive } from './drives.js' */
/** @import { ReceivedRequest, Violation } from './validating-server.js' */

/**
 * @typedef {object} Driven
 * @property {readonly string[]} problems what refundgen says of the spec: questions, errors and warnings
 * @property {readonly string[]} typeErrors what TypeScript says of the client, in the strictest settings of a consumer
 * @property {number} bytes of the client's own TypeScript, without the runtime that all share
 * @property {readonly string[]} outcomes of the refunds, `accepted` or the kind and why
 * @property {readonly ReceivedRequest[]} requests
 * @property {readonly Violation[]} violations where a request was not what the spec wants
 */

/**
 * Generates a client of a spec, with the pack that is found by its title and servers; compiles it; and drives it.
 *
 * @param {object} options
 * @param {string} options.spec the path of the provider's own document, OpenAPI 3
 * @param {string} options.name the name of the pack
 * @returns {Promise<Driven>}
 */
export async function drivePack({ spec, name }) {
  const drive = DRIVES[name];
  if (drive === undefined) throw new Error(`nobody has written how to drive ${name}`);
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'refundgen-drive-')));
  try {
    const generated = await generate({ spec, name, folder });
    const nothing = { typeErrors: [], outcomes: [], requests: [], violations: [] };
    if (!generated.ok) return { ...nothing, problems: generated.problems, bytes: 0 };
    const typeErrors = compile(folder);
    const driven = typeErrors.length > 0 ? nothing : await run(drive, spec, path.join(folder, 'out/index.js'));
    return { ...driven, typeErrors, problems: generated.problems, bytes: generated.bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {{ spec: string, name: string, folder: string }} options */
async function generate({ spec, name, folder }) {
  const { compile: refundgenCompile } = await loadSource('generate');
  const result = await refundgenCompile([{ id: name, spec, overlay: undefined }]);
  const problems = result.problems.map(
    (/** @type {{ severity: string, code: string, message: string }} */ { severity, code, message }) =>
      `${severity} ${code}: ${message}`,
  );
  if (!result.ok) return { ok: false, problems, bytes: 0 };
  /** @type {readonly { readonly path: string, readonly text: string }[]} */
  const files = result.value.files;
  for (const file of files) {
    const to = path.join(folder, 'src', file.path);
    await mkdir(path.dirname(to), { recursive: true });
    await writeFile(to, file.text);
  }
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  const own = files.filter((file) => file.path.startsWith(`${name}/`));
  return { ok: true, problems, bytes: own.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) };
}

/**
 * Compiles what was generated to JavaScript.
 *
 * @param {string} folder
 */
function compile(folder) {
  const places = { rootDir: path.join(folder, 'src'), outDir: path.join(folder, 'out') };
  const { options } = ts.convertCompilerOptionsFromJson({ ...STRICTEST, ...places }, folder);
  const program = ts.createProgram([path.join(folder, 'src/index.ts')], options);
  const { diagnostics } = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(({ file, messageText }) => {
    const where = file === undefined ? '' : path.relative(folder, file.fileName);
    return `${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/**
 * @param {Drive} drive
 * @param {string} spec
 * @param {string} index
 */
async function run(drive, spec, index) {
  const generated = await import(pathToFileURL(index).href);
  const server = await startValidatingServer({ document: spec, answer: drive.answer });
  try {
    const outcomes = [];
    for (const config of drive.clients) {
      const client = generated[drive.create]({
        ...config,
        baseUrl: server.url,
        journal: generated.memoryJournal(),
      });
      for (const request of drive.refunds(generated)) outcomes.push(describe(await client.refund(request)));
      if (drive.retrieve !== undefined) outcomes.push(describe(await client.retrieve(drive.retrieve)));
    }
    return { outcomes, requests: server.requests, violations: server.violations };
  } finally {
    await server.close();
  }
}

/** @param {{ kind: string, error?: { kind: string, message: string } }} result */
function describe({ error, kind }) {
  return error === undefined ? kind : `${kind}: ${error.kind}, ${error.message}`;
}
