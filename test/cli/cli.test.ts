import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, copyOf, type Json, writeJson } from '../fixtures/json.js';
import { factsWith, packFile, readPack } from '../fixtures/pack.js';
import { contents, names, put, read, temporaryFolder } from '../output/folder.js';
import { type Built, build } from './built.js';
import { runHere } from './here.js';

let built: Built;

beforeAll(async () => {
  built = await build();
}, 180_000);

afterAll(() => built.remove());

/** A folder with the spec and the overlay of Piriod in it. */
async function withPiriod(): Promise<string> {
  const folder = await temporaryFolder();
  await put(folder, 'piriod.yaml', await readFile(packFile('piriod', 'spec'), 'utf8'));
  await put(folder, 'piriod.overlay.yaml', await readFile(packFile('piriod', 'overlay'), 'utf8'));
  return folder;
}

/** The overlay of Piriod without the unit of its amounts, which is asked for then. */
function withoutUnit(): Json {
  const pack = readPack('piriod');
  delete at(factsWith(pack, 'amount'), 'amount')['unit'];
  return pack.overlay;
}

describe('generate', () => {
  test('writes the client of a spec, with the overlay beside it', async () => {
    const folder = await withPiriod();
    const { exit, stderr, stdout } = await built.run(folder, 'generate', 'piriod.yaml', '-o', 'out/refunds');
    expect(stderr).toBe('');
    expect(exit).toBe(0);
    expect(stdout).toContain('✓ piriod  POST /refunds/');
    expect(stdout).toContain('partial only, major units');
    expect(stdout).toMatch(/^out\/refunds: \d+ created, 0 changed, 0 unchanged, 0 removed$/m);
    expect(await names(path.join(folder, 'out/refunds'))).toContain('piriod/client.ts');
    expect(await read(folder, 'out/refunds/piriod/client.ts')).toBe(
      await readFile('generated/piriod/client.ts', 'utf8'),
    );
  });

  test('changes nothing when it is run again', async () => {
    const folder = await withPiriod();
    await runHere(folder, 'generate', 'piriod.yaml');
    const before = await contents(path.join(folder, 'generated'));
    const { exit, stdout } = await runHere(folder, 'generate', 'piriod.yaml');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^generated: 0 created, 0 changed, \d+ unchanged, 0 removed$/m);
    expect(await contents(path.join(folder, 'generated'))).toEqual(before);
  });

  test('takes packs that come with refundgen, from anywhere', async () => {
    const folder = await temporaryFolder();
    const { exit, stdout } = await built.run(folder, 'generate', 'pack:chip', 'pack:medusa');
    expect(exit).toBe(0);
    expect(stdout.match(/^✓ \w+/gm)).toEqual(['✓ chip', '✓ medusa']);
    for (const file of ['chip/client.ts', 'chip/types.ts', 'medusa/client.ts', 'runtime/refund.ts']) {
      expect(await read(folder, `generated/${file}`)).toBe(await readFile(`generated/${file}`, 'utf8'));
    }
  });

  test('removes the client of a provider that is no longer there, and says so', async () => {
    const folder = await temporaryFolder();
    await runHere(folder, 'generate', 'pack:chip', 'pack:medusa');
    const { exit, stdout } = await runHere(folder, 'generate', 'pack:chip');
    expect(exit).toBe(0);
    expect(stdout).toContain('removed medusa/client.ts');
    expect(await names(path.join(folder, 'generated'))).not.toContain('medusa/client.ts');
  });

  test('a provider that fails leaves all of the old output as it was', async () => {
    const folder = await withPiriod();
    await runHere(folder, 'generate', 'pack:chip', 'piriod.yaml');
    const before = await contents(path.join(folder, 'generated'));
    await put(folder, 'piriod.overlay.yaml', writeJson(withoutUnit()));
    const { exit, stderr, stdout } = await runHere(folder, 'generate', 'pack:chip', 'pack:medusa', 'piriod.yaml');
    expect(exit).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('error R030');
    expect(stderr).toContain('Nothing was written.');
    expect(await contents(path.join(folder, 'generated'))).toEqual(before);
  });

  test('the problems of every provider are printed', async () => {
    const folder = await withPiriod();
    await put(folder, 'piriod.overlay.yaml', writeJson(withoutUnit()));
    await put(folder, 'broken.yaml', 'openapi: 3.0.3\npaths: [\n');
    const { exit, stderr } = await runHere(folder, 'generate', 'piriod.yaml', 'broken.yaml', 'missing.yaml');
    expect(exit).toBe(1);
    expect(stderr.match(/^error R\d+/gm)?.sort()).toEqual(['error R001', 'error R002', 'error R030']);
    expect(await names(folder)).not.toContain('generated');
  });

  test('a file of somebody else in the way is left alone', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'generated/index.ts', 'export const mine = 1;\n');
    const { exit, stderr } = await runHere(folder, 'generate', 'pack:chip');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R051 generated/index.ts was not written by refundgen');
    expect(await names(path.join(folder, 'generated'))).toEqual(['index.ts']);
  });
});

