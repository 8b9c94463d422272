import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Analysis, analyse } from '../analyse.js';
import { inspect, isRead, type ReadAnalysis } from '../inspect/inspect.js';
import type { Inspection } from '../inspect/inspection.js';
import { PACKS_FOLDER } from '../load/pack-file.js';
import { isUrl, shownUrl } from '../load/url.js';
import { listPlaces } from '../normalize/place.js';
import { failure, type Problem, type Result, success } from '../problem.js';
import { configId, configText, entryText } from './config-text.js';
import { type Form, formOf } from './form.js';
import { interview, type Person } from './interview.js';
import { type Answered, extendOverlay, hasForm, newOverlay } from './overlay-text.js';
import { configEntry, type InitRequest, type OverlayPlace, overlayPlace, slashes } from './places.js';
import { type PlannedFile, writeFiles } from './write.js';

export type { InitRequest } from './places.js';

/** What was done. Paths are relative to the working directory. */
export interface InitReport {
  readonly overlay: string;
  /** `kept`: nothing to add. `manual`: it cannot be added to safely; `lines` says what to add. */
  readonly done: 'created' | 'extended' | 'kept' | 'manual' | 'not needed';
  readonly answered: number;
  /** Questions that are written down now, and were not before. */
  readonly added: number;
  /** Questions that the overlay had already. */
  readonly waiting: number;
  readonly lines: string;
  /** Whether more will be asked once it is known which operation refunds. */
  readonly again: boolean;
  readonly config: { readonly file: string; readonly done: 'created' | 'known' | 'add'; readonly entry: string };
  /** What no overlay answers. */
  readonly obstacles: readonly Problem[];
}

/**
 * Writes the open questions of a spec into its overlay, and the spec into the configuration.
 *
 * @param person - answers questions at once; without one, all are left open.
 * @param today - for facts that are read now.
 * @returns `undefined`, and nothing written, where the person breaks off.
 */
export async function init(
  request: InitRequest,
  person: Person | undefined,
  today: string,
): Promise<Result<InitReport | undefined>> {
  const bare = await analyseBare(request);
  const pack = packOf(bare);
  const place = overlayPlace(request, pack);
  const isBare = !place.exists && place.before.every((file) => file === pack);
  const analysis = bare !== undefined && isBare ? bare : await analyseWith(request, place);
  if (!isRead(analysis)) return failure(...analysis.problems);
  const inspection = inspect(analysis, request.input.id);
  const text = place.exists ? await readFile(place.target, 'utf8') : '';
  const forms = formsOf(analysis, inspection);
  const fresh = forms.filter((form) => !hasForm(text, form));
  const answered = person === undefined ? [] : await interview(fresh, person, today);
  if (answered === undefined) return success(undefined);
  const overlay = planOverlay(request, place, text, inspection, fresh, answered, today);
  const config = planConfig(request, place, inspection, overlay.done !== 'not needed');
  const files = [...overlay.files, ...config.files];
  const written = await writeFiles(files);
  if (!written.ok) return written;
  return success({
    overlay: slashes(request.folder, place.target),
    done: overlay.done,
    answered: answered.length,
    added: fresh.length - answered.length,
    waiting: forms.length - fresh.length,
    lines: overlay.lines,
    again: forms.some(({ question }) => question.code === 'R020' || question.code === 'R021'),
    config: config.report,
    obstacles: analysis.problems.filter(({ overlay: lines, severity }) => severity === 'error' && lines === undefined),
  });
}

/** As if there were no overlay of the user's; `undefined` where overlays are named, and packs do not count. */
async function analyseBare({ config, input, spec }: InitRequest): Promise<Analysis | undefined> {
  if (spec.startsWith('pack:') || config?.input?.overlays !== undefined) return undefined;
  const { overlays, ...bare } = config?.input ?? input;
  return analyse({ ...bare, overlay: undefined });
}

/** The pack that refundgen has for the document: a new overlay comes after it, and would hide it otherwise. */
function packOf(bare: Analysis | undefined): string | undefined {
  const found = bare?.document?.overlay?.path;
  return found?.startsWith(PACKS_FOLDER) ? found : undefined;
}

async function analyseWith({ config, input }: InitRequest, { before, exists, target }: OverlayPlace) {
  const overlays = [...before, ...(exists ? [target] : [])];
  return analyse({ ...(config?.input ?? input), overlay: overlays.at(-1), overlays });
}

function formsOf({ draft }: ReadAnalysis, { questions }: Inspection): readonly Form[] {
  const create = draft?.native.operations.find(({ role }) => role === 'create');
  const places = create === undefined ? [] : listPlaces(create);
  return questions.map((question) => formOf(question, places));
}

interface PlannedOverlay {
  readonly files: readonly PlannedFile[];
  readonly done: InitReport['done'];
  readonly lines: string;
}

function planOverlay(
  { folder, spec }: InitRequest,
  { exists, target }: OverlayPlace,
  text: string,
  { provider, spec: read }: Inspection,
  forms: readonly Form[],
  answered: readonly Answered[],
  today: string,
): PlannedOverlay {
  if (forms.length === 0) return { files: [], done: exists ? 'kept' : 'not needed', lines: '' };
  const from = isUrl(spec) ? shownUrl(spec) : relativeTo(path.dirname(target), path.resolve(folder, spec));
  const head = { title: provider.title, extends: from, file: read.file, date: today };
  if (!exists) {
    return {
      files: [{ path: target, text: newOverlay(head, forms, answered), how: 'create' }],
      done: 'created',
      lines: '',
    };
  }
  const extended = extendOverlay(text, forms, answered);
  if (extended !== undefined)
    return { files: [{ path: target, text: extended, how: 'replace' }], done: 'extended', lines: '' };
  const lines = newOverlay(head, forms, answered).split('\n').slice(LINES_OF_HEAD).join('\n');
  return { files: [], done: 'manual', lines };
}

/** What a new overlay begins with, up to its first question. */
const LINES_OF_HEAD = 16;

function relativeTo(folder: string, file: string): string {
  const relative = slashes(folder, file);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function planConfig(request: InitRequest, place: OverlayPlace, { provider }: Inspection, hasOverlay: boolean) {
  const { config, folder, input } = request;
  const entry = configEntry(request, place, configId(input.id, provider.title), hasOverlay);
  if (config === undefined) {
    const file: PlannedFile = {
      path: path.join(folder, 'refundgen.config.ts'),
      text: configText(entry, 'generated'),
      how: 'create',
    };
    const report = { file: 'refundgen.config.ts', done: 'created' as const, entry: entryText(entry) };
    return { files: [file], report };
  }
  const done = config.input === undefined ? ('add' as const) : ('known' as const);
  return { files: [], report: { file: slashes(folder, config.file), done, entry: entryText(entry) } };
}
