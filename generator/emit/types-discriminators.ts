import { type JsonObject, type JsonValue, own, ownList, ownObject, ownText } from '../json.js';
import { refName, refTo } from './types-walk.js';

/**
 * A discriminator that openapi-typescript may use: it gives the property of every alternative the value that the
 * discriminator says, or else the name of the schema. Where the alternatives themselves say other values, the
 * discriminator is left out, as what they say is what is sent.
 */
export function withTruthfulDiscriminator(schema: JsonObject, schemas: JsonObject): JsonObject {
  const { discriminator, ...rest } = schema;
  if (discriminator === undefined) return schema;
  const propertyName = ownText(discriminator, 'propertyName');
  if (propertyName === undefined) return rest;
  const mapping = Object.entries(ownObject(discriminator, 'mapping')).flatMap(([value, target]): [string, string][] => {
    const name = typeof target === 'string' ? nameIn(target, schemas) : undefined;
    return name === undefined ? [] : [[value, name]];
  });
  const alternatives = ownList(schema, 'oneOf').flatMap((item) => refName(item) ?? []);
  const isTrue = alternatives.every((name) => {
    const values = mapping.filter(([, target]) => target === name).map(([value]) => value);
    return allows(own(schemas, name), propertyName, values.length === 0 ? [name] : values);
  });
  if (!isTrue) return rest;
  if (mapping.length === 0) return { ...rest, discriminator: { propertyName } };
  const refs = mapping.map(([value, name]) => [value, refTo(name)] as const);
  return { ...rest, discriminator: { propertyName, mapping: Object.fromEntries(refs) } };
}

/** The schema that a mapping names, with its path or without. */
function nameIn(target: string, schemas: JsonObject): string | undefined {
  const name = refName({ $ref: target }) ?? target;
  return Object.hasOwn(schemas, name) ? name : undefined;
}

/** Whether a property, as far as the schema itself says, may have all of these values. */
function allows(schema: JsonValue | undefined, propertyName: string, values: readonly string[]): boolean {
  const property = own(ownObject(schema, 'properties'), propertyName);
  const type = own(property, 'type');
  if (type !== undefined && type !== 'string') return false;
  const constant = own(property, 'const');
  const listed = constant === undefined ? ownList(property, 'enum') : [constant];
  return listed.length === 0 || values.every((value) => listed.includes(value));
}