describe('problems are printed with their place', () => {
  test('file, line and column, the lines around it, and what to do', async () => {
    const folder = await withPiriod();
    const spec = copyOf(readPack('piriod').spec);
    at(spec, 'components', 'schemas', 'Refund', 'properties', 'status')['enum'] = ['failed', 'succeeded', 'reversed'];
    await put(folder, 'specs/piriod.yaml', writeJson(spec));
    await put(folder, 'specs/piriod.overlay.yaml', await read(folder, 'piriod.overlay.yaml'));
    const { exit, stderr } = await runHere(folder, 'generate', 'specs/piriod.yaml');
    expect(exit).toBe(1);
    const [, line = ''] =
      /^error R032 specs\/piriod\.yaml:(\d+):\d+ what do these statuses mean\? \+ reversed$/m.exec(stderr) ?? [];
    const [around] = (await read(folder, 'specs/piriod.yaml')).split('\n').slice(Number(line) - 1);
    expect(stderr).toContain(around?.trim());
    expect(stderr).toMatch(new RegExp(`^ *${line} \\|`, 'm'));
    expect(stderr).toContain('write to specs/piriod.overlay.yaml under actions:');
    expect(stderr).toContain('"reversed": pending');
  });

  test('in the overlay', async () => {
    const folder = await withPiriod();
    const overlay = await read(folder, 'piriod.overlay.yaml');
    await put(folder, 'piriod.overlay.yaml', overlay.replace('unit: major', 'unit: cents'));
    const line = overlay.split('\n').findIndex((text) => text.includes('unit: major')) + 1;
    const { exit, stderr } = await runHere(folder, 'generate', 'piriod.yaml');
    expect(exit).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error R013 piriod\\.overlay\\.yaml:${line}:\\d+ x-refund\\.amount\\.unit must be`, 'm'),
    );
    expect(stderr).toContain('unit: cents');
  });

  test('without anything that a terminal would act on', async () => {
    const folder = await withPiriod();
    const spec = copyOf(readPack('piriod').spec);
    const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u001b[8mhidden';
    at(spec, 'components', 'schemas', 'Refund', 'properties', 'status')['enum'] = ['failed', 'succeeded', evil];
    const paths = at(spec, 'paths');
    paths[`/${evil}`] = { get: { $ref: `#/${evil}` } };
    await put(folder, 'piriod.yaml', writeJson(spec));
    const { exit, stderr } = await runHere(folder, 'generate', 'piriod.yaml');
    expect(exit).toBe(1);
    expect(stderr).toContain('hidden');
    expect(stderr).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cf}/u);
  });

  test('and warnings do not stop', async () => {
    const folder = await withPiriod();
    const { overlay, spec } = readPack('piriod');
    at(spec, 'components', 'schemas')['Unused'] = { $ref: '#/components/schemas/Nowhere' };
    await put(folder, 'piriod.yaml', writeJson(spec));
    await put(folder, 'piriod.overlay.yaml', writeJson(overlay));
    const { exit, stderr, stdout } = await runHere(folder, 'generate', 'piriod.yaml');
    expect(exit).toBe(0);
    expect(stderr).toMatch(/^warning R005 piriod\.yaml:\d+:\d+ /m);
    expect(stdout).toContain('✓ piriod');
  });

  test('a referenced file that is an alias bomb ends', async () => {
    const folder = await withPiriod();
    const { spec } = readPack('piriod');
    at(spec, 'components', 'schemas')['Bomb'] = { $ref: './bomb.yaml' };
    await put(folder, 'piriod.yaml', writeJson(spec));
    const levels = Array.from({ length: 9 }, (_, level) => {
      const item = level === 0 ? 'x' : `*a${level - 1}`;
      return `a${level}: &a${level} { ${Array.from({ length: 10 }, (_, key) => `k${key}: ${item}`).join(', ')} }\n`;
    });
    await put(folder, 'bomb.yaml', levels.join(''));
    const { exit, stderr } = await built.run(folder, 'generate', 'piriod.yaml');
    // Killed, or out of memory: neither is an answer.
    expect([0, 1]).toContain(exit);
    expect(stderr).toMatch(/R00[45]/);
  }, 90_000);
});

