import path from 'node:path';
import { analyse } from '../../generator/analyse.js';
import type { PlannedProvider } from '../../generator/config.js';
import { type ClientsUnderTest, clientsOf } from '../../generator/conformance/client.js';
import { compile } from '../../generator/generate.js';
import type { RefundApi } from '../../generator/ir.js';
import { writeGenerated } from '../fixtures/generated-module.js';
import { said } from '../fixtures/pack.js';

/** Providers and their clients. */
export interface Subjects {
  readonly apis: readonly RefundApi[];
  readonly clients: ClientsUnderTest;
  readonly remove: () => Promise<void>;
}

/** The IR of one of the first four providers. */
export async function readFirst(id: string): Promise<RefundApi> {
  const { api, problems } = await analyse({ id, spec: `specs/${id}.yaml`, overlay: `specs/${id}.overlay.yaml` });
  if (api === undefined) throw new Error(said(problems).join('\n'));
  return api;
}

/** The clients that are committed. */
export async function committedClients(): Promise<ClientsUnderTest> {
  return clientsOf(await import('../../generated/index.js'));
}

/** Generates and loads clients of other providers. */
export async function generateSubjects(name: string, inputs: readonly PlannedProvider[]): Promise<Subjects> {
  const compiled = await compile(inputs);
  if (!compiled.ok) throw new Error(said(compiled.problems).join('\n'));
  const { folder, remove } = await writeGenerated(name, compiled.value);
  return { apis: compiled.value.apis, clients: clientsOf(await import(path.join(folder, 'index.ts'))), remove };
}

const PACKS = ['stripe', 'adyen-checkout', 'paypal-payments', 'square', 'paystack', 'sumup'];

/** Providers of many kinds: with keys, forms, prices in major units, answers without a body. */
export const OTHERS: readonly PlannedProvider[] = [
  ...PACKS.map((id) => ({ id, spec: path.resolve(`test/packs/${id}.yaml`), overlay: undefined })),
  {
    id: 'keyed',
    spec: path.resolve('test/fixtures/keyed/keyed.yaml'),
    overlay: path.resolve('test/fixtures/keyed/keyed.overlay.yaml'),
  },
];
