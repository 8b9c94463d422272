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
  const parts = partsOf(value);
  if (parts === undefined) return scalar(value);
  const inline = oneLine(value, LINE_WIDTH - column);
  if (inline !== undefined || parts.length === 0) return inline ?? (Array.isArray(value) ? '[]' : '{}');
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const pad = ' '.repeat(indent + 2);
  const lines = parts.map(({ name, item }) => `${pad}${name}${literal(item, indent + 2, indent + 2 + name.length)},`);
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`;
}

/**
 * What is left of a line takes this value, or `undefined`. Stops where the line is full: a literal that was tried whole
 * at every depth would take twice as long with each.
 */
function oneLine(value: Literal, room: number): string | undefined {
  const parts = partsOf(value);
  if (parts === undefined || parts.length === 0) {
    const text = parts === undefined ? scalar(value) : Array.isArray(value) ? '[]' : '{}';
    return text.length <= room && !text.includes('\n') ? text : undefined;
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }'];
  let text = open;
  for (const [index, { item, name }] of parts.entries()) {
    text += `${index === 0 ? '' : ', '}${name}`;
    const inner = oneLine(item, room - text.length - close.length);
    if (inner === undefined) return undefined;
    text += inner;
  }
  return text + close;
}

function scalar(value: Literal): string {
  if (value instanceof Code) return value.text;
  return typeof value === 'string' ? stringLiteral(value) : String(value);
}

/** What may stand for itself in an object: neither `'a b'` nor `true`, though a field may be called so and hold it. */
const VARIABLE = /^(?!(?:true|false|null)$)[A-Za-z_$][\w$]*$/;

interface LiteralPart {
  /** `name: `; empty in a list, and where a property has the name of the variable that it holds. */
  readonly name: string;
  readonly item: Literal;
}

/** `undefined` where a value has no parts. */
function partsOf(value: Literal): readonly LiteralPart[] | undefined {
  if (value instanceof Code || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.map((item: Literal) => ({ name: '', item }));
  return Object.entries(value).flatMap(([key, item]) => {
    if (item === undefined) return [];
    const name = propertyName(key);
    const isVariable = item instanceof Code && item.text === name && VARIABLE.test(name);
    return [{ name: isVariable ? '' : `${name}: `, item }];
  });
}

/** A union of string literals as a type. */
export function unionType(values: readonly string[]): string {
  return values.length === 0 ? 'never' : values.map(stringLiteral).join(' | ');
}