describe('open questions', () => {
  test('are counted at the end, with what to do about them', async () => {
    const folder = await withPiriod();
    await put(folder, 'piriod.overlay.yaml', writeJson(withoutUnit()));
    for (const command of ['generate', 'check']) {
      const { exit, stderr } = await runHere(folder, command, 'piriod.yaml');
      expect(exit).toBe(1);
      expect(stderr).toContain('1 question is open:\n    refundgen init piriod.yaml');
      expect(stderr).toContain('refundgen inspect piriod.yaml');
      expect(stderr).toContain('--native-only');
    }
  });

  test('do not stop --native-only, and are one line each', async () => {
    const folder = await withPiriod();
    await put(folder, 'piriod.overlay.yaml', writeJson(withoutUnit()));
    const generated = await runHere(folder, 'generate', 'piriod.yaml', '--native-only');
    expect(generated.exit).toBe(0);
    expect(generated.stdout).toContain('✓ piriod  native only: POST /refunds/');
    expect(generated.stderr.match(/^warning R030 .*$/gm)).toHaveLength(1);
    expect(generated.stderr).not.toContain('target: $');
    expect(generated.stderr).toContain('refundgen inspect');
    expect(await names(path.join(folder, 'generated'))).toContain('piriod/types.ts');
    const checked = await runHere(folder, 'check', 'piriod.yaml', '--native-only');
    expect([checked.exit, checked.stdout]).toEqual([0, '✓ generated is up to date\n']);
    const printed = await runHere(folder, 'generate', 'piriod.yaml', '--native-only', '--print', 'ir');
    expect(Object.keys(at(JSON.parse(printed.stdout) as Json, 'piriod'))).toContain('operations');
  });

  test('--native-only needs an operation', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'acme.yaml', 'openapi: 3.0.3\ninfo: { title: Acme, version: "1" }\npaths: {}\n');
    const { exit, stderr } = await runHere(folder, 'generate', 'acme.yaml', '--native-only');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R020');
  });
});

describe('check', () => {
  test('is silent about what is right', async () => {
    const folder = await temporaryFolder();
    await runHere(folder, 'generate', 'pack:chip', 'pack:medusa');
    const before = await contents(folder);
    const { exit, stderr, stdout } = await runHere(folder, 'check', 'pack:chip', 'pack:medusa');
    expect([exit, stderr, stdout]).toEqual([0, '', '✓ generated is up to date\n']);
    expect(await contents(folder)).toEqual(before);
  });

  test('lists every stale file of every provider, and writes none', async () => {
    const folder = await temporaryFolder();
    await runHere(folder, 'generate', 'pack:chip', 'pack:medusa', 'pack:piriod');
    const output = path.join(folder, 'generated');
    await rm(path.join(output, 'chip/client.ts'));
    await rm(path.join(output, 'runtime/money.ts'));
    await writeFile(path.join(output, 'medusa/types.ts'), '// Generated by refundgen, and edited\n');
    const before = await contents(folder);
    const { exit, stderr, stdout } = await runHere(folder, 'check', 'pack:chip', 'pack:medusa');
    expect(exit).toBe(1);
    for (const line of [
      'missing   generated/chip/client.ts',
      'missing   generated/runtime/money.ts',
      'changed   generated/medusa/types.ts',
      'changed   generated/index.ts',
      'changed   generated/providers.ts',
      'orphaned  generated/piriod/client.ts',
      'orphaned  generated/piriod/types.ts',
    ]) {
      expect(stdout).toContain(`✗ ${line}\n`);
    }
    expect(stderr).toContain('files are stale: run refundgen generate.');
    expect(await contents(folder)).toEqual(before);
  });

  test('fails where nothing was generated yet', async () => {
    const folder = await temporaryFolder();
    const { exit, stdout } = await built.run(folder, 'check', 'pack:chip', '-o', 'out');
    expect(exit).toBe(1);
    expect(stdout).toContain('missing   out/chip/client.ts');
    expect(await names(folder)).toEqual([]);
  });

  test('prints the problems of specs', async () => {
    const folder = await withPiriod();
    await put(folder, 'piriod.overlay.yaml', writeJson(withoutUnit()));
    const { exit, stderr } = await runHere(folder, 'check', 'piriod.yaml');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R030');
  });
});

