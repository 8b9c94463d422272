import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProviderInput } from '../../generator/analyse.js';
import { discover } from '../../generator/discover/discover.js';
import { emitClient, emitNativeClient } from '../../generator/emit/client.js';
import { compile } from '../../generator/generate.js';
import type { GeneratedFile } from '../../generator/generated-file.js';
import { inspect, isRead } from '../../generator/inspect/inspect.js';
import { printInspection } from '../../generator/inspect/print.js';
import { PROBLEMS, type Problem } from '../../generator/problem.js';
import { slice } from '../../generator/slice/slice.js';
import { writeJson } from '../fixtures/json.js';
import { shuffled } from '../fixtures/shuffle.js';
import type { Case } from './documents.js';
import { digestsOf, type Generated, generate, type Outcome, type Prepared, prepare } from './pipeline.js';

/** What became of a case, and which laws it breaks. */
export interface Checked {
  readonly id: string;
  readonly prepared: Prepared | undefined;
  readonly generated: Generated | undefined;
  readonly faults: readonly string[];
}

/** The laws that one document keeps or breaks by itself. An exception is a fault, too. */
export async function check(found: Case, id: string, folder: string): Promise<Checked> {
  try {
    const prepared = await prepare(found, id, folder);
    const generated = await generate(prepared);
    const faults = [
      ...(await faultsOfProblems([...prepared.analysis.problems, ...generated.problems], folder)),
      ...faultsOfFreezing(prepared),
      ...(await faultsOfRepeating(found, prepared, generated, folder)),
      ...(await faultsOfInput(prepared)),
    ];
    return { id, prepared, generated, faults };
  } catch (cause) {
    const said = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return { id, prepared: undefined, generated: undefined, faults: [`throws: ${said}`] };
  }
}

export function outcomeOf({ generated }: Checked): Outcome {
  return generated?.outcome ?? 'problem';
}

/** Every problem has a code, a next step and, being an error, a place that the files have. */
async function faultsOfProblems(problems: readonly Problem[], folder: string): Promise<readonly string[]> {
  const said = new Map(problems.map((problem) => [`${problem.severity} ${problem.code} ${problem.message}`, problem]));
  const faults = await Promise.all(
    [...said].map(async ([what, problem]) => {
      const lacks = [
        !Object.hasOwn(PROBLEMS, problem.code) && 'a code',
        problem.message.trim() === '' && 'a message',
        problem.hint.trim() === '' && 'a next step',
        problem.severity === 'error' && !(await isPlaced(problem, folder)) && 'a place',
      ].filter((lack) => lack !== false);
      return lacks.map((lack) => `has no ${lack}: ${what}`);
    }),
  );
  return faults.flat();
}

async function isPlaced({ location }: Problem, folder: string): Promise<boolean> {
  if (location === undefined) return false;
  const text = await readFile(path.join(folder, path.basename(location.file)), 'utf8');
  const line = text.split('\n')[location.line - 1];
  const isPointer = location.pointer === '' || location.pointer.startsWith('/');
  return isPointer && line !== undefined && location.column >= 1 && location.column <= line.length + 1;
}

/** Makes every later change of a value an exception. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const child of Object.values(value)) freeze(child);
}

/** Looks at a frozen analysis with all that looks at one: whatever changes its input throws. */
function faultsOfFreezing({ analysis, id }: Prepared): readonly string[] {
  if (!isRead(analysis)) return [];
  const { api, document, draft, operations, spine } = analysis;
  for (const part of [document.value, document.spec.value, document.overlay?.value, api, draft]) freeze(part);
  discover(document);
  slice(document, operations, spine);
  const page = printInspection(inspect(analysis, id), PLAIN);
  if (draft !== undefined) emitNativeClient(draft.native);
  if (api !== undefined) emitClient(api);
  return page.trim() === '' ? ['inspect prints nothing'] : [];
}

const same = (text: string): string => text;
const PLAIN = { bold: same, cyan: same, dim: same, green: same, red: same, yellow: same };

/** The same input gives the same bytes; so does one whose keys stand in another order. */
async function faultsOfRepeating(
  { choice, document }: Case,
  { bare, id, input }: Prepared,
  { compiled, outcome }: Generated,
  folder: string,
): Promise<readonly string[]> {
  const own = filesOf(id, compiled?.files ?? []);
  const again = await generate({ bare, input });
  const faults = again.outcome === outcome ? [] : [`${outcome} once, and ${again.outcome} the second time`];
  faults.push(...differences(own, filesOf(id, again.compiled?.files ?? []), 'the second time'));
  const turned = path.join(folder, 'turned');
  await mkdir(turned, { recursive: true });
  const files = { bare: inFolder(bare, turned), input: inFolder(input, turned) };
  await writeFile(files.input.spec, writeJson(shuffled(document, choice)));
  if (input.overlay !== undefined && files.input.overlay !== undefined) {
    await writeFile(files.input.overlay, await readFile(input.overlay, 'utf8'));
  }
  const other = await generate(files);
  if (other.outcome !== outcome) faults.push(`${outcome}, and ${other.outcome} with its keys in another order`);
  else faults.push(...differences(own, filesOf(id, other.compiled?.files ?? []), 'with keys in another order'));
  return faults;
}

function inFolder(input: ProviderInput, folder: string): ProviderInput {
  const moved = (file: string): string => path.join(folder, path.basename(file));
  const overlay = input.overlay === undefined ? undefined : moved(input.overlay);
  return { ...input, spec: moved(input.spec), overlay, overlays: overlay === undefined ? [] : [overlay] };
}

/** The files of one provider, among those of a run. */
export function filesOf(id: string, files: readonly GeneratedFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.filter(({ path: file }) => file.startsWith(`${id}/`)).map(({ path: file, text }) => [file, text]),
  );
}

/** Where two outputs of one provider differ, with the first line that does. */
export function differences(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
  when: string,
): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((file) => {
    const [before, after] = [one.get(file), other.get(file)];
    if (before === after) return [];
    const lines = after?.split('\n') ?? [];
    const line = before?.split('\n').findIndex((text, index) => text !== lines[index]) ?? 0;
    return [`${file} is another ${when}: ${before?.split('\n')[line]} | ${lines[line]}`];
  });
}

async function faultsOfInput({ digests, input }: Prepared): Promise<readonly string[]> {
  const now = await digestsOf(input);
  return [...digests].flatMap(([file, digest]) =>
    now.get(file) === digest ? [] : [`${path.basename(file)} was changed`],
  );
}

/** Compiles several providers in one run; all of them compile by themselves. */
export async function compileTogether(checked: readonly Checked[], nativeOnly: boolean) {
  const inputs = checked.flatMap(({ generated, prepared }) =>
    prepared === undefined ? [] : (generated?.input ?? prepared.input),
  );
  return compile(inputs, { nativeOnly });
}
