/** The code that the operating system gave for an error, such as `ENOENT`; what has none is a bug and is thrown on. */
export function systemCode(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  throw cause;
}

/** Whether an error says that there is nothing at a path. A file where a folder would have to be says so too. */
export function isAbsent(code: string): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}
