import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isObject, type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';
import { readInputFile } from './input-file.js';
import { PACK_ENDING, PACKS_FOLDER } from './pack-file.js';

/**
 * The overlay file of the pack that is made for a document: one with this title and one of its servers. A title alone is
 * anybody's. Undefined where there is none, or where several would fit.
 */
export async function recognisePack(document: JsonObject, folder = PACKS_FOLDER): Promise<string | undefined> {
  const title = ownText(ownObject(document, 'info'), 'title')?.trim().toLowerCase();
  if (title === undefined) return undefined;
  const servers = serversOf(document);
  const fitting = (await readPacks(folder)).filter(
    (pack) => pack.titles.includes(title) && servers.some((url) => isServed(url, pack.servers)),
  );
  const [only, ...others] = fitting;
  return others.length === 0 ? only?.file : undefined;
}

interface Pack {
  readonly file: string;
  readonly titles: readonly string[];
  readonly servers: readonly URL[];
}

const packs = new Map<string, Promise<readonly Pack[]>>();

/** Packs do not change while refundgen runs. */
function readPacks(folder: string): Promise<readonly Pack[]> {
  const known = packs.get(folder) ?? readAllPacks(folder);
  packs.set(folder, known);
  return known;
}

async function readAllPacks(folder: string): Promise<readonly Pack[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => name.endsWith(PACK_ENDING)).sort();
  const found = await Promise.all(files.map((name) => readPack(path.join(folder, name))));
  return found.flat();
}

/** An overlay that says of no document that it is for it is applied by name only. */
async function readPack(file: string): Promise<readonly Pack[]> {
  const read = await readInputFile(file);
  const about = read.ok ? own(read.value.value, 'x-refundgen-pack') : undefined;
  if (!isObject(about)) return [];
  const titles = textsOf(own(about, 'title')).map((title) => title.trim().toLowerCase());
  return [{ file, titles, servers: textsOf(own(about, 'servers')).flatMap(parsed) }];
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

/** The absolute servers of a document, variables replaced by their defaults. */
function serversOf(document: JsonObject): readonly URL[] {
  return ownList(document, 'servers').flatMap((server) => {
    const variables = ownObject(server, 'variables');
    const text = (ownText(server, 'url') ?? '').replaceAll(
      /\{([^{}]*)\}/g,
      (whole, name: string) => ownText(ownObject(variables, name), 'default') ?? whole,
    );
    return parsed(text);
  });
}

function parsed(text: string): URL[] {
  return URL.canParse(text) ? [new URL(text)] : [];
}

function isServed(url: URL, servers: readonly URL[]): boolean {
  return servers.some((server) => {
    const folder = server.pathname.replace(/\/?$/, '/');
    return url.origin === server.origin && url.pathname.replace(/\/?$/, '/').startsWith(folder);
  });
}
