import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Format } from './formatter.js';

/** What refundgen needs of Prettier, which is the project's own and may be any version since 3. */
interface Prettier {
  resolveConfig(file: string, options: { readonly editorconfig: boolean }): Promise<object | null>;
  format(text: string, options: object): Promise<string>;
  clearConfigCache(): Promise<void>;
}

/** @param manifest - the `package.json` of the installed Prettier. */
export async function prettierFormat(manifest: string): Promise<Format> {
  const entry = createRequire(manifest).resolve('prettier');
  const loaded: unknown = await import(pathToFileURL(entry).href);
  const prettier = [loaded, defaultOf(loaded)].find(isPrettier);
  if (prettier === undefined) throw new Error('the installed Prettier is not of version 3');
  // It remembers configurations, which may have changed while refundgen watches.
  await prettier.clearConfigCache();
  return async (file, text) => {
    const config = await prettier.resolveConfig(file, { editorconfig: true });
    return prettier.format(text, { ...config, filepath: file });
  };
}

function defaultOf(loaded: unknown): unknown {
  return typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined;
}

function isPrettier(value: unknown): value is Prettier {
  if (typeof value !== 'object' || value === null) return false;
  return ['resolveConfig', 'format', 'clearConfigCache'].every((name) => name in value);
}
