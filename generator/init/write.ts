import { link, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { error, failure, type Result, success } from '../problem.js';

/** A file to be written. */
export interface PlannedFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** `create`: there is none yet, and one that appears meanwhile is not overwritten. */
  readonly how: 'create' | 'replace';
}

/** Writes files, all or none: each is complete beside its place before the first one takes it. */
export async function writeFiles(files: readonly PlannedFile[]): Promise<Result<void>> {
  const staged: { readonly file: PlannedFile; readonly from: string; readonly to: string }[] = [];
  const placed: string[] = [];
  try {
    for (const file of files) {
      // A link to an overlay stays one.
      const to = file.how === 'replace' ? await realpath(file.path) : file.path;
      const from = path.join(path.dirname(to), `.${path.basename(to)}.${process.pid}.tmp`);
      staged.push({ file, from, to });
      await writeFile(from, file.text, { flag: 'wx' });
    }
    // What may still fail, because somebody else was quicker, goes first.
    const ordered = [...staged].sort((a, b) => (a.file.how < b.file.how ? -1 : 1));
    for (const { file, from, to } of ordered) {
      if (file.how === 'replace') await rename(from, to);
      else {
        await link(from, to);
        placed.push(to);
      }
    }
    return success(undefined);
  } catch (cause) {
    for (const file of placed) await rm(file, { force: true });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const [first] = files;
    const shown = path
      .relative(process.cwd(), first?.path ?? '')
      .split(path.sep)
      .join('/');
    return failure(
      error(
        'R052',
        `${shown} cannot be written (${code})`,
        'Nothing was written. Check the folder and its permissions.',
      ),
    );
  } finally {
    for (const { from } of staged) await rm(from, { force: true }).catch(() => undefined);
  }
}
