/**
 * Whether a regular expression may take longer with each character, twice as long or worse: where something that can
 * match in several ways is repeated, as in `(a+)+` and `(a|ab)*`. It errs on the side of yes: nobody gets to see the
 * texts before a pattern of a spec is run on them.
 */
export function mayHang(pattern: string): boolean {
  // For each open group, whether it can match in several ways.
  const open = [false];
  for (const { group: sign = '', many } of tokensOf(pattern)) {
    const inside = sign === ')' && open.length > 1 ? open.pop() === true : false;
    if (sign === '(') open.push(false);
    if (inside && many === 'often') return true;
    if (sign === '|' || inside || (many !== undefined && many !== 'once')) open[open.length - 1] = true;
  }
  return false;
}

interface PatternToken {
  /** A bracket of a group, or the bar between alternatives. */
  readonly group: string | undefined;
  /** How often it may stand, where that is not exactly once; `often` is more than ten times. */
  readonly many: 'once' | 'often' | 'varies' | undefined;
}

/** Escapes and classes of characters are one sign each; what follows says how often it may stand. */
const TOKEN = /(?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|([()|])|[\s\S])(\*|\+|\?|\{(\d+)(,?)(\d*)\})?/gu;

function tokensOf(pattern: string): readonly PatternToken[] {
  return [...pattern.matchAll(TOKEN)].map(([, group, times, least = '', comma = '', most = '']) => {
    // Behind an open bracket, a question mark begins what kind of group it is.
    if (group === '(' || group === '|' || times === undefined) return { group, many: undefined };
    if (times === '?') return { group, many: 'varies' };
    if (times === '*' || times === '+' || (comma !== '' && most === '')) return { group, many: 'often' };
    const largest = Number(comma === '' ? least : most);
    return { group, many: largest > 10 ? 'often' : comma === '' ? 'once' : 'varies' };
  });
}
