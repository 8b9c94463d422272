import type { ErrorObject } from 'ajv';

/** What is wrong at a place. */
export interface SchemaFault {
  /** JSON pointer below `x-refund`. */
  readonly pointer: string;
  /** Goes on after the name of the place: `must have …`. */
  readonly message: string;
}

interface Fault extends SchemaFault {
  readonly keyword: string;
  /** What in the schema it breaks, as ajv says it. */
  readonly rule: string;
}

/**
 * What to tell of what ajv finds. Where a value may have one of several forms, ajv tells what it misses of each of them;
 * people have to know what it misses of the form that they meant.
 */
export function faultsOf(errors: readonly ErrorObject[]): readonly SchemaFault[] {
  // What a name does not fit is an error of its own, and tells the name.
  const told = errors.filter(({ keyword }) => keyword !== 'propertyNames').map(faultOf);
  // The innermost first: they are a part of what others have to choose from.
  const choices = told.filter(isChoice).sort((a, b) => b.rule.length - a.rule.length);
  return choices.reduce(settle, told).map(({ message, pointer }) => ({ pointer, message }));
}

function isChoice({ keyword }: Fault): boolean {
  return keyword === 'oneOf';
}

function faultOf(error: ErrorObject): Fault {
  return { keyword: error.keyword, rule: error.schemaPath, pointer: error.instancePath, message: messageOf(error) };
}

function messageOf({ keyword, message = 'is not valid', params, propertyName }: ErrorObject): string {
  if (propertyName !== undefined) return `must not have ${quoted(propertyName)}: its name ${message}`;
  if (keyword === 'required') return `must have ${quoted(params['missingProperty'])}`;
  if (keyword === 'additionalProperties') return `must not have ${quoted(params['additionalProperty'])}`;
  if (keyword === 'const') return `must be ${quoted(params['allowedValue'])}`;
  if (keyword === 'enum') return `must be one of ${[params['allowedValues']].flat().map(quoted).join(', ')}`;
  if (keyword === 'type') return `must be ${TYPES[String(params['type'])] ?? params['type']}`;
  if (keyword === 'minItems' && params['limit'] === 1) return 'must not be empty';
  return message;
}

/** Words for what JSON Schema calls types. */
const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'an object',
  string: 'a text',
};

function quoted(value: unknown): string {
  return JSON.stringify(value);
}

/** Faults, with those of the form that was meant in the place of those of all forms that a value may have. */
function settle(faults: readonly Fault[], choice: Fault): readonly Fault[] {
  const isInside = (fault: Fault, index: number): boolean =>
    (fault.rule.startsWith(`${choice.rule}/`) || (index < faults.indexOf(choice) && fault.rule.startsWith(SHARED))) &&
    `${fault.pointer}/`.startsWith(`${choice.pointer}/`);
  const inside = faults.filter(isInside);
  const others = faults.filter((fault) => fault !== choice && !inside.includes(fault));
  return [...others, ...choose(inside, choice)];
}

/** Where ajv says that a rule is which several places of the schema refer to. */
const SHARED = '#/definitions/';

/** Faults by the form whose they are. What is shared stands for a form where it is about the value itself. */
function formsOf(faults: readonly Fault[], { rule }: Fault): readonly (readonly Fault[])[] {
  const forms = new Map<string, Fault[]>();
  for (const fault of faults) {
    const [form = ''] = fault.rule.startsWith(`${rule}/`) ? fault.rule.slice(rule.length + 1).split('/') : [SHARED];
    forms.set(form, [...(forms.get(form) ?? []), fault]);
  }
  return [...forms.values()];
}

function choose(faults: readonly Fault[], choice: Fault): readonly Fault[] {
  // A shared rule that a part of the value breaks was reached by the form that was meant.
  const inner = faults.filter(({ pointer, rule }) => rule.startsWith(SHARED) && pointer !== choice.pointer);
  const forms = formsOf(
    faults.filter((fault) => !inner.includes(fault)),
    choice,
  );
  const possible = forms.filter((form) => !form.some((fault) => isOtherForm(fault, choice)));
  const known = possible.filter((form) => !form.some((fault) => isStrange(fault, choice)));
  const meant = known.length > 0 || inner.length > 0 ? known : possible;
  const [only, ...more] = meant;
  if (only !== undefined && more.length === 0) return [...only, ...inner];
  if (inner.length > 0) return inner;
  if (forms.length === 0) return [{ ...choice, message: 'must have one form only, and has several at once' }];
  // What tells the forms apart stands deepest where a part of the value says which form it is.
  const apart = forms.flatMap((form) =>
    meant.includes(form) ? form : form.filter((fault) => isOtherForm(fault, choice)),
  );
  const depth = Math.max(...apart.map(({ pointer }) => pointer.length));
  const asked = apart.filter(({ pointer }) => pointer.length === depth);
  const message = [...new Set(asked.map((fault) => fault.message))].join(', or ');
  return [{ ...choice, pointer: asked[0]?.pointer ?? choice.pointer, message }];
}

/** Whether another form was meant: by the kind of the value, or by a field that tells the forms apart. */
function isOtherForm({ keyword, pointer }: Fault, choice: Fault): boolean {
  const below = pointer.slice(choice.pointer.length).split('/').length - 1;
  return (keyword === 'const' && below <= 1) || (keyword === 'type' && below === 0);
}

/** Whether the form does not know a field of the value, where another may. */
function isStrange({ keyword, pointer }: Fault, choice: Fault): boolean {
  return keyword === 'additionalProperties' && pointer === choice.pointer;
}
