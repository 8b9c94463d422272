import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SPECS } from '../fixtures/specs.js';
import { declaredPlaces, documentAt, inFull, missing, writtenPlaces } from './drafts.js';

function snapshotOf(spec: string, kind: string): string {
  return `drafts/${path.basename(spec, '.yaml')}.${kind}.snap`;
}

describe.each(SPECS)('%s', (spec) => {
  test('is understood as it was', async () => {
    const document = await documentAt(spec);
    await expect(inFull(document)).toMatchFileSnapshot(snapshotOf(spec, 'whole'));
  });

  test('asks for what is not declared', async () => {
    const document = await documentAt(spec);
    await expect(missing(document, declaredPlaces(document))).toMatchFileSnapshot(snapshotOf(spec, 'undeclared'));
  });
});

// The other specs would say the same again, at ten times the size.
describe.each(SPECS.filter((spec) => spec.startsWith('specs/')))('%s', (spec) => {
  test('is understood otherwise where a part of it is missing', async () => {
    const document = await documentAt(spec);
    await expect(missing(document, writtenPlaces(document))).toMatchFileSnapshot(snapshotOf(spec, 'partial'));
  });
});
