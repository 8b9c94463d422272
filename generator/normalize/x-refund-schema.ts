import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { SPECS } from '../installation.js';
import type { JsonObject } from '../json.js';

/**
 * Whether a value is an `x-refund` extension as `specs/x-refund.schema.json` describes it. The build puts the code in the
 * place of this module that ajv makes of the schema: to make it takes longer than to normalize a small spec.
 */
export const isXRefund = new Ajv({ allErrors: true, strict: false }).compile<JsonObject>(
  JSON.parse(readFileSync(path.join(SPECS, 'x-refund.schema.json'), 'utf8')),
);
