import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { capabilityTable } from '../../generator/emit/capability-table.js';
import type { RefundApi } from '../../generator/ir.js';
import { runHere } from '../cli/here.js';
import { at, type Json, listAt, writeJson } from '../fixtures/json.js';
import { apiOf, declare, type Pack, readPack } from '../fixtures/pack.js';
import { contents, temporaryFolder } from '../output/folder.js';
import { guardWorld, marks } from './guard.js';
import { POST, schemasOf } from './inject.js';
import { NAMED_PAYLOADS } from './payloads.js';
import { injectTexts } from './places/texts.js';

// What people and other programs read: terminals, CI runners, YAML and Markdown.

const guard = guardWorld();

/** What a terminal acts on, and halves of pairs aside, what nobody sees. */
const ACTED_ON = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** What the runners of GitHub, Azure and others take for a command. */
const COMMAND = /^\s*::|##[a-z]*\[/im;

const PRINTED = Object.entries(NAMED_PAYLOADS).filter(
  ([, text]) => ACTED_ON.test(text) || COMMAND.test(text) || /!!|\n/.test(text),
);

/** A pack with a text wherever there is text, with a question that quotes it, and with faults that name it. */
function packWith(text: string): Pack {
  const pack = readPack('wooshpay');
  injectTexts(pack, text);
  const properties = at(schemasOf(pack), 'RefundCreate', 'properties');
  Object.assign(properties, { [`z${text}`]: { $ref: `#/components/schemas/${text}` }, y: { pattern: `(${text}` } });
  listAt(schemasOf(pack), 'Refund', 'properties', 'reason', 'enum').push(text);
  Object.assign(at(pack.spec, 'paths'), {
    [`/other/${text}`]: { post: { operationId: text, summary: `refund ${text}` } },
  });
  Object.assign(at(pack.spec, ...POST, 'responses'), { '418': { $ref: `${text}.yaml` } });
  return pack;
}

describe.each(PRINTED)('%s', (_name, text) => {
  test('reaches neither the terminal nor a CI runner as more than text', async () => {
    const folder = await temporaryFolder();
    const { overlay, spec } = packWith(text);
    await writeFile(path.join(folder, 'acme.yaml'), writeJson(spec));
    await writeFile(path.join(folder, 'half.yaml'), writeJson(spec));
    const facts = at(overlay as Json, 'actions', 0);
    await writeFile(
      path.join(folder, 'half.overlay.yaml'),
      writeJson({ ...overlay, actions: [facts, declare({ [`x${text}`]: text })] }),
    );
    for (const args of [
      ['inspect', 'acme.yaml'],
      ['inspect', 'acme.yaml', '--json'],
      ['generate', 'half.yaml'],
    ]) {
      const { exit, stderr, stdout } = await runHere(folder, ...args);
      expect([0, 1]).toContain(exit);
      expect(stderr + stdout).not.toBe('');
      expect(`${stderr}\n${stdout}`).not.toMatch(ACTED_ON);
      expect(`${stderr}\n${stdout}`).not.toMatch(COMMAND);
    }
    expect(guard.attempts).toEqual([]);
    expect(marks()).toEqual([]);
  });

  test('stays a comment in the overlay that init writes', async () => {
    const written = async (words: string): Promise<unknown> => {
      const folder = await temporaryFolder();
      await mkdir(path.join(folder, 'in'));
      const inside = path.join(folder, 'in');
      await writeFile(path.join(inside, 'acme.yaml'), writeJson(packWith(words).spec));
      const { exit, stderr, stdout } = await runHere(inside, 'init', 'acme.yaml', '--yes');
      expect([0, 1]).toContain(exit);
      expect(`${stderr}\n${stdout}`).not.toMatch(ACTED_ON);
      expect(`${stderr}\n${stdout}`).not.toMatch(COMMAND);
      const files = await contents(folder);
      expect(
        [...files.keys()].filter((name) => !/^in(\/(acme(\.overlay)?\.yaml|refundgen\.config\.ts))?$/.test(name)),
      ).toEqual([]);
      const overlay = files.get('in/acme.overlay.yaml')?.replace(/^\S+ /, '') ?? '';
      expect(overlay).not.toMatch(ACTED_ON);
      return parseYaml(overlay);
    };
    const [hostile, harmless] = [await written(text), await written('Harmless words')];
    expect(shapeOf(hostile)).toEqual(shapeOf(harmless));
  });
});

/** A value without its texts. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}

describe('the capability table', () => {
  let api: RefundApi;

  beforeAll(async () => {
    api = await apiOf(readPack('wooshpay'));
  });

  /** With a text as a name, and as a reason that the provider takes. */
  function table(text: string): string {
    const { create, provider } = api;
    if (create.reason === null) throw new Error('the provider takes no reason');
    const reason = { ...create.reason, value: { ...create.reason.value, values: [text] } };
    return capabilityTable([{ ...api, provider: { ...provider, name: text }, create: { ...create, reason } }]);
  }

  test.each(Object.entries(NAMED_PAYLOADS))('takes %s for a text', (_, text) => {
    const [hostile, harmless] = [table(text), table('Harmless words')];
    const shape = (markdown: string) => markdown.split('\n').map((line) => line.split('|').length);
    expect(shape(hostile)).toEqual(shape(harmless));
    const others = hostile
      .split('\n')
      .filter((line, index) => line !== harmless.split('\n')[index])
      .join('\n');
    // What is left of markup: code, and signs by their numbers.
    const rest = others.replaceAll(/<\/?code>|&#\d+;|`[\w ./{}[\]:,=#~→-]+`/g, '');
    expect(rest).not.toMatch(/[<>&`\\*_[\]()!@=$]|https?:/);
    expect(rest).not.toMatch(ACTED_ON);
  });
});
