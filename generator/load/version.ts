import { isObject, type JsonObject, own } from '../json.js';
import { error, type Problem } from '../problem.js';
import type { InputFile } from './input-file.js';
import { locate } from './locate.js';

/** What kind of document a spec is. */
export type SpecKind =
  /** `fields` are the version as it is written in full: YAML reads `2.0` as a number, and some leave the patch out. */
  | {
      readonly kind: 'swagger' | 'openapi';
      readonly value: JsonObject;
      readonly fields: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'other'; readonly problem: Problem };

export function kindOf(spec: InputFile): SpecKind {
  const { value } = spec;
  const [openapi, swagger] = [versionText(spec, 'openapi'), versionText(spec, 'swagger')];
  if (isObject(value) && /^3\.[012](?:\.\d|$)/.test(openapi)) {
    return { kind: 'openapi', value, fields: { openapi: /^3\.\d\./.test(openapi) ? openapi : `${openapi}.0` } };
  }
  if (isObject(value) && openapi === '' && /^2\.0(?:\.0)?$/.test(swagger)) {
    return { kind: 'swagger', value, fields: { swagger: '2.0' } };
  }
  const found = openapi !== '' ? openapi : swagger !== '' ? `Swagger ${swagger}` : 'no OpenAPI version';
  const hint = 'Give a document of OpenAPI 3.0, 3.1 or 3.2, or of Swagger 2.0: a field at its root says which it is.';
  return { kind: 'other', problem: error('R003', `${spec.file} has ${found}`, hint, locate(spec, '')) };
}

function versionText(spec: InputFile, key: string): string {
  const version = own(spec.value, key);
  if (typeof version === 'number') return Number.isInteger(version) ? version.toFixed(1) : String(version);
  return typeof version === 'string' ? version : '';
}
