import type { FieldError } from './errors.js';

/** Keeps secrets out of what a client gives away. Only words of the provider are changed, never the client's own. */
export interface Redactor {
  /** A body of an answer, whole. */
  readonly body: (value: unknown) => unknown;
  /** What has been read out of an answer: its texts and its `raw`, but not what the client has decided. */
  readonly facts: <T extends object>(facts: T) => T;
  readonly error: <E extends AnyError>(error: E) => E;
  /** The texts of a JSON document; everything else stays byte for byte. */
  readonly json: (document: string) => string;
}

interface AnyError {
  readonly message: string;
  readonly code?: string;
  readonly fields?: readonly FieldError[];
  readonly raw?: unknown;
}

const REDACTED = '[redacted]';

/** A shorter secret is replaced only where it is the whole text: it may be a part of an id. */
const MIN_PART_OF_ANSWER = 8;
/** Nothing is read out of an error any more. */
const MIN_PART_OF_ERROR = 3;

/** What the client itself writes into what it has read. */
const OWN_WORDS = ['provider', 'status'];

/** Replaces these secrets, and what a provider may make of them. */
export function redactor(secrets: readonly string[]): Redactor {
  const forms = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret), decoded(secret)]))]
    // The longest first: a secret that is a part of another must not leave the rest of it.
    .sort((a, b) => b.length - a.length);
  const inAnswer = (text: string): string => redactText(text, forms, MIN_PART_OF_ANSWER);
  const inError = (text: string): string => redactText(text, forms, MIN_PART_OF_ERROR);
  return {
    body: (value) => redactDeep(value, inAnswer),
    facts: (facts) => redactFacts(facts, inAnswer),
    error: (error) => redactError(error, inError),
    json: (document) =>
      document.replaceAll(/"(?:[^"\\]|\\.)*"/g, (token) => {
        const text = String(JSON.parse(token));
        const redacted = inAnswer(text);
        return redacted === text ? token : JSON.stringify(redacted);
      }),
  };
}

function redactText(text: string, forms: readonly string[], minPart: number): string {
  if (forms.includes(text)) return REDACTED;
  return forms
    .filter((form) => form.length >= minPart)
    .reduce((redacted, form) => redacted.replaceAll(form, REDACTED), text);
}

/** A server may show a cookie as it has decoded it. */
function decoded(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    return secret;
  }
}

function redactDeep(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, redact));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactDeep(item, redact)]));
}

function redactFacts<T extends object>(facts: T, redact: (text: string) => string): T {
  const entries = Object.entries(facts).map(([key, value]): [string, unknown] => {
    if (key === 'raw') return [key, redactDeep(value, redact)];
    return [key, typeof value === 'string' && !OWN_WORDS.includes(key) ? redact(value) : value];
  });
  // The same keys with values of the same types.
  return Object.fromEntries(entries) as T;
}

function redactError<E extends AnyError>(error: E, redact: (text: string) => string): E {
  const { code, fields, message, raw } = error;
  return {
    ...error,
    message: redact(message),
    ...(code === undefined ? {} : { code: redact(code) }),
    ...(raw === undefined ? {} : { raw: redactDeep(raw, redact) }),
    ...(fields === undefined ? {} : { fields: fields.map((field) => redactField(field, redact)) }),
  };
}

function redactField({ code, field, message }: FieldError, redact: (text: string) => string): FieldError {
  return { field: redact(field), message: redact(message), ...(code === undefined ? {} : { code: redact(code) }) };
}