describe('--print ir', () => {
  test('prints what is known, as JSON, and writes nothing', async () => {
    const folder = await temporaryFolder();
    const { exit, stderr, stdout } = await built.run(folder, 'generate', '--print', 'ir', 'pack:chip', 'pack:piriod');
    expect([exit, stderr]).toEqual([0, '']);
    const printed = at(JSON.parse(stdout) as Json);
    expect(Object.keys(printed)).toEqual(['chip', 'piriod']);
    expect(at(printed, 'piriod', 'create', 'amount')['unit']).toEqual({
      value: 'major',
      basis: 'declared',
      evidence: { file: 'piriod.overlay.yaml', pointer: '/actions/3/update/x-refund/amount/unit' },
      source: expect.stringContaining('https://docs.piriod.com/'),
      date: '2026-11-21',
    });
    expect(at(printed, 'chip', 'idempotency')['value']).toEqual({ kind: 'none' });
    expect(await names(folder)).toEqual([]);
  });

  test('prints problems apart from it', async () => {
    const folder = await withPiriod();
    await put(folder, 'piriod.overlay.yaml', writeJson(withoutUnit()));
    const { exit, stderr, stdout } = await runHere(folder, 'generate', '--print', 'ir', 'piriod.yaml');
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error R030');
  });
});

describe('the installed program', () => {
  test('inspects, and writes questions down', async () => {
    const folder = await temporaryFolder();
    await put(folder, 'acme.yaml', await readFile(packFile('piriod', 'spec'), 'utf8'));
    const inspected = await built.run(folder, 'inspect', 'acme.yaml', '--json');
    expect([inspected.exit, inspected.stderr]).toEqual([0, '']);
    expect(at(JSON.parse(inspected.stdout) as Json, 'create')['path']).toBe('/refunds/');
    const page = await built.run(folder, 'inspect', 'acme.yaml');
    expect([page.exit, page.stderr]).toEqual([0, '']);
    expect(page.stdout).toContain('questions are open');
    const begun = await built.run(folder, 'init', 'acme.yaml');
    expect([begun.exit, begun.stderr]).toEqual([0, '']);
    expect(await names(folder)).toEqual(['acme.overlay.yaml', 'acme.yaml', 'refundgen.config.ts']);
  });
});

