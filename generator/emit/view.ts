import type { NativeApi, RefundApi } from '../ir.js';
import { toIdentifier } from '../names.js';
import { error, failure, type Result, success } from '../problem.js';
import { BARREL_NAMES } from './barrel.js';
import { plainText } from './comment.js';
import { type Import, Imports } from './imports.js';
import { stringLiteral } from './literal.js';
import { type SharedShapes, shareShapes } from './shape-literal.js';
import { type AnswerView, viewAnswers } from './view-answers.js';
import { type CapabilityView, viewCapabilities } from './view-capabilities.js';
import { type ConnectionView, viewConnection } from './view-connection.js';
import { type NativeView, viewNative } from './view-native.js';
import { type RequestView, viewRequest } from './view-request.js';
import { type SafetyView, viewSafety } from './view-safety.js';

/** A property of a generated type. */
export interface Field {
  /** A comment with its line break, or nothing. */
  readonly doc: string;
  readonly name: string;
  /** `?` where the property may be missing. */
  readonly optional: '' | '?';
  readonly type: string;
}

/** All that the template of a client needs: every name and every text is ready to be written. */
export interface ClientView {
  /** `Acme`: what the names of the types begin with. */
  readonly prefix: string;
  /** For comments. */
  readonly title: string;
  /** A string literal. */
  readonly provider: string;
  readonly connection: ConnectionView;
  readonly native: readonly NativeView[];
  /** Shapes that several others refer to. */
  readonly shapes: readonly { readonly name: string; readonly value: string }[];
  readonly request: RequestView;
  readonly answers: AnswerView;
  readonly capabilities: CapabilityView;
  readonly safety: SafetyView;
  readonly readings: readonly { readonly name: string; readonly value: string }[];
}

/** All that the template of a client without normalized refunds needs. */
export type NativeClientView = Pick<ClientView, 'prefix' | 'title' | 'provider' | 'connection' | 'native' | 'shapes'>;

/** What views share while they are made. */
export interface ViewContext extends NativeContext {
  readonly api: RefundApi;
}

/** What the views of operations and connections need. */
export interface NativeContext {
  readonly api: NativeApi;
  readonly imports: Imports;
  readonly prefix: string;
  /** The version of the runtime that a client imports from a package; `null` where it has a copy. */
  readonly runtime: string | null;
  /** How amounts are read: the names of constants, by their values. */
  readonly readings: Map<string, string>;
  readonly shapes: SharedShapes;
}

export interface ClientModule<View> {
  readonly view: View;
  readonly imports: readonly Import[];
}

/** The view of a client: from the IR alone, without a look at the spec. */
export function viewClient(api: RefundApi, runtime: string | null): Result<ClientModule<ClientView>> {
  const context: ViewContext = { ...startView(api, runtime), api };
  const view = {
    ...viewShared(context),
    request: viewRequest(context),
    answers: viewAnswers(context),
    capabilities: viewCapabilities(context),
    safety: viewSafety(context),
  };
  const readings = [...context.readings].map(([value, name]) => ({ name, value }));
  return withoutClash(context, { ...view, readings });
}

/** The view of a client that has the operations of the spec, and nothing else. */
export function viewNativeClient(api: NativeApi, runtime: string | null): Result<ClientModule<NativeClientView>> {
  const context = startView(api, runtime);
  return withoutClash(context, viewShared(context));
}

function startView(api: NativeApi, runtime: string | null): NativeContext {
  return {
    api,
    runtime,
    imports: new Imports(),
    prefix: toIdentifier(api.provider.id, 'pascal'),
    readings: new Map(),
    shapes: shareShapes(api.operations),
  };
}

function viewShared(context: NativeContext): NativeClientView {
  const { api, prefix } = context;
  return {
    prefix,
    title: plainText(api.provider.name),
    provider: stringLiteral(api.provider.id),
    connection: viewConnection(context),
    native: viewNative(context),
    shapes: context.shapes.constants,
  };
}

const SUFFIXES = [
  'Auth',
  'Config',
  'Call',
  'RefundRequest',
  'Refund',
  'Outcome',
  'Client',
  'Native',
  'Status',
  'Reason',
];

/** No name that a provider declares may be one of the runtime's. */
function withoutClash<View>({ api, imports, prefix }: NativeContext, view: View): Result<ClientModule<View>> {
  const clash = SUFFIXES.map((suffix) => prefix + suffix).find(
    (name) => imports.names.has(name) || BARREL_NAMES.has(name),
  );
  if (clash === undefined) return success({ view, imports: imports.list() });
  const message = `a provider named ${JSON.stringify(api.provider.id)} would declare ${clash}, which the runtime has`;
  return failure(error('R044', message, 'Give the provider another name in the configuration.'));
}
