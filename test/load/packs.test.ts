import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { load, type SpecFiles } from '../../generator/load/load.js';
import { recognisePack } from '../../generator/load/packs.js';
import { factAt, locationOf } from '../../generator/load/spec-document.js';
import type { Json, JsonMap } from '../fixtures/json.js';
import { action, inFolder } from '../fixtures/pack.js';
import { valueFrom } from '../output/folder.js';

function pack(about: Json, ...actions: JsonMap[]): JsonMap {
  const note = action('$.info', { update: { 'x-note': 'from the pack' } });
  return { overlay: '1.0.0', 'x-refundgen-pack': about, actions: actions.length > 0 ? actions : [note] };
}

const PACKS = {
  'packs/acme.overlay.yaml': pack({ name: 'acme', title: 'Acme API', servers: ['https://api.acme.example/v1'] }),
  'packs/bolt.overlay.yaml': pack({
    name: 'bolt',
    title: ['Bolt', 'Bolt Payments'],
    servers: ['https://bolt.example'],
  }),
  'packs/none.overlay.yaml': { overlay: '1.0.0', actions: [] },
  'packs/broken.overlay.yaml': 'a: [',
  'packs/notes.txt': 'x',
};

function specOf(title: string, ...urls: string[]): JsonMap {
  return { openapi: '3.0.3', info: { title, version: '1' }, servers: urls.map((url) => ({ url })), paths: {} };
}

describe('a pack is recognised by title and servers', () => {
  test.each([
    ['title and server', specOf('Acme API', 'https://api.acme.example/v1'), 'acme'],
    ['a path below the server', specOf('Acme API', 'https://api.acme.example/v1/eu/'), 'acme'],
    ['another case', specOf(' ACME api ', 'https://API.acme.example/v1'), 'acme'],
    ['one of several titles', specOf('bolt payments', 'https://bolt.example'), 'bolt'],
    ['one of several servers', specOf('Bolt', 'https://test.example', 'https://bolt.example/api'), 'bolt'],
    ['no absolute server', specOf('Bolt', '/api'), undefined],
    ['no server', specOf('Bolt'), undefined],
    ['another server', specOf('Acme API', 'https://acme.evil.example/v1'), undefined],
    ['a server that only begins alike', specOf('Acme API', 'https://api.acme.example/v10'), undefined],
    ['another scheme', specOf('Acme API', 'http://api.acme.example/v1'), undefined],
    ['a title that only begins alike', specOf('Acme API v2', 'https://api.acme.example/v1'), undefined],
    ['no title', { openapi: '3.0.3', paths: {} }, undefined],
  ])('%s', async (_, document, name) => {
    await inFolder(PACKS, async (folder) => {
      const packs = path.join(folder, 'packs');
      const found = await recognisePack(document, packs);
      expect(found).toBe(name === undefined ? undefined : path.join(packs, `${name}.overlay.yaml`));
    });
  });

  test('variables of a server have their defaults', async () => {
    const servers = [{ url: 'https://{region}.acme.example/v1', variables: { region: { default: 'api' } } }];
    await inFolder(PACKS, async (folder) => {
      const found = await recognisePack({ ...specOf('Acme API'), servers }, path.join(folder, 'packs'));
      expect(found).toMatch(/acme\.overlay\.yaml$/);
    });
  });

  test('none where two would fit, and none without packs', async () => {
    const twice = { ...PACKS, 'packs/other.overlay.yaml': pack({ title: 'Bolt', servers: ['https://bolt.example'] }) };
    await inFolder(twice, async (folder) => {
      expect(await recognisePack(specOf('Bolt', 'https://bolt.example'), path.join(folder, 'packs'))).toBeUndefined();
      expect(await recognisePack(specOf('Bolt', 'https://bolt.example'), path.join(folder, 'nowhere'))).toBeUndefined();
    });
  });
});

