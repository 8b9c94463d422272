import { stringLiteral } from '../emit/literal.js';
import { NAMELESS } from '../inspect/plan.js';
import { isProviderId } from '../names.js';

/** A provider as `refundgen.config.ts` names it. */
export interface ConfigEntry {
  readonly id: string;
  /** From the folder of the configuration. */
  readonly spec: string;
  /** None where the overlay is found beside the spec; several apply in order. */
  readonly overlays: readonly string[];
}

/** A configuration with one provider. */
export function configText(entry: ConfigEntry, output: string): string {
  return [
    "import { defineConfig } from 'refundgen';",
    '',
    'export default defineConfig({',
    '  providers: {',
    `    ${entryText(entry)}`,
    '  },',
    `  output: ${stringLiteral(output)},`,
    '});',
    '',
  ].join('\n');
}

/** A provider as a line of a configuration. */
export function entryText({ id, overlays, spec }: ConfigEntry): string {
  const literals = overlays.map(stringLiteral);
  const overlay =
    literals.length === 0 ? '' : `, overlay: ${literals.length === 1 ? literals[0] : `[${literals.join(', ')}]`}`;
  const key = id.includes('-') ? stringLiteral(id) : id;
  return `${key}: { spec: ${stringLiteral(spec)}${overlay} },`;
}

/** A name for a provider: of its spec, or else of its title. */
export function configId(wanted: string, title: string): string {
  const ofTitle = title
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const own = wanted === NAMELESS ? [] : [wanted];
  return [...own, ofTitle, `${ofTitle}-refunds`].find(isProviderId) ?? NAMELESS;
}
