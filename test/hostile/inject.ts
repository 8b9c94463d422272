import { at, type JsonMap, listAt } from '../fixtures/json.js';
import { factsWith, type Pack } from '../fixtures/pack.js';

/** Puts a text into one place of a pack. */
export type Injection = (pack: Pack, text: string) => void;

/** Places whose text is a name, and so may decide what is generated. Those of a group can be tried together. */
export interface PlaceGroup {
  readonly name: string;
  readonly pack: () => Pack;
  readonly places: Readonly<Record<string, Injection>>;
}

/** A place that only some texts fit in. */
export interface NarrowPlace {
  readonly name: string;
  readonly pack: () => Pack;
  /** Texts that fit, one for each thing that a text may come to there: a name as it is, or one that is written anew. */
  readonly harmless: readonly string[];
  readonly inject: Injection;
}

export const TEXT: JsonMap = { type: 'string' };

/** Where a refund is created in the pack that most places are in. */
export const POST = ['paths', '/v1/refunds', 'post'] as const;

export function schemasOf(pack: Pack): JsonMap {
  return at(pack.spec, 'components', 'schemas');
}

/** A reference to a component of any name; half of a surrogate pair has no form in a URI. */
export function refTo(kind: string, name: string): JsonMap {
  const encoded = encodeURIComponent(name.replaceAll(/\p{Cs}/gu, '�'))
    .replaceAll('~', '~0')
    .replaceAll('%2F', '~1');
  return { $ref: `#/components/${kind}/${encoded}` };
}

/** What is declared first of answers with a status. */
export function firstCase(pack: Pack, status: string): JsonMap {
  return at(listAt(factsWith(pack, 'answers'), 'answers', status)[0] ?? null);
}

/** A key of an `x-refund` place, which dots and brackets would divide. */
export function segment(text: string): string {
  return text.replaceAll('.', '_').replaceAll('[]', '_');
}
