/**
 * The one place where values become TypeScript literals. Text of a spec reaches generated code through here or through
 * {@link ./comment.ts}, and in no other way.
 */

/** A string literal. Everything that could end it, hide in it or be invisible is escaped. */
export function stringLiteral(text: string): string {
  const escaped = text.replaceAll(/[\\'\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escapeCharacter);
  return `'${escaped}'`;
}

function escapeCharacter(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * A property name, quoted where it is neither a plain identifier nor a number. `__proto__` is never plain: it would set
 * the prototype.
 */
export function propertyName(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^([A-Za-z_$][\w$]*|0|[1-9]\d{0,8})$/.test(name) ? name : stringLiteral(name);
}

/** What {@link literal} can write. `undefined` fields are left out. */
export type Literal =
  | string
  | number
  | boolean
  | null
  | Code
  | readonly Literal[]
  | { readonly [key: string]: Literal | undefined };

/** TypeScript that stands for itself inside a literal. Made by this folder only, never from text of a spec. */
export class Code {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const LINE_WIDTH = 112;

/**
 * A TypeScript literal, on one line where it fits, laid out as a person would otherwise.
 *
 * @param indent - of the line that it begins in.
 * @param column - where in that line it begins.
 */
export function literal(value: Literal, indent = 0, column = indent): string {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return stringLiteral(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item: Literal) => (depth: number) => literal(item, depth))
    : Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [writeProperty(key, item)]));
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return `${open}${close}`;
  const space = isList ? '' : ' ';
  const inline = `${open}${space}${parts.map((part) => part(0)).join(', ')}${space}${close}`;
  if (!inline.includes('\n') && inline.length + column <= LINE_WIDTH) return inline;
  const pad = ' '.repeat(indent + 2);
  if (isList && value.every((item: Literal) => typeof item === 'string'))
    return fill(
      parts.map((part) => part(0)),
      indent,
    );
  const lines = parts.map((part) => `${pad}${part(indent + 2)},`);
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`;
}

/** A long list of texts, as many on a line as fit. */
function fill(items: readonly string[], indent: number): string {
  const pad = ' '.repeat(indent + 2);
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + item.length + 2 <= LINE_WIDTH;
    if (fits) lines[lines.length - 1] = `${last} ${item},`;
    else lines.push(`${pad}${item},`);
  }
  return `[\n${lines.join('\n')}\n${' '.repeat(indent)}]`;
}

function writeProperty(key: string, value: Literal): (depth: number) => string {
  const name = propertyName(key);
  if (value instanceof Code && value.text === name) return () => name;
  return (depth) => `${name}: ${literal(value, depth, depth + name.length + 2)}`;
}

/** A union of string literals as a type. */
export function unionType(values: readonly string[]): string {
  return values.length === 0 ? 'never' : values.map(stringLiteral).join(' | ');
}
