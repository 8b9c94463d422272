import path from 'node:path';

/** The lock file, in the output folder itself. */
export const LOCK_PATH = 'refundgen.lock';

const CLAIM_SUFFIX = '.refundgen-tmp';

/** ASCII only, and no colon: `C:` is a drive and `file:stream` a second content of a file on Windows. */
const PLAIN = /^[\w.-]+(?:\/[\w.-]+)*$/;
/** Covers `.` and `..`; of other names, Windows drops the last dot. */
const DOT_AT_END = /\.(?:\/|$)/;
/** What Windows takes for a device, with any extension. Reading one can wait for ever. */
const DEVICE = /(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)/i;

/**
 * The one place that says which paths may be joined to the output folder: relative, plain, and never leading out of it,
 * on any platform. The lock and the folders of runs belong to refundgen and are no output.
 */
export function isOutputPath(text: string): boolean {
  const isPlain = PLAIN.test(text) && !DOT_AT_END.test(text) && !DEVICE.test(text);
  const isOwn = text.toLowerCase() === LOCK_PATH || text.toLowerCase().includes(CLAIM_SUFFIX);
  return isPlain && !isOwn;
}

/** The folder of an output path and those above it, the deepest first; without the output folder itself. */
export function foldersAbove(outputPath: string): readonly string[] {
  const segments = outputPath.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('/'));
}

/** The name of the folder that a run has for itself in the output folder while it writes. */
export function claimName(process: number, unique: string): string {
  return `run-${process}-${unique}${CLAIM_SUFFIX}`;
}

/** The process of a run, where this is a {@link claimName}. */
export function processOfClaim(name: string): number | undefined {
  const process = /^run-([1-9]\d{0,9})-[\da-f]{16}\.refundgen-tmp$/.exec(name)?.[1];
  return process === undefined ? undefined : Number(process);
}

/** A file of the output as shown to people: relative to the working directory, with forward slashes. */
export function shownPath(folder: string, outputPath: string): string {
  const file = path.resolve(folder, outputPath);
  return path.relative(process.cwd(), file).split(path.sep).join('/') || '.';
}