describe('loading', () => {
  const spec = specOf('Bolt', 'https://bolt.example');

  function loaded(files: Record<string, Json>, choose: (folder: string) => Partial<SpecFiles>) {
    return inFolder({ ...PACKS, 'spec.json': spec, ...files }, (folder) =>
      load({
        spec: path.join(folder, 'spec.json'),
        overlay: undefined,
        packs: path.join(folder, 'packs'),
        ...choose(folder),
      }),
    );
  }

  test('applies the pack where no overlay is named', async () => {
    const document = valueFrom(await loaded({}, () => ({})));
    expect(document.value['info']).toMatchObject({ 'x-note': 'from the pack' });
    expect(document.overlay?.name).toBe('bolt.overlay.yaml');
    expect(factAt(document, '/info/x-note', 1)).toMatchObject({
      basis: 'declared',
      evidence: { file: 'bolt.overlay.yaml' },
    });
  });

  test('applies none where the list of overlays is empty', async () => {
    const document = valueFrom(await loaded({}, () => ({ overlays: [] })));
    expect(document.overlay).toBeUndefined();
    expect(document.value).toEqual(spec);
  });

  test('applies a named overlay instead', async () => {
    const own = { overlay: '1.0.0', actions: [action('$.info', { update: { 'x-own': true } })] };
    const document = valueFrom(
      await loaded({ 'own.yaml': own }, (folder) => ({ overlay: path.join(folder, 'own.yaml') })),
    );
    expect(document.value['info']).toEqual({ title: 'Bolt', version: '1', 'x-own': true });
  });

  test('says that a pack is left out where an overlay is named instead', async () => {
    const own = { overlay: '1.0.0', actions: [action('$.info', { update: { 'x-own': true } })] };
    const result = await loaded({ 'own.yaml': own }, (folder) => ({ overlay: path.join(folder, 'own.yaml') }));
    expect(result.problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning R009']);
    expect(result.problems[0]?.hint).toContain("overlay: ['pack:bolt', <your overlay>]");
    const none = await loaded({}, () => ({ overlays: [] }));
    expect(none.problems).toEqual([]);
  });

  test('says how to do without a pack that does not fit', async () => {
    const files = {
      'packs/bolt.overlay.yaml': pack(
        { title: 'Bolt', servers: ['https://bolt.example'] },
        action('$.paths.nowhere', { remove: true }),
      ),
    };
    const result = await loaded(files, () => ({}));
    expect(result.ok).toBe(false);
    expect(result.problems.map(({ code }) => code)).toEqual(['R011']);
    expect(result.problems[0]?.hint).toContain('overlay: false');
  });

  test('applies several overlays in order, each with its own file', async () => {
    const own = [
      action('$.info', { update: { 'x-note': 'from me', 'x-more': 1 } }),
      action('$.info', { update: { contact: {} } }),
    ];
    const document = valueFrom(
      await loaded({ 'own.yaml': { overlay: '1.0.0', actions: own } }, (folder) => ({
        overlays: [
          path.join(folder, 'packs/acme.overlay.yaml'),
          path.join(folder, 'packs/bolt.overlay.yaml'),
          path.join(folder, 'own.yaml'),
        ],
      })),
    );
    expect(document.overlay?.name).toBe('own.yaml');
    expect(factAt(document, '/info/x-note', 1).evidence).toEqual({
      file: 'own.yaml',
      pointer: '/actions/0/update/x-note',
    });
    expect(locationOf(document, '/info/x-more').file).toMatch(/own\.yaml$/);
  });

  test('keeps what only an earlier overlay has put there', async () => {
    const own = { overlay: '1.0.0', actions: [action('$.info', { update: { 'x-own': true } })] };
    const document = valueFrom(
      await loaded({ 'own.yaml': own }, (folder) => ({
        overlays: [path.join(folder, 'packs/bolt.overlay.yaml'), path.join(folder, 'own.yaml')],
      })),
    );
    expect(factAt(document, '/info/x-note', 1).evidence.file).toBe('bolt.overlay.yaml');
    expect(locationOf(document, '/info/x-note').file).toMatch(/bolt\.overlay\.yaml$/);
  });
});
