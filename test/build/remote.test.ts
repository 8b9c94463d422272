import { expect, test } from 'vitest';
import { writeJson } from '../fixtures/json.js';
import { readPack } from '../fixtures/pack.js';
import { json, type Loopback, listen } from '../loopback.js';
import { described, put, temporaryFolder } from '../output/folder.js';
import { run } from './project.js';

/** Serves the piriod spec, each time as it is then. */
async function serving(use: (server: Loopback, folder: string, rename: (title: string) => void) => Promise<void>) {
  const { overlay, spec } = readPack('piriod');
  let title = 'Piriod';
  const server = await listen((response, request) => {
    json(200, { ...spec, info: { title, version: '1' } })(response, request);
  });
  try {
    const folder = await temporaryFolder();
    await put(folder, 'piriod.overlay.yaml', writeJson(overlay));
    await use(server, folder, (other) => {
      title = other;
    });
  } finally {
    await server.close();
  }
}

test('a spec at a URL is fetched each time, and generated again when somebody has looked at what changed', async () => {
  await serving(async (server, folder, rename) => {
    const config = { providers: { piriod: { spec: `${server.url}/spec.json`, overlay: 'piriod.overlay.yaml' } } };
    expect((await run(folder, config)).generated).toEqual(['piriod']);
    expect(server.seen).toHaveLength(1);
    expect((await run(folder, config)).generated).toEqual([]);
    expect(server.seen).toHaveLength(2);
    rename('Other');
    const refused = await run(folder, config);
    expect(described(refused.result.problems)).toEqual([expect.stringMatching(/^R007 error .* has changed/)]);
    expect((await run(folder, config, { refresh: true })).result.ok).toBe(true);
    expect((await run(folder, config)).generated).toEqual([]);
    expect((await run(folder, config, { refresh: true })).generated).toEqual([]);
  });
});

test('a server that does not answer is no reason to call the output up to date', async () => {
  await serving(async (server, folder) => {
    const config = { providers: { piriod: { spec: `${server.url}/spec.json`, overlay: 'piriod.overlay.yaml' } } };
    await run(folder, config);
    await server.close();
    expect(described((await run(folder, config)).result.problems)).toEqual([
      expect.stringMatching(/^R008 error .* cannot be fetched/),
    ]);
  });
});
