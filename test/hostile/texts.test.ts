import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { type Compiled, compile } from '../../generator/generate.js';
import type { Result } from '../../generator/problem.js';
import { nodesOf, parse } from '../emit/syntax.js';
import { at, put } from '../fixtures/json.js';
import { compilePack, inFolder, PACKS, readPack } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';
import { guardWorld, marks } from './guard.js';
import { POST, refTo, schemasOf, TEXT } from './inject.js';
import { FEW_PAYLOADS, NAMED_PAYLOADS } from './payloads.js';
import { injectTexts } from './places/texts.js';
import { Complaints, kindsOf, Twin } from './twin.js';

const HARMLESS = 'Harmless words';
const guard = guardWorld();

describe('mere text', () => {
  test.each(PACKS.map((name, index) => [name, index] as const))(
    'of the pack %s changes nothing but comments and literals',
    async (name, index) => {
      const injected = (text: string): Promise<Result<Compiled>> => {
        const pack = readPack(name);
        injectTexts(pack, text);
        return compilePack(pack);
      };
      const twin = new Twin(await injected(HARMLESS));
      // Between them, the packs take all payloads.
      const payloads = Object.entries(NAMED_PAYLOADS).filter((_, at) => at % PACKS.length === index);
      for (const [payload, text] of payloads) {
        const compiled = valueFrom(await injected(text));
        expect(twin.compare(compiled), payload).toEqual([]);
        expect(kindsOf(compiled), payload).toEqual(twin.kinds);
      }
      expect([...guard.attempts, ...marks()]).toEqual([]);
    },
  );
});

describe('names', () => {
  test('of files', async () => {
    const { spec, overlay } = readPack('piriod');
    const named = (name: string): Promise<Result<Compiled>> =>
      inFolder({ [`${name}.yaml`]: spec, [`${name}.overlay.yaml`]: overlay }, (folder) =>
        compile([{ id: 'acme', spec: `${folder}/${name}.yaml`, overlay: `${folder}/${name}.overlay.yaml` }]),
      );
    const twin = new Twin(await named('acme'));
    const found = new Complaints();
    for (const payload of FEW_PAYLOADS) {
      const file = payload.replaceAll(/[/\0]/g, '_').slice(0, 60);
      found.add(payload, await twin.complaints(() => named(file)));
    }
    expect(found.list()).toEqual([]);
  });

  test('that are very long', async () => {
    const named = (name: string): Promise<Result<Compiled>> => {
      const pack = readPack('wooshpay');
      put(at(pack.spec, ...POST), 'operationId', name);
      put(at(pack.spec, 'paths', '/v1/refunds/{refund_id}', 'get'), 'operationId', name);
      put(at(schemasOf(pack), 'RefundCreate', 'properties'), name, TEXT);
      put(schemasOf(pack), name, { type: 'object' });
      put(at(schemasOf(pack), 'Refund', 'properties'), 'long', refTo('schemas', name));
      return compilePack(pack);
    };
    expect(new Twin(await named('harmless')).compare(valueFrom(await named('aB3'.repeat(400))))).toEqual([]);
  });
});

test('numbers that JSON does not have', async () => {
  const text = JSON.stringify(readPack('piriod').spec);
  const { overlay } = readPack('piriod');
  for (const number of ['.nan', '.inf', '-.inf', '1e999']) {
    const spec = text.replace('"maxLength":64', `"maxLength":${number}`);
    const result = await inFolder({ 'acme.yaml': spec, 'acme.overlay.yaml': overlay }, (folder) =>
      compile([{ id: 'acme', spec: `${folder}/acme.yaml`, overlay: `${folder}/acme.overlay.yaml` }]),
    );
    const client = result.ok ? result.value.files.filter(({ path }) => path.startsWith('acme/')) : [];
    const names = client.flatMap((file) => nodesOf(parse(file.text)).filter(ts.isIdentifier)).map((name) => name.text);
    expect(names).not.toContain('NaN');
    expect(names).not.toContain('Infinity');
  }
});
