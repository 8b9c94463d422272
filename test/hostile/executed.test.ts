import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from '../cli/here.js';
import { type GeneratedFolder, generateInto } from '../fixtures/generated-module.js';
import { at, put, writeJson } from '../fixtures/json.js';
import { type Pack, readPack } from '../fixtures/pack.js';
import { contents, temporaryFolder } from '../output/folder.js';
import { guardWorld, marks } from './guard.js';
import { POST, schemasOf, TEXT } from './inject.js';
import { NAMED_PAYLOADS } from './payloads.js';
import { injectTexts } from './places/texts.js';

// What is written is also run, and whatever it could leave behind is looked for.

const guard = guardWorld();
const RUNNABLE = Object.entries(NAMED_PAYLOADS).filter(([, text]) =>
  /pwned|\{\{|__proto__|constructor|@ts-/.test(text),
);

/** A text in comments, literals, names of fields and names of operations. */
function packWith(text: string): Pack {
  const pack = readPack('wooshpay');
  injectTexts(pack, text);
  put(at(schemasOf(pack), 'RefundCreate', 'properties'), text, { ...TEXT, enum: [text] });
  put(at(schemasOf(pack), 'Refund', 'properties'), text, { ...TEXT, pattern: text });
  put(at(pack.spec, ...POST), 'operationId', text);
  return pack;
}

describe('clients that are made of hostile texts', () => {
  let generated: GeneratedFolder;

  beforeAll(async () => {
    generated = await generateInto(
      'hostile',
      Object.fromEntries(RUNNABLE.map(([, text], index) => [`acme${index}`, packWith(text)])),
    );
  });

  afterAll(() => generated.remove());

  test('do nothing but what they are for when they are loaded and made', async () => {
    const index: Readonly<Record<string, unknown>> = await import(generated.index);
    for (const [position, [name]] of RUNNABLE.entries()) {
      const create = index[`createAcme${position}`];
      if (typeof create !== 'function') expect.fail(`there is no client of ${name}`);
      const journal = (index['memoryJournal'] as () => unknown)();
      create({ auth: { secretKey: 'sk_1' }, baseUrl: 'http://127.0.0.1:9', journal });
      expect(marks(), name).toEqual([]);
    }
    expect(guard.attempts).toEqual([]);
  });
});

test.each(RUNNABLE.filter((_, index) => index % 6 === 0))(
  'generating with %s writes into the output folder only',
  async (_, text) => {
    const folder = await temporaryFolder();
    const inside = path.join(folder, 'project');
    await mkdir(path.join(inside, 'specs'), { recursive: true });
    const { overlay, spec } = packWith(text);
    await writeFile(path.join(inside, 'specs', 'acme.yaml'), writeJson(spec));
    await writeFile(path.join(inside, 'specs', 'acme.overlay.yaml'), writeJson(overlay));
    const before = await contents(folder);
    const { exit, stderr } = await runHere(inside, 'generate', 'specs/acme.yaml', '-o', path.join(inside, 'out'));
    expect(exit, stderr).toBe(0);
    const after = await contents(folder);
    const outside = [...after].filter(([name]) => !name.startsWith('project/out'));
    expect(outside).toEqual([...before]);
    expect([...after.keys()].filter((name) => /evil|pwned/.test(name))).toEqual([]);
    expect([...guard.attempts, ...marks()]).toEqual([]);
  },
);