describe('configuration', () => {
  const CONFIG = `import { defineConfig, type RefundgenConfig } from 'refundgen';

const providers: RefundgenConfig['providers'] = {
  acme: { spec: './specs/piriod.yaml', overlay: './facts.yaml' },
  chip: { spec: 'pack:chip' },
};

export default defineConfig({ providers, output: 'src/refunds' });
`;

  async function withConfig(config: string, file = 'refundgen.config.ts'): Promise<string> {
    const folder = await temporaryFolder();
    await put(folder, `app/${file}`, config);
    await put(folder, 'app/specs/piriod.yaml', await readFile(packFile('piriod', 'spec'), 'utf8'));
    await put(folder, 'app/facts.yaml', await readFile(packFile('piriod', 'overlay'), 'utf8'));
    return folder;
  }

  test('in TypeScript, found in the working directory', async () => {
    const folder = await withConfig(CONFIG);
    const { exit, stderr, stdout } = await built.run(path.join(folder, 'app'), 'generate');
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout.match(/^✓ \w+/gm)).toEqual(['✓ acme', '✓ chip']);
    expect(await names(path.join(folder, 'app/src/refunds'))).toContain('acme/client.ts');
    expect((await built.run(path.join(folder, 'app'), 'check')).exit).toBe(0);
  });

  test('named, from another folder: its paths are its own', async () => {
    const folder = await withConfig(CONFIG, 'mine.ts');
    const { exit, stderr } = await runHere(folder, 'generate', '--config', 'app/mine.ts');
    expect([exit, stderr]).toEqual([0, '']);
    expect(await names(path.join(folder, 'app/src/refunds'))).toContain('acme/client.ts');
  });

  test('--output counts, and is relative to the working directory', async () => {
    const folder = await withConfig(CONFIG);
    const { exit } = await runHere(folder, 'generate', '-c', 'app/refundgen.config.ts', '-o', 'elsewhere');
    expect(exit).toBe(0);
    expect(await names(path.join(folder, 'elsewhere'))).toContain('acme/client.ts');
    expect(await names(folder)).not.toContain('app/src');
  });

  test.each([
    ['that cannot be parsed', 'export default {', 'R060'],
    ['that throws', 'throw new Error("no, thanks");', 'R060'],
    ['that is nothing', 'export {};', 'R060'],
    ['without providers', 'export default { providers: {} };', 'R060'],
    ['with a key that is not known', 'export default { provider: {}, providers: { a: { spec: "x" } } };', 'R060'],
    ['with a name that cannot be one', 'export default { providers: { "../a": { spec: "x" } } };', 'R044'],
    ['with a name that is a prototype', 'export default { providers: { ["__proto__"]: { spec: "x" } } };', 'R044'],
    ['with a spec that is none', 'export default { providers: { a: { spec: 7 } } };', 'R060'],
    [
      'with a missing overlay',
      'export default { providers: { a: { spec: "pack:chip", overlay: "no.yaml" } } };',
      'R001',
    ],
  ])('%s is a problem', async (_, config, code) => {
    const folder = await temporaryFolder();
    await put(folder, 'refundgen.config.ts', config);
    const { exit, stderr, stdout } = await runHere(folder, 'generate');
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`error ${code}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await names(folder)).toEqual(['refundgen.config.ts']);
  });

  test('two specs of one name need names of their own', async () => {
    const folder = await withPiriod();
    await mkdir(path.join(folder, 'b'));
    const { exit, stderr } = await runHere(folder, 'generate', 'piriod.yaml', 'b/Piriod.json');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R060 two specs would make a provider named piriod');
  });
});

describe('usage', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['make']],
    ['an unknown option', ['generate', '--fast', 'pack:chip']],
    ['an option without its value', ['generate', 'pack:chip', '--output']],
    ['specs and a configuration', ['generate', 'pack:chip', '--config', 'refundgen.config.ts']],
    ['specs and a configuration to check', ['check', 'pack:chip', '-c', 'refundgen.config.ts']],
    ['neither specs nor a configuration', ['generate']],
    ['an unknown reporter', ['generate', '--reporter', 'xml', 'pack:chip']],
    ['something else to print', ['generate', '--print', 'types', 'pack:chip']],
    ['init without a spec', ['init']],
    ['init with two specs', ['init', 'a.yaml', 'b.yaml']],
    ['nothing to inspect', ['inspect']],
    ['specs and a configuration to inspect', ['inspect', 'pack:chip', '-c', 'refundgen.config.ts']],
  ])('%s is wrong usage', async (_, args) => {
    const folder = await temporaryFolder();
    const { exit, stderr, stdout } = await runHere(folder, ...args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
    expect(await names(folder)).toEqual([]);
  });

  test('the program ends with it', async () => {
    const { exit, stderr, stdout } = await built.run(await temporaryFolder(), 'generate', 'pack:chip', '-c', 'x.ts');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Give specs or --config, not both.');
  });

  test.each(['--help', 'generate --help', 'help check', 'inspect --help', 'init --help'])('%s helps', async (args) => {
    const { exit, stderr, stdout } = await runHere(await temporaryFolder(), ...args.split(' '));
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: refundgen');
  });

  test('help names every command, and fits on a screen', async () => {
    const { stdout } = await runHere(await temporaryFolder(), '--help');
    for (const command of ['inspect', 'init', 'generate', 'check', 'diff', 'conformance'])
      expect(stdout).toContain(`refundgen ${command}`);
    expect(stdout.split('\n').length).toBeLessThan(36);
  });

  test('--version is the one of the package', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string };
    const { exit, stdout } = await built.run(await temporaryFolder(), '--version');
    expect([exit, stdout]).toEqual([0, `${version}\n`]);
  });

  test('a pack that there is none of is a problem', async () => {
    const { exit, stderr } = await runHere(await temporaryFolder(), 'generate', 'pack:nobody');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R001');
    expect(stderr).toContain('nobody');
  });
});
