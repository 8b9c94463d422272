import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { planConfig, planSpecs, type RefundgenConfig } from '../generator/config.js';
import { inFolder } from './fixtures/pack.js';
import { failuresOf, valueFrom } from './output/folder.js';

const FOLDER = path.resolve('/project');

function planned(config: RefundgenConfig['providers'][string]) {
  const [input] = valueFrom(planConfig({ providers: { acme: config } }, FOLDER)).inputs;
  return input;
}

function refused(config: unknown): string {
  return failuresOf(planConfig({ providers: { acme: config } }, FOLDER)).join('\n');
}

describe('overlays', () => {
  test('nothing said: none is named, so that a pack may be recognised', () => {
    expect(planned({ spec: 'acme.yaml' })).toEqual({
      id: 'acme',
      spec: path.join(FOLDER, 'acme.yaml'),
      overlay: undefined,
    });
  });

  test('false: the list is empty', () => {
    expect(planned({ spec: 'acme.yaml', overlay: false })).toMatchObject({ overlay: undefined, overlays: [] });
  });

  test('one, or several in order; a pack by its name', () => {
    const own = path.join(FOLDER, 'own.yaml');
    expect(planned({ spec: 'acme.yaml', overlay: 'own.yaml' })).toMatchObject({ overlay: own, overlays: [own] });
    const input = planned({ spec: 'acme.yaml', overlay: ['pack:acme', './own.yaml'] });
    expect(input?.overlay).toBe(own);
    expect(input?.overlays?.[0]).toMatch(/specs[/\\]packs[/\\]acme\.overlay\.yaml$/);
  });

  test('the one beside the spec', async () => {
    await inFolder({ 'acme.json': {}, 'acme.overlay.yaml': 'x' }, async (folder) => {
      const plan = valueFrom(planConfig({ providers: { acme: { spec: 'acme.json' } } }, folder));
      expect(plan.inputs[0]?.overlays).toEqual([path.join(folder, 'acme.overlay.yaml')]);
      const off = valueFrom(planConfig({ providers: { acme: { spec: 'acme.json', overlay: false } } }, folder));
      expect(off.inputs[0]?.overlays).toEqual([]);
    });
  });

  test.each([[7], [true], [[1]], ['pack:../../etc/x'], [['pack:A']]])('%j is none', (overlay) => {
    expect(refused({ spec: 'acme.yaml', overlay })).toMatch(/overlay must be|names no pack/);
  });
});

describe('specs at URLs', () => {
  const spec = 'https://acme.example/api/Spec-3.json?v=1';

  test('stay URLs, and have no overlay beside them', () => {
    expect(planned({ spec })).toEqual({ id: 'acme', spec, overlay: undefined });
    const [input] = valueFrom(planSpecs([spec], undefined, FOLDER)).inputs;
    expect(input).toEqual({ id: 'spec-3', spec, overlay: undefined });
  });

  test('headers name variables, and what is allowed is made absolute', () => {
    const config = {
      spec,
      headers: { Authorization: 'ACME_TOKEN' },
      allow: ['../common', 'https://acme.example/api/'],
    };
    expect(planned(config)).toMatchObject({
      headers: { Authorization: 'ACME_TOKEN' },
      allow: [path.resolve(FOLDER, '../common'), 'https://acme.example/api/'],
    });
  });

  test.each([
    ['http to another host', { spec: 'http://acme.example/a' }, 'must be an https:// URL'],
    ['a password', { spec: 'https://me:hidden@acme.example/a' }, 'without user and password'],
    ['another protocol', { spec: 'ftp://acme.example/a' }, 'must be an https:// URL'],
    ['a value of a header', { spec, headers: { authorization: 'Bearer hidden' } }, 'not a value'],
    ['a name of a header', { spec, headers: { 'a b': 'hidden' } }, 'no header can have'],
    ['headers for a file', { spec: 'a.yaml', headers: { a: 'HIDDEN' } }, 'headers are for a spec at a URL'],
    ['what is allowed', { spec, allow: 'x' }, 'allow must be a list'],
    ['a URL that is allowed', { spec, allow: ['http://acme.example/'] }, 'allow http://acme.example/ must be'],
    ['a pack', { spec: 'pack:../x' }, 'names no pack'],
  ])('%s is refused', (_, config, reason) => {
    const message = refused(config);
    expect(message).toContain(reason);
    expect(message).not.toContain('hidden');
  });

  test.each(['http://acme.example/a.yaml', 'pack:../x'])('%s is refused on the command line', (text) => {
    expect(failuresOf(planSpecs([text], undefined, FOLDER)).join()).toContain('R060');
  });
});
