import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { entryText } from '../../generator/init/config-text.js';
import { init } from '../../generator/init/init.js';
import type { Person } from '../../generator/init/interview.js';
import { configEntry, overlayPlace } from '../../generator/init/places.js';
import { planOne } from '../../generator/inspect/plan.js';
import { PACKS_FOLDER } from '../../generator/load/pack-file.js';
import { parseText } from '../../generator/load/parse.js';
import { runHere } from '../cli/here.js';
import { faultsOf, STRICTEST_OPTIONS } from '../fixtures/faults.js';
import { at, type Json, listAt, writeJson } from '../fixtures/json.js';
import { action, declare } from '../fixtures/pack.js';
import { ODD, SPECS } from '../inspect/specs.js';
import { names, put, read, temporaryFolder, valueFrom } from '../output/folder.js';

async function withSpec(spec: Json | undefined, file = 'acme.json'): Promise<string> {
  const folder = await temporaryFolder();
  await put(folder, file, writeJson(spec ?? null));
  return folder;
}

/** What a person does in an editor: takes away the comment signs, and writes what is asked for. */
function filledIn(overlay: string): string {
  return overlay
    .replaceAll(/^( *)# /gm, '$1')
    .replaceAll(/( source:) +# .*$/gm, '$1 https://docs.acme.example/refunds, "what happens"')
    .replaceAll(/( date:) +# .*$/gm, '$1 2026-11-21')
    .replaceAll('<minor | major>', 'minor')
    .replaceAll('<omitted | unsupported>', 'omitted')
    .replaceAll(/<pending \| [^>]*>/g, 'pending')
    .replaceAll('<METHOD /path>', 'POST /a/refunds')
    .replaceAll("{ prefix: 'Bearer ' }", "{ prefix: 'Bearer ', credential: token }");
}

function actionsIn(overlay: string): readonly Json[] {
  const parsed = parseText(overlay);
  if (!parsed.ok) expect.fail(parsed.reason);
  return listAt(structuredClone(parsed.value) as Json, 'actions');
}

/** Whether a client can be generated, and what of. */
async function complete(folder: string): Promise<readonly unknown[]> {
  const { stdout } = await runHere(folder, 'inspect', 'acme.json', '--json');
  const found = at(JSON.parse(stdout) as Json);
  return [found['complete'], at(found, 'create')['path']];
}

/** What TypeScript says of a folder of clients. */
async function typeErrors(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true });
  const files = found.filter((file) => file.endsWith('.ts')).map((file) => path.join(folder, file));
  return faultsOf(files, STRICTEST_OPTIONS);
}

describe('a new overlay', () => {
  test('is written beside the spec, with the configuration', async () => {
    const folder = await withSpec(SPECS['plain'], 'specs/acme.json');
    const { exit, stderr, stdout } = await runHere(folder, 'init', 'specs/acme.json');
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain('✓ specs/acme.overlay.yaml written: 6 questions to answer\n✓ refundgen.config.ts written');
    expect(await names(folder)).toEqual(['refundgen.config.ts', 'specs', 'specs/acme.json', 'specs/acme.overlay.yaml']);
    expect(await read(folder, 'refundgen.config.ts')).toBe(
      [
        "import { defineConfig } from 'refundgen';",
        '',
        'export default defineConfig({',
        '  providers: {',
        "    acme: { spec: 'specs/acme.json' },",
        '  },',
        "  output: 'generated',",
        '});',
        '',
      ].join('\n'),
    );
  });

  test('asks about the money first, with what the spec says beside it', async () => {
    const folder = await withSpec(SPECS['plain']);
    await runHere(folder, 'init', 'acme.json');
    const overlay = await read(folder, 'acme.overlay.yaml');
    expect(overlay.match(/^ {2}## R\d+/gm)?.map((line) => line.slice(5))).toEqual([
      'R030',
      'R035',
      'R031',
      'R032',
      'R033',
      'R036',
    ]);
    expect(overlay).toMatch(/^ {2}## R030 does body\.amount count minor or major units\?/m);
    expect(overlay).toMatch(/^ {2}## {6}acme\.json:\d+ says: How much to refund\.$/m);
    expect(overlay).toContain(
      '  #         unit: <minor | major>   # minor: 1000 for $10.00; major: 10.00 for $10.00\n',
    );
    expect(overlay).toMatch(/^ {2}## {6}acme\.json:\d+ says: enum: "pending", "done", "failed"$/m);
    expect(Math.max(...overlay.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  test('declares nothing but a name, and `generate` asks all the same', async () => {
    const folder = await withSpec(SPECS['plain']);
    await runHere(folder, 'init', 'acme.json');
    expect(actionsIn(await read(folder, 'acme.overlay.yaml'))).toHaveLength(1);
    const { exit, stderr } = await runHere(folder, 'generate');
    expect(exit).toBe(1);
    expect(stderr).toContain('6 questions are open');
    expect(stderr).toContain('write to acme.overlay.yaml under actions');
  });

  test('once filled in, generates clients that type-check', async () => {
    const folder = await temporaryFolder();
    const ids = ['form', 'keyed', 'swagger'];
    const entries: string[] = [];
    for (const id of ids) {
      await put(folder, `${id}.json`, writeJson(SPECS[id === 'keyed' ? 'key in a header' : id] ?? null));
      const { exit, stdout } = await runHere(folder, 'init', `${id}.json`);
      expect(exit).toBe(0);
      entries.push(...(stdout.match(/^ {4}\w+: \{ spec: .*$/m) ?? []));
      await put(folder, `${id}.overlay.yaml`, filledIn(await read(folder, `${id}.overlay.yaml`)));
    }
    const config = await read(folder, 'refundgen.config.ts');
    await put(folder, 'refundgen.config.ts', config.replace('  },\n  output', `${entries.join('\n')}\n  },\n  output`));
    const { exit, stderr, stdout } = await runHere(folder, 'generate');
    expect(stderr.match(/^error .*$/gm) ?? []).toEqual([]);
    expect(exit).toBe(0);
    expect(stdout.match(/^✓ \w+/gm)?.sort()).toEqual(ids.map((id) => `✓ ${id}`).sort());
    await put(folder, 'package.json', '{ "type": "module" }');
    expect(await typeErrors(path.join(folder, 'generated'))).toEqual([]);
    for (const id of ids) {
      const { stdout: said } = await runHere(folder, 'init', `${id}.json`);
      expect(said).toContain(`✓ ${id}.overlay.yaml answers every question`);
    }
  }, 180_000);

  test.each([
    ['the choice', '<minor | major>', 'R013'],
    ['the source', 'source:   # the document that says so, and where in it', 'R012'],
    ['the day', 'date:     # YYYY-MM-DD, the day on which you read it', 'R012'],
  ])('does not load where %s is left out', async (_, kept, code) => {
    const folder = await withSpec(SPECS['plain']);
    await runHere(folder, 'init', 'acme.json');
    const overlay = (await read(folder, 'acme.overlay.yaml')).replace(kept, 'KEPT');
    await put(folder, 'acme.overlay.yaml', filledIn(overlay).replace('KEPT', kept));
    const { exit, stderr } = await runHere(folder, 'generate');
    expect(exit).toBe(1);
    expect(stderr).toContain(`error ${code}`);
  });

  test.each(Object.entries({ ...SPECS, ...ODD }))('%s: is YAML, in comments and without them', async (_, spec) => {
    const folder = await withSpec(spec);
    const { exit } = await runHere(folder, 'init', 'acme.json');
    expect(exit).toBe(0);
    const overlay = await read(folder, 'acme.overlay.yaml');
    expect(overlay).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u);
    expect(actionsIn(overlay)).toHaveLength(1);
    const open = overlay.match(/^ +# - target: \$$/gm)?.length ?? 0;
    const actions = actionsIn(overlay.replaceAll(/^( *)# /gm, '$1'));
    expect(actions).toHaveLength(1 + open);
    for (const item of actions)
      expect(Object.keys(at(item)).filter((key) => key !== 'description')).toEqual(['target', 'update', 'x-refund']);
  });

  test('asks for the operation first, then goes on', async () => {
    const folder = await withSpec(SPECS['several creates']);
    const first = await runHere(folder, 'init', 'acme.json');
    expect(first.stdout).toContain('init again');
    const overlay = await read(folder, 'acme.overlay.yaml');
    expect(overlay).toContain('#         create: <METHOD /path>');
    expect(overlay).toMatch(/^ {2}## {6}acme\.json:\d+ says: POST \/b\/refunds: Refund a payment$/m);
    await put(folder, 'acme.overlay.yaml', filledIn(overlay));
    const second = await runHere(folder, 'init', 'acme.json');
    expect([second.exit, second.stderr]).toEqual([0, '']);
    expect(second.stdout).toContain('questions added at the end of acme.overlay.yaml');
    await put(folder, 'acme.overlay.yaml', filledIn(await read(folder, 'acme.overlay.yaml')));
    expect(await complete(folder)).toEqual([true, '/a/refunds']);
  });

  test('goes where the user says, and the configuration names it', async () => {
    const folder = await withSpec(SPECS['plain'], 'specs/acme.json');
    await put(folder, 'facts/README', '');
    const { exit } = await runHere(folder, 'init', 'specs/acme.json', '-o', path.join(folder, 'facts/mine.yaml'));
    expect(exit).toBe(0);
    expect(await read(folder, 'facts/mine.yaml')).toContain('extends: "../specs/acme.json"');
    expect(await read(folder, 'refundgen.config.ts')).toContain(
      "acme: { spec: 'specs/acme.json', overlay: 'facts/mine.yaml' },",
    );
  });

  test('a spec whose name is no name is called by its title', async () => {
    const folder = await withSpec(SPECS['plain'], 'index.json');
    await runHere(folder, 'init', 'index.json');
    expect(await read(folder, 'refundgen.config.ts')).toContain("'acme-payments': { spec: 'index.json' },");
  });

  test('leaves nothing where it cannot be written', async () => {
    const folder = await withSpec(SPECS['plain']);
    const { exit, stderr } = await runHere(folder, 'init', 'acme.json', '-o', path.join(folder, 'no/where.yaml'));
    expect(exit).toBe(1);
    expect(stderr).toContain('error R052 no/where.yaml cannot be written (ENOENT)');
    expect(await names(folder)).toEqual(['acme.json']);
  });

  test('asks for a place where there is no example of one', async () => {
    const spec = structuredClone(SPECS['form'] ?? {});
    const media = ['requestBody', 'content', 'application/x-www-form-urlencoded', 'schema', 'properties'];
    const fields = at(spec, 'paths', '/refunds', 'post', ...media);
    fields['how_many'] = { type: 'integer', description: 'Of it' };
    delete fields['amount'];
    const folder = await withSpec(spec);
    await runHere(folder, 'init', 'acme.json');
    const overlay = await read(folder, 'acme.overlay.yaml');
    expect(overlay).toContain('#         amount: <path|query|header|body>.<name>\n');
    expect(overlay).toContain('##        body.how_many: integer, Of it\n');
  });

  test('says so where nothing is open', async () => {
    const folder = await temporaryFolder();
    const { exit, stdout } = await runHere(folder, 'init', 'pack:chip');
    expect([exit, stdout]).toEqual([0, expect.stringContaining('no question is open')]);
    expect(await names(folder)).toEqual(['refundgen.config.ts']);
    expect(await read(folder, 'refundgen.config.ts')).toContain("chip: { spec: 'pack:chip' },");
  });

  test('a spec that cannot be read is a problem', async () => {
    const folder = await temporaryFolder();
    const { exit, stderr, stdout } = await runHere(folder, 'init', 'nowhere.yaml');
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error R001');
    expect(await names(folder)).toEqual([]);
  });
});

describe('an overlay that is there', () => {
  const FACTS = [declare({ amount: { unit: 'minor' } })];
  const yaml = (actions: readonly Json[], indent: string, rest = ''): string =>
    [
      'overlay: 1.0.0   # mine',
      'info: { title: Mine, version: 1.0.0 }',
      ...(rest === '' ? [] : [rest]),
      'actions:',
      ...actions.map((item) => `${indent}- ${JSON.stringify(item)}`),
    ].join('\n');

  test.each(['', '  ', '    '])('is added to at its end, indented by %j', async (indent) => {
    const folder = await withSpec(SPECS['plain']);
    const text = yaml(FACTS, indent);
    await put(folder, 'acme.overlay.yaml', text);
    const { exit, stderr, stdout } = await runHere(folder, 'init', 'acme.json');
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toContain('✓ 5 questions added at the end of acme.overlay.yaml');
    const extended = await read(folder, 'acme.overlay.yaml');
    expect(extended.startsWith(`${text}\n`)).toBe(true);
    expect(extended).not.toContain('R030');
    expect(actionsIn(extended)).toEqual(FACTS);
    await put(folder, 'acme.overlay.yaml', filledIn(extended));
    expect(await complete(folder)).toEqual([true, '/payments/{payment_id}/refunds']);
  });

  test('is not added to twice', async () => {
    const folder = await withSpec(SPECS['plain']);
    await runHere(folder, 'init', 'acme.json');
    const before = await read(folder, 'acme.overlay.yaml');
    const { exit, stdout } = await runHere(folder, 'init', 'acme.json');
    expect([exit, stdout]).toEqual([0, expect.stringContaining('has every open question already: 6 questions')]);
    expect(await read(folder, 'acme.overlay.yaml')).toBe(before);
  });

  test('gets only the questions that it has not', async () => {
    const folder = await withSpec(SPECS['plain']);
    await runHere(folder, 'init', 'acme.json');
    const changed = structuredClone(SPECS['plain'] ?? {});
    at(changed, 'components', 'schemas', 'Refund', 'properties', 'status')['enum'] = ['pending', 'reversed'];
    await put(folder, 'acme.json', writeJson(changed));
    const { stdout } = await runHere(folder, 'init', 'acme.json');
    expect(stdout).toContain('✓ 1 question added at the end of acme.overlay.yaml; 5 questions were there already');
    expect(await read(folder, 'acme.overlay.yaml')).toContain('"reversed": <pending');
  });

  test.each([
    ['JSON', 'acme.overlay.json', writeJson({ overlay: '1.0.0', info: {}, actions: FACTS })],
    ['actions that do not come last', 'acme.overlay.yaml', `${yaml(FACTS, '  ')}\nx-after: 1\n`],
    ['actions on one line', 'acme.overlay.yaml', `overlay: 1.0.0\ninfo: {}\nactions: ${JSON.stringify(FACTS)}\n`],
  ])('%s: is left alone, and what to add is printed', async (_, file, text) => {
    const folder = await withSpec(SPECS['plain']);
    await put(folder, file, text);
    const { exit, stdout } = await runHere(folder, 'init', 'acme.json');
    expect(exit).toBe(1);
    expect(stdout).toContain(`${file} cannot be added to safely. Add this to its actions:`);
    expect(stdout).toMatch(/^ {2}## R035/m);
    expect(stdout).not.toContain('R030');
    expect(await read(folder, file)).toBe(text);
  });

  test('keeps a last text that goes over several lines', async () => {
    const folder = await withSpec(SPECS['plain']);
    const text = `overlay: 1.0.0\ninfo: {}\nactions:\n  - target: $\n    update: { x-refund: {} }\n    x-refund: { source: a test, date: 2026-11-21 }\n    description: |+\n      One.\n\n`;
    await put(folder, 'acme.overlay.yaml', text);
    await runHere(folder, 'init', 'acme.json');
    const after = await read(folder, 'acme.overlay.yaml');
    expect(actionsIn(after)[0]).toEqual(actionsIn(text)[0]);
  });

  test('that is wrong is a problem, and stays as it is', async () => {
    const folder = await withSpec(SPECS['plain']);
    const text = yaml([{ target: '$', update: {} }], '  ');
    await put(folder, 'acme.overlay.yaml', text);
    const { exit, stderr } = await runHere(folder, 'init', 'acme.json');
    expect(exit).toBe(1);
    expect(stderr).toContain('error R012');
    expect(await read(folder, 'acme.overlay.yaml')).toBe(text);
    expect(await names(folder)).toEqual(['acme.json', 'acme.overlay.yaml']);
  });
});

describe('a configuration that is there', () => {
  test('is not touched: the entry to add is printed', async () => {
    const folder = await withSpec(SPECS['plain']);
    const config = 'export default { providers: { chip: { spec: "pack:chip" } } };\n';
    await put(folder, 'refundgen.config.mjs', config);
    const { exit, stdout } = await runHere(folder, 'init', 'acme.json');
    expect(exit).toBe(0);
    expect(stdout).toContain("Add to the providers of refundgen.config.mjs:\n    acme: { spec: 'acme.json' },");
    expect(await read(folder, 'refundgen.config.mjs')).toBe(config);
  });

  test('says where the overlay of a spec is', async () => {
    const folder = await withSpec(SPECS['plain']);
    await put(
      folder,
      'facts.yaml',
      `overlay: 1.0.0\ninfo: {}\nactions:\n  - ${JSON.stringify(action('$', { update: {} }))}\n`,
    );
    const config = 'export default { providers: { mine: { spec: "acme.json", overlay: "facts.yaml" } } };\n';
    await put(folder, 'refundgen.config.mjs', config);
    const { exit, stdout } = await runHere(folder, 'init', 'acme.json');
    expect([exit, stdout]).toEqual([0, expect.stringContaining('6 questions added at the end of facts.yaml')]);
    expect(stdout).not.toContain('Add to the providers');
    await put(folder, 'facts.yaml', filledIn(await read(folder, 'facts.yaml')));
    const { stdout: inspected } = await runHere(folder, 'inspect', '--json');
    expect(at(JSON.parse(inspected) as Json, 'mine')['complete']).toBe(true);
  });
});

describe('a person at a terminal', () => {
  const TODAY = '2026-11-21';

  /** Answers by the words of what was last shown; an empty line to everything else. */
  function personWho(answers: Readonly<Record<string, string>>): Person & { readonly said: string[] } {
    const said: string[] = [];
    return {
      said,
      interrupted: false,
      say: (text) => said.push(text),
      ask: async (prompt) => {
        const shown = `${said.at(-2) ?? ''}\n${said.at(-1) ?? ''}\n${prompt}`;
        said.push(prompt);
        return Object.entries(answers).find(([words]) => shown.includes(words))?.[1] ?? '';
      },
    };
  }

  async function begin(folder: string, person: Person) {
    const input = valueFrom(planOne('acme.json', folder)).inputs[0];
    if (input === undefined) throw new Error('nothing is planned');
    const request = { spec: 'acme.json', input, overlay: undefined, folder, config: undefined };
    const report = valueFrom(await init(request, person, TODAY));
    if (report === undefined) throw new Error('the person broke off');
    return report;
  }

  test('writes what is answered, with its source and the day, and leaves the rest open', async () => {
    const folder = await withSpec(SPECS['plain']);
    const person = personWho({ 'unit: <minor': '2', 'Which document': 'docs.acme.example: "major units"' });
    const report = await begin(folder, person);
    expect([report.answered, report.added]).toEqual([1, 5]);
    expect(person.said.join('\n')).toContain('acme.json:41 says: How much to refund.');
    const overlay = await read(folder, 'acme.overlay.yaml');
    const [, fact] = actionsIn(overlay);
    expect(fact).toEqual({
      target: '$',
      update: { 'x-refund': { amount: { unit: 'major' } } },
      'x-refund': { source: 'docs.acme.example: "major units"', date: TODAY },
    });
    expect(actionsIn(overlay)).toHaveLength(2);
    expect(overlay).toContain('          unit: major\n');
    const { stderr } = await runHere(folder, 'generate');
    expect(stderr).not.toContain('R030');
    expect(stderr).toContain('5 questions are open');
  });

  test('answers each status for itself', async () => {
    const folder = await withSpec(SPECS['plain']);
    const person = personWho({
      '"pending": <': '1',
      '"done": <': '3',
      '"failed": <': 'failed',
      'Which document': 'docs',
    });
    await begin(folder, person);
    const [, fact] = actionsIn(await read(folder, 'acme.overlay.yaml'));
    expect(at(fact ?? null, 'update', 'x-refund')).toEqual({
      statuses: { pending: 'pending', done: 'succeeded', failed: 'failed' },
    });
  });

  test.each([
    ['no answer', {}],
    ['an answer that is none of the choices', { 'Number, or Enter': '9' }],
    ['no source', { 'unit: <minor': '1' }],
    ['only a part of the statuses', { '"pending": <': '1', 'Which document': 'docs' }],
  ])('%s leaves a question open', async (_, answers) => {
    const folder = await withSpec(SPECS['plain']);
    const report = await begin(folder, personWho(answers));
    expect([report.answered, report.added]).toEqual([0, 6]);
    expect(actionsIn(await read(folder, 'acme.overlay.yaml'))).toHaveLength(1);
  });

  test('answers everything, and clients can be generated', async () => {
    const folder = await withSpec(SPECS['plain']);
    const person = personWho({ 'Number, or Enter': '1', 'Is that so?': 'y', 'Which document': 'docs.acme.example' });
    const report = await begin(folder, person);
    expect([report.answered, report.added]).toEqual([6, 0]);
    expect(await complete(folder)).toEqual([true, '/payments/{payment_id}/refunds']);
  });

  test('is not asked what a status is that the spec does not name', async () => {
    const spec = structuredClone(SPECS['plain'] ?? {});
    const status = at(spec, 'components', 'schemas', 'Refund', 'properties', 'status');
    delete status['enum'];
    const folder = await withSpec(spec);
    await begin(folder, personWho({ 'Number, or Enter': '1', 'Is that so?': 'y', 'Which document': 'docs' }));
    const overlay = await read(folder, 'acme.overlay.yaml');
    expect(overlay).toContain('  #         <raw status>: <pending | ');
    expect(JSON.stringify(actionsIn(overlay))).not.toContain('raw status');
  });

  test('who breaks off has nothing written', async () => {
    const folder = await withSpec(SPECS['plain']);
    const person = { ...personWho({}), interrupted: true };
    await expect(begin(folder, person)).rejects.toThrow('broke off');
    expect(await names(folder)).toEqual(['acme.json']);
  });

  test('is shown nothing that a terminal would act on', async () => {
    const folder = await withSpec(ODD['names that break lines']);
    const person = personWho({});
    await begin(folder, person);
    expect(person.said.join('\n')).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u);
  });
});

describe('where an overlay goes', () => {
  const folder = path.resolve('/somewhere/app');
  const pack = path.join(PACKS_FOLDER, 'acme.overlay.yaml');

  function placed(spec: string, named: readonly string[] | undefined, recognised?: string) {
    const input = { id: 'acme', spec: path.resolve(folder, spec), overlay: named?.at(-1) };
    const request = { spec, input, overlay: undefined, folder, config: undefined };
    const place = overlayPlace(request, recognised);
    return { ...place, entry: entryText(configEntry(request, place, 'acme', true)) };
  }

  test.each([
    ['specs/acme.yaml', undefined, 'specs/acme.overlay.yaml', [], "acme: { spec: 'specs/acme.yaml' },"],
    ['../a b/acme.v2.json', undefined, '../a b/acme.v2.overlay.yaml', [], "acme: { spec: '../a b/acme.v2.json' },"],
  ])('%s', (spec, named, target, before, entry) => {
    expect(placed(spec, named)).toEqual({ target: path.resolve(folder, target), exists: false, before, entry });
  });

  test('after a pack, which it would hide otherwise', () => {
    expect(placed('specs/acme.yaml', undefined, pack)).toEqual({
      target: path.join(folder, 'acme.overlay.yaml'),
      exists: false,
      before: [pack],
      entry: "acme: { spec: 'specs/acme.yaml', overlay: ['pack:acme', 'acme.overlay.yaml'] },",
    });
  });

  test('of a URL, in the working directory, and without what may be secret in its name', () => {
    const url = 'https://acme.example/api/acme%2F..%2Fapi.yaml?token=secret';
    const { target } = placed(url, undefined);
    expect(path.dirname(target)).toBe(folder);
    expect(path.basename(target)).toBe('acme-2F..-2Fapi.overlay.yaml');
  });
});

test('the schema of inspections is published', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Json;
  expect(at(manifest, 'exports')['./inspection.schema.json']).toBe('./specs/inspection.schema.json');
});
