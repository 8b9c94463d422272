import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PlannedProvider } from '../config.js';
import { PACK_ENDING, PACKS_FOLDER } from '../load/pack-file.js';
import { isUrl } from '../load/url.js';
import type { ConfigEntry } from './config-text.js';

/** What `refundgen init` is asked for. */
export interface InitRequest {
  /** As the user named it. */
  readonly spec: string;
  readonly input: PlannedProvider;
  /** The overlay that the user named. */
  readonly overlay: string | undefined;
  /** The working directory. */
  readonly folder: string;
  /** The configuration that is there, and whether it has this spec. */
  readonly config: { readonly file: string; readonly input: PlannedProvider | undefined } | undefined;
}

/** Where facts go, and what is there before them. */
export interface OverlayPlace {
  /** Absolute. */
  readonly target: string;
  readonly exists: boolean;
  /** Overlays that apply first, such as a pack. */
  readonly before: readonly string[];
}

/**
 * The overlay to write to: the one that the user names, the one that is there, or a new one beside the spec. Of a spec
 * that is not the user's to write beside, or that a pack has facts of, in the working directory.
 *
 * @param pack - the overlay that comes with refundgen for this document.
 */
export function overlayPlace(request: InitRequest, pack: string | undefined): OverlayPlace {
  const { config, folder, input, overlay, spec } = request;
  const planned = config?.input ?? input;
  const named = (planned.overlays ?? [planned.overlay]).filter((file) => file !== undefined);
  const isForeign = isUrl(spec) || spec.startsWith('pack:') || pack !== undefined;
  const stem = stemOf(spec);
  const fresh = isForeign ? path.join(folder, path.basename(stem)) : path.resolve(folder, stem);
  const own = spec.startsWith('pack:') ? undefined : named.filter((file) => !isPack(file)).at(-1);
  const target = overlay ?? own ?? `${fresh}.overlay.yaml`;
  const packs = pack === undefined || named.includes(pack) ? [] : [pack];
  return { target, exists: existsSync(target), before: [...packs, ...named.filter((file) => file !== target)] };
}

function isPack(file: string): boolean {
  return !path.relative(PACKS_FOLDER, file).startsWith('..') && file.endsWith(PACK_ENDING);
}

/** A spec without its extension: of a URL, its last part. */
function stemOf(spec: string): string {
  const file = spec.startsWith('pack:') ? spec.slice('pack:'.length) : isUrl(spec) ? lastOf(spec) : spec;
  return file.slice(0, file.length - path.extname(file).length);
}

function lastOf(url: string): string {
  const last = URL.canParse(url) ? path.posix.basename(new URL(url).pathname) : '';
  return last.replaceAll(/[^\w.-]+/g, '-') || 'spec';
}

/**
 * How a configuration names the spec, and its overlays where they are not found by themselves.
 *
 * @param hasOverlay - whether there is one at the place, or will be.
 */
export function configEntry(request: InitRequest, place: OverlayPlace, id: string, hasOverlay: boolean): ConfigEntry {
  const { folder, input, spec } = request;
  const isFile = !isUrl(spec) && !spec.startsWith('pack:');
  const beside = `${path.resolve(folder, stemOf(spec))}.overlay`;
  const isBeside = isFile && ['.yaml', '.yml', '.json'].some((ending) => place.target === beside + ending);
  const isFound = !hasOverlay || (isBeside && place.before.length === 0);
  const named = [...place.before.map((file) => overlayName(file, folder)), slashes(folder, place.target)];
  return { id, spec: isFile ? slashes(folder, input.spec) : spec, overlays: isFound ? [] : named };
}

function overlayName(file: string, folder: string): string {
  return isPack(file) ? `pack:${path.basename(file).slice(0, -PACK_ENDING.length)}` : slashes(folder, file);
}

/** A path from a folder, with forward slashes on every system. */
export function slashes(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}
