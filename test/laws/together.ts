import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Compiled } from '../../generator/generate.js';
import type { CredentialPart, NativeApi } from '../../generator/ir.js';
import { toIdentifier } from '../../generator/names.js';
import { checkOutput } from '../../generator/output/check.js';
import { writeOutput } from '../../generator/output/write.js';
import type { AnyConfig, AnyModule } from '../fixtures/invented/clients.js';
import { said } from '../fixtures/pack.js';
import { json, type Loopback, listen } from '../loopback.js';
import { type Checked, compileTogether, differences, filesOf } from './laws.js';
import { typeFaults } from './typescript.js';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/refundgen-test/', import.meta.url));

/** The laws that outputs keep or break together, as `doc1/client.ts: …`: types, other providers, writing, clients. */
export async function checkTogether(
  checked: readonly Checked[],
  outcome: 'normalized' | 'native',
): Promise<readonly string[]> {
  const members = checked.filter(({ generated }) => generated?.outcome === outcome);
  if (members.length === 0) return [];
  const compiled = await compileTogether(members, outcome === 'native');
  if (!compiled.ok) return [`together: ${said(compiled.problems).join('; ')}`];
  const { files } = compiled.value;
  const alone = members.flatMap(({ generated, id }) =>
    differences(filesOf(id, generated?.compiled?.files ?? []), filesOf(id, files), 'beside other providers'),
  );
  const types = typeFaults(files);
  if (types.length === 0) return [...alone, ...(await faultsOfWriting(compiled.value))];
  // What is no TypeScript cannot be imported: the others are held to the laws of clients without it.
  const others = members.filter(({ id }) => !types.some((fault) => fault.startsWith(`${id}/`)));
  const more = others.length < members.length ? await checkTogether(others, outcome) : [];
  return [...alone, ...types, ...more];
}

/** Generating over its own output changes nothing, checking it finds nothing, and its clients can be imported. */
async function faultsOfWriting(compiled: Compiled): Promise<readonly string[]> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(path.join(CACHE, 'laws-'));
  try {
    const runs = [await writeOutput(folder, compiled.files), await writeOutput(folder, compiled.files)];
    const report = await checkOutput(folder, compiled.files);
    const [first, second] = runs.map((run) =>
      run.ok ? [run.value.created.length, run.value.changed.length] : run.problems,
    );
    const found = JSON.stringify([first, second, report.ok ? Object.values(report.value) : report.problems]);
    const wanted = JSON.stringify([
      [compiled.files.length, 0],
      [0, 0],
      [[], [], []],
    ]);
    const faults = found === wanted ? [] : [`writing: ${found} instead of ${wanted}`];
    return [...faults, ...(await faultsOfClients(compiled, path.join(folder, 'index.ts')))];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function faultsOfClients({ apis, natives }: Compiled, index: string): Promise<readonly string[]> {
  const server = await listen(json(200, {}));
  try {
    const factories: AnyModule = await import(index);
    const known = new Set(apis.map(({ provider }) => provider.id));
    const faults: string[] = [];
    for (const api of natives)
      faults.push(...(await faultsOfClient(factories, api, known.has(api.provider.id), server)));
    return faults;
  } finally {
    await server.close();
  }
}

/** Requests that no provider can act on. */
const WRONG: readonly unknown[] = [
  {},
  null,
  { refundRef: 'r1', payment: 'p1' },
  { refundRef: 'r1', payment: 'p1', amount: 1000 },
  { refundRef: 'r1', payment: 'p1', amount: { kind: 'partial', money: { currency: 'EUR', minor: 0n } } },
  { refundRef: 'r1', payment: 'p1', amount: { kind: 'partial', money: { currency: 'XXX', minor: -1n } } },
  { refundRef: '', payment: '', amount: { kind: 'full', expect: 7 } },
];

/** One client: it is created, and refuses what is wrong before it sends anything. */
async function faultsOfClient(
  factories: AnyModule,
  api: NativeApi,
  refunds: boolean,
  server: Loopback,
): Promise<readonly string[]> {
  const { id } = api.provider;
  try {
    const client = factories[`create${toIdentifier(id, 'pascal')}`]?.(configOf(api, server.url));
    if (client === undefined) return [`${id}/client.ts: has no client`];
    if (!refunds) return Object.keys(client.native).length > 0 ? [] : [`${id}/client.ts: has no operation`];
    const faults: string[] = [];
    for (const request of WRONG) {
      // What a caller without types may pass.
      const outcome = await client.refund(request as Parameters<typeof client.refund>[0]);
      const isRefused = outcome.kind === 'refused' && outcome.error.kind === 'invalid_request' && !outcome.sent;
      if (!isRefused) faults.push(`${id}/client.ts: takes a wrong request: ${outcome.kind}`);
    }
    return server.seen.length === 0
      ? faults
      : [...faults, `${id}/client.ts: sends ${server.seen.map(({ line }) => line).join(', ')}`];
  } catch (cause) {
    return [`${id}/client.ts: ${cause instanceof Error ? cause.message : String(cause)}`];
  }
}

/** The credentials of the first alternative, and all settings. */
function configOf({ auth, settings }: NativeApi, baseUrl: string): AnyConfig {
  const parts = (auth[0] ?? []).flatMap((scheme): readonly CredentialPart[] =>
    scheme.kind === 'basic' ? [scheme.username, scheme.password] : [scheme.value],
  );
  const names = parts.flatMap((part) => ('credential' in part ? [part.credential] : []));
  const texts = (list: readonly string[]) => Object.fromEntries(list.map((name) => [name, 'secret_1']));
  return { baseUrl, auth: texts(names), ...texts(settings.filter(({ required }) => required).map(({ name }) => name)) };
}
