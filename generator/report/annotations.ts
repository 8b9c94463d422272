import path from 'node:path';
import { printableLine } from '../printable.js';
import type { Problem } from '../problem.js';
import type { Terminal } from '../terminal.js';

/**
 * Problems as GitHub shows them beside the line in a pull request. The runner reads them from what a step prints.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotate(problems: readonly Problem[], { env, printError }: Terminal): void {
  if (env['GITHUB_ACTIONS'] !== 'true') return;
  for (const problem of problems) printError(annotationOf(problem, env['GITHUB_WORKSPACE']));
}

function annotationOf({ code, hint, location, message, severity }: Problem, workspace: string | undefined): string {
  const properties = [
    ...(location === undefined || location.file.includes('://')
      ? []
      : [
          `file=${property(fromWorkspace(location.file, workspace))}`,
          `line=${location.line}`,
          `col=${location.column}`,
        ]),
    `title=${property(`refundgen ${code}`)}`,
  ];
  return `::${severity} ${properties.join(',')}::${data(`${message}: ${firstLine(hint)}`)}`;
}

/** The runner wants paths from the root of the repository. */
function fromWorkspace(file: string, workspace: string | undefined): string {
  if (workspace === undefined) return file;
  return path.relative(workspace, path.resolve(file)).split(path.sep).join('/');
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function data(text: string): string {
  return printableLine(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
