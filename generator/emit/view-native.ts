import type { Body, Operation } from '../ir.js';
import { docComment, plainText, sentence } from './comment.js';
import { type Imports, runtimeModule } from './imports.js';
import { Code, type Literal, literal, stringLiteral, unionType } from './literal.js';
import { shapeLiteral } from './shape-literal.js';
import { answerType, operationType, partType } from './type-text.js';
import type { Field, NativeContext } from './view.js';

export interface NativeView {
  /** The method. */
  readonly name: string;
  /** `CreateRefund`. */
  readonly type: string;
  /** A string literal: the key in `operations` of `types.ts`. */
  readonly key: string;
  readonly doc: string;
  /** Whether anything is typed by the spec: an operation may take nothing and answer nothing. */
  readonly usesTypes: boolean;
  /** The type of the body; empty where there is none. */
  readonly bodyType: string;
  readonly input: readonly Field[];
  /** Members of the union of answers. */
  readonly answers: readonly string[];
  /** The `Operation` of the runtime. */
  readonly operation: string;
  readonly answerKinds: string;
}

export function viewNative(context: NativeContext): readonly NativeView[] {
  const { api, imports, prefix } = context;
  imports.value(runtimeModule('native'), 'callNative');
  imports.type(runtimeModule('native'), 'DeclaredAnswers', 'UndeclaredAnswer');
  imports.type(runtimeModule('request'), 'Operation');
  if (context.shapes.constants.length > 0) imports.type(runtimeModule('check'), 'Shape');
  const views = api.operations.map((operation) => viewOperation(context, operation, prefix));
  if (views.some(({ usesTypes }) => usesTypes)) imports.type('./types.js', 'operations');
  if (views.some(({ answers }) => answers.length > 0)) imports.type(runtimeModule('native'), 'DeclaredAnswer');
  return views;
}

function viewOperation({ api, imports, shapes }: NativeContext, operation: Operation, prefix: string): NativeView {
  const { answers, body, headers, method, name, parameters, path } = operation;
  const type = operationType(operation);
  const literalOf: Literal = {
    name,
    method,
    path,
    parameters: parameters.map((item) => ({
      name: item.name,
      in: item.in,
      required: item.required,
      style: item.style ?? undefined,
      shape: shapeLiteral(item.shape, shapes),
    })),
    headers: headers.length === 0 ? undefined : Object.fromEntries(headers.map((item) => [item.name, item.value])),
    body:
      body === null
        ? undefined
        : {
            required: body.required,
            shape: shapeLiteral(body.shape, shapes),
            encoding: encodingLiteral(imports, body),
          },
  };
  const summary = `${sentence(operation.summary)} \`${method} ${plainText(path)}\``.trim();
  const throws = [
    '@throws InvalidInputError where the input breaks the spec; nothing was sent.',
    '@throws NoAnswerError where there is no answer; its `sent` says whether the request may have arrived.',
  ];
  const warning = operation.role === 'create' ? ['One request: no journal, no check of amounts. It may pay out.'] : [];
  const input = inputFields(
    operation,
    api.settings.map(({ header }) => header),
  );
  return {
    name,
    type: `${prefix}${type}`,
    usesTypes: input.length > 0 || answers.some(({ mediaType }) => mediaType !== null),
    key: stringLiteral(name),
    doc: `${docComment([summary, sentence(operation.description), ...warning, ...throws], 2)}\n`,
    bodyType: body === null ? '' : bodyType(type, body),
    input,
    answers: answers.map((answer) => {
      const status = /^\d+$/.test(answer.status) ? answer.status : stringLiteral(answer.status);
      const bodyOf = answer.mediaType === null ? 'undefined' : answerType(operation, answer.status, answer.mediaType);
      return `DeclaredAnswer<${status}, ${bodyOf}>`;
    }),
    operation: literal(literalOf),
    answerKinds: literal(
      Object.fromEntries(answers.map((answer) => [answer.status, answer.body])),
      0,
      name.length + 33,
    ),
  };
}

/** JSON needs no word; a form says how its nested fields are written. */
function encodingLiteral(imports: Imports, { encoding }: Body): Code | undefined {
  if (encoding.kind === 'json') return undefined;
  const styles = Object.fromEntries(encoding.styles.map(({ field, style }) => [field, style]));
  const text = encoding.styles.length === 0 ? '' : literal(styles);
  return new Code(`/* @__PURE__ */ ${imports.value(runtimeModule('form'), 'formBody')}(${text})`);
}

function inputFields(operation: Operation, settings: readonly string[]): Field[] {
  const fields = (['path', 'query', 'header'] as const).flatMap((part): Field[] => {
    const names = operation.parameters.filter((item) => item.in === part && !settings.includes(item.name));
    if (names.length === 0) return [];
    const required = names.some((item) => item.required);
    const picked = `Pick<${partType(operation, part)}, ${unionType(names.map(({ name }) => name))}>`;
    return [{ doc: '', name: part, optional: required ? '' : '?', type: required ? picked : `${picked} | undefined` }];
  });
  const { body } = operation;
  if (body === null) return fields;
  const type = partType(operation, 'body');
  const field: Field = { doc: '', name: 'body', optional: body.required ? '' : '?', type };
  return [...fields, body.required ? field : { ...field, type: `${type} | undefined` }];
}

/** The fields of a body are its fields where it may be null as well: `null` as a whole is no request. */
function bodyType(type: string, { mediaType, shape }: NonNullable<Operation['body']>): string {
  const written = `NonNullable<${type}Types['requestBody']>['content'][${stringLiteral(mediaType)}]`;
  return shape.kind === 'object' && shape.nullable ? `NonNullable<${written}>` : written;
}
