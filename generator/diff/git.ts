import { execFile } from 'node:child_process';
import { error, failure, type Result, success } from '../problem.js';

/** A commit of the repository that a folder is in. */
export interface Commit {
  /** The root of the working tree. */
  readonly root: string;
  readonly id: string;
}

/** A file in the tree of a commit. */
export interface TreeEntry {
  /** From the root, with slashes. */
  readonly path: string;
  readonly mode: string;
  readonly id: string;
  readonly size: number;
}

/** Finds a commit. A revision is a text of the user's: it is never taken for an option. */
export async function findCommit(folder: string, revision: string): Promise<Result<Commit>> {
  const root = await git(folder, ['rev-parse', '--show-toplevel']);
  if (!root.ok) {
    const hint = 'Run it in the working tree of the repository, or name a file to compare with.';
    return failure(error('R070', `${folder} is not in a git repository: ${root.reason}`, hint));
  }
  const name = `${revision}^{commit}`;
  const id = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
  const found = id.ok ? id.output.toString('utf8').trim() : '';
  if (/^[\da-f]{40,64}$/.test(found)) {
    return success({ root: root.output.toString('utf8').replace(/\r?\n$/, ''), id: found });
  }
  const hint = 'Name a branch, a tag or a commit. In CI, a shallow clone may not have it: fetch it first.';
  return failure(error('R071', `there is no revision ${JSON.stringify(revision)}`, hint));
}

/**
 * The files below some paths, at a commit.
 *
 * @param paths - from the root, with slashes; an empty one is the root itself.
 */
export async function listTree({ id, root }: Commit, paths: readonly string[]): Promise<Result<readonly TreeEntry[]>> {
  const below = paths.includes('') ? [] : paths;
  const listed = await git(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', id, '--', ...below]);
  if (!listed.ok) return failure(unreadable(id, listed.reason));
  const entries = listed.output.toString('utf8').split('\0').filter(Boolean);
  return success(
    entries.flatMap((entry): TreeEntry[] => {
      const [, mode = '', blob = '', size = '', path = ''] = /^(\d+) \w+ ([\da-f]+) +(\S+)\t(.*)$/s.exec(entry) ?? [];
      return path === '' ? [] : [{ mode, id: blob, size: Number(size), path }];
    }),
  );
}

/** The bytes of blobs as the repository has them: no filter, no conversion and no hook is run. */
export async function readBlobs(
  { id, root }: Commit,
  entries: readonly TreeEntry[],
): Promise<Result<ReadonlyMap<string, Buffer>>> {
  const wanted = [...new Set(entries.map((entry) => entry.id))];
  if (wanted.length === 0) return success(new Map());
  const read = await git(root, ['cat-file', '--batch'], `${wanted.join('\n')}\n`);
  if (!read.ok) return failure(unreadable(id, read.reason));
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < read.output.length; ) {
    const end = read.output.indexOf('\n', at);
    const [blob = '', kind, size] = read.output.toString('utf8', at, end < 0 ? undefined : end).split(' ');
    if (end < 0 || kind !== 'blob') return failure(unreadable(id, `${blob} is ${kind ?? 'missing'}`));
    blobs.set(blob, read.output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return success(blobs);
}

function unreadable(id: string, reason: string) {
  return error('R071', `commit ${id.slice(0, 12)} cannot be read: ${reason}`, 'Fetch it in full, then try again.');
}

type Ran = { readonly ok: true; readonly output: Buffer } | { readonly ok: false; readonly reason: string };

/** What a hook that runs refundgen would hand on: another repository or index than that of the folder. */
const INHERITED = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];
const MOST_OUTPUT = 1024 * 1024 * 1024;

function git(folder: string, args: readonly string[], input = ''): Promise<Ran> {
  const inherited = Object.entries(process.env).filter(([name]) => !INHERITED.includes(name));
  // A path is a path, whatever signs are in it; and nothing waits for a password.
  const own = { GIT_LITERAL_PATHSPECS: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const options = {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...own },
    encoding: 'buffer',
    maxBuffer: MOST_OUTPUT,
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    const child = execFile('git', [...args], options, (cause, stdout, stderr) => {
      if (cause === null) return resolve({ ok: true, output: stdout });
      const said =
        stderr
          .toString('utf8')
          .split('\n')[0]
          ?.replace(/^fatal: /, '') ?? '';
      resolve({ ok: false, reason: said === '' ? `git: ${cause.code ?? 'failed'}` : said });
    });
    // A git that is not there, or ends early, is reported by the callback.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
