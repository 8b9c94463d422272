import path from 'node:path';

/** The lock file, in the output folder itself. */
export const LOCK_PATH = 'refundgen.lock';

const TEMPORARY_SUFFIX = '.refundgen-tmp';

/** ASCII only, and no colon: `C:` is a drive and `file:stream` a second content of a file on Windows. */
const PLAIN = /^[\w.-]+(?:\/[\w.-]+)*$/;
/** Covers `.` and `..`; of other names, Windows drops the last dot. */
const DOT_AT_END = /\.(?:\/|$)/;
/** What Windows takes for a device, with any extension. Reading one can wait for ever. */
const DEVICE = /(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)/i;

/**
 * The one place that says which paths may be joined to the output folder: relative, plain, and never leading out of it,
 * on any platform. The lock and temporary files belong to refundgen and are no output.
 */
export function isOutputPath(text: string): boolean {
  const isPlain = PLAIN.test(text) && !DOT_AT_END.test(text) && !DEVICE.test(text);
  return isPlain && text.toLowerCase() !== LOCK_PATH && !text.endsWith(TEMPORARY_SUFFIX);
}

/** The folder of an output path and those above it, the deepest first; without the output folder itself. */
export function foldersAbove(outputPath: string): readonly string[] {
  const segments = outputPath.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('/'));
}

/** A name beside a file for its text until it is complete; not a `.ts`, so that no tool takes it for a module. */
export function temporaryName(file: string, unique: string): string {
  return `${file}.${unique}${TEMPORARY_SUFFIX}`;
}

/** Whether a file name is one of {@link temporaryName}. */
export function isTemporaryName(name: string): boolean {
  return /.\.[\da-f]{16}\.refundgen-tmp$/.test(name);
}

/** A file of the output as shown to people: relative to the working directory, with forward slashes. */
export function shownPath(folder: string, outputPath: string): string {
  const file = path.resolve(folder, outputPath);
  return path.relative(process.cwd(), file).split(path.sep).join('/') || '.';
}
