import type { OpenAPI3 } from 'openapi-typescript';
import { isObject, type JsonObject, type JsonValue, own, ownObject } from '../json.js';
import { loadOpenapiTypescript } from '../libraries.js';
import { withoutCircles } from './types-circles.js';
import { splitDirections } from './types-directions.js';
import { withoutPercent } from './types-names.js';
import { withOpenFields } from './types-open.js';
import { repairSchemas } from './types-repair.js';
import { withSafeTexts } from './types-texts.js';
import { mapSchemas, mapSubschemas, namedSchemas, refName } from './types-walk.js';

/**
 * The types of a document, by openapi-typescript: the only producer of types of schemas. It changes its input and keeps
 * module-global caches, so it gets a copy and no option that uses them.
 */
export async function printTypes(document: JsonObject): Promise<string> {
  const split = splitDirections(withoutCircles(withOpenFields(repairSchemas(document))));
  const { document: prepared, restore } = withoutPercent(withSafeTexts(withExampleProperties(split)));
  // Our document type is any JSON; that this is OpenAPI 3 was checked when it was loaded.
  const { astToString, default: openapiTS } = loadOpenapiTypescript();
  const ast = await openapiTS(structuredClone(prepared) as unknown as OpenAPI3, {
    silent: true,
    alphabetize: true,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
  });
  // What is left of invisible characters is in string literals, and in comments that openapi-typescript makes of values.
  const text = restore(astToString(ast)).replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeInvisible);
  // Its printer indents by four.
  return text.replaceAll(/^(?: {4})+/gm, (indentation) => indentation.slice(indentation.length / 2));
}

/** An escape that TypeScript understands in a string literal. */
function escapeInvisible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * openapi-typescript takes a property named `example` for an example, and does not follow its reference: the schema is
 * put in its place.
 */
function withExampleProperties(document: JsonObject): JsonObject {
  const schemas = namedSchemas(document);
  const inline = (schema: JsonValue): JsonValue => {
    if (!isObject(schema)) return schema;
    const whole = mapSubschemas(schema, inline);
    const fields = ownObject(whole, 'properties');
    const target = refName(own(fields, 'example') ?? null);
    if (target === undefined) return whole;
    return { ...whole, properties: { ...fields, example: own(schemas, target) ?? {} } };
  };
  return mapSchemas(document, inline);
}
