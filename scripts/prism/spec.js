import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { load } from 'js-yaml';

/**
 * Writes a spec as Prism reads it right. Prism adds `null` to every nullable `enum`, a second one where OpenAPI 3.0.3
 * has one already; then it cannot compile the schema, and silently validates nothing by it.
 *
 * @param {string} spec
 * @param {string} folder
 * @returns {Promise<string>} the path of the copy
 */
export async function copyForPrism(spec, folder) {
  const copy = path.join(folder, `${path.basename(spec, '.yaml')}.json`);
  await writeFile(copy, JSON.stringify(load(await readFile(spec, 'utf8')), withoutSecondNull));
  return copy;
}

/**
 * @param {string} _key
 * @param {any} value
 */
function withoutSecondNull(_key, value) {
  if (value?.nullable !== true || !Array.isArray(value.enum)) return value;
  return { ...value, enum: value.enum.filter((/** @type {unknown} */ one) => one !== null) };
}
