import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How a program ended, and what it said. */
export interface Ended {
  /** `null` where it was killed, because it did not end by itself. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as it is installed: built from the sources as they are now, apart from them. */
export interface Built {
  /** What Node runs. */
  readonly program: string;
  run(folder: string, ...args: readonly string[]): Promise<Ended>;
  /** With options for Node. */
  runWith(options: readonly string[], folder: string, ...args: readonly string[]): Promise<Ended>;
  remove(): Promise<void>;
}

/** Longer than any command needs, also on a machine that does other things. */
const KILL_AFTER = 40_000;

/** The bundler may have to wait for a machine that does other things. */
const KILL_BUNDLER_AFTER = 170_000;

export async function build(): Promise<Built> {
  const folder = await mkdtemp(path.join(tmpdir(), 'refundgen-built-'));
  for (const part of ['package.json', 'templates', 'specs']) {
    await cp(part, path.join(folder, part), { recursive: true });
  }
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  const bundle = [path.resolve('node_modules/rolldown/bin/cli.mjs'), '-c', '--dir', path.join(folder, 'dist')];
  const built = await run(process.cwd(), bundle, KILL_BUNDLER_AFTER);
  if (built.exit !== 0) throw new Error(`the command line cannot be built: ${built.stdout}${built.stderr}`);
  const program = path.join(folder, 'dist', 'bin.js');
  return {
    program,
    run: (cwd, ...args) => run(cwd, [program, ...args]),
    runWith: (options, cwd, ...args) => run(cwd, [...options, program, ...args]),
    remove: () => rm(folder, { recursive: true }),
  };
}

function run(cwd: string, args: readonly string[], timeout = KILL_AFTER): Promise<Ended> {
  // Colours depend on where tests run: CI has them, a pipe does not.
  const { FORCE_COLOR, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: '1' };
  return new Promise((resolve) => {
    const options = { cwd, env, timeout, killSignal: 'SIGKILL' as const, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(process.execPath, args, options, (_, stdout, stderr) => {
      resolve({ exit: child.exitCode, stdout, stderr });
    });
  });
}
