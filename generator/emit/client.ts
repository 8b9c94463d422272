import { type Conventions, DEFAULT_CONVENTIONS } from '../conventions.js';
import type { NativeApi, RefundApi } from '../ir.js';
import { toIdentifier } from '../names.js';
import { failure, type Result, success } from '../problem.js';
import { docComment, plainText } from './comment.js';
import { evidence } from './evidence.js';
import type { ModuleSource } from './module.js';
import { render } from './render.js';
import { runtimeVersion } from './runtime.js';
import { operationType } from './type-text.js';
import { type ClientView, type NativeClientView, viewClient, viewNativeClient } from './view.js';

/** The module of a provider's client. */
export function emitClient(api: RefundApi, conventions: Conventions = DEFAULT_CONVENTIONS): Result<ModuleSource> {
  const made = viewClient(api, runtimeOf(conventions));
  if (!made.ok) return failure(...made.problems);
  const { imports, view } = made.value;
  const { id, title, version } = api.provider;
  const body = render('client.hbs', templateView(api, view));
  return success({ path: `${id}/client.ts`, from: plainText(`${title} ${version}`), imports, reexports: [], body });
}

/** The module of a client that has the operations of the spec, and nothing else. */
export function emitNativeClient(api: NativeApi, conventions: Conventions = DEFAULT_CONVENTIONS): Result<ModuleSource> {
  const made = viewNativeClient(api, runtimeOf(conventions));
  if (!made.ok) return failure(...made.problems);
  const { imports, view } = made.value;
  const { id, title, version } = api.provider;
  const body = render('native-client.hbs', { ...view, native: withAliases(api, view) });
  return success({ path: `${id}/client.ts`, from: plainText(`${title} ${version}`), imports, reexports: [], body });
}

/** A copy is of the same version as the client that it came with. */
function runtimeOf({ runtime }: Conventions): string | null {
  return runtime === 'package' ? runtimeVersion() : null;
}

function withAliases(api: NativeApi, { native }: NativeClientView) {
  return native.map((item, index) => {
    const operation = api.operations[index];
    return { ...item, aliasType: operation === undefined ? '' : operationType(operation) };
  });
}

/** The view, with the few texts that are made of several of its parts. */
function templateView(api: RefundApi, view: ClientView) {
  const { safety } = view;
  return {
    ...view,
    constant: toIdentifier(api.provider.id, 'camel'),
    createName: api.create.operation,
    native: withAliases(api, view),
    refundDoc: `${docComment(refundDoc(api, safety), 2)}\n`,
    reconcileDoc: `${docComment([reconcileDoc(api), evidence(api.reconciliation)], 2)}\n`,
  };
}

function refundDoc(api: RefundApi, safety: ClientView['safety']): string[] {
  const nothing =
    api.reconciliation.value.kind === 'none' && !safety.replay
      ? [
          `After an \`unknown\` outcome there is nothing to look at here: a person has to ask ${plainText(api.provider.name)}.`,
        ]
      : [];
  return [
    'Refunds a payment, once for one `refundRef`. Never throws for what the provider or the network does.',
    safety.idempotencyDoc,
    ...nothing,
  ];
}

function reconcileDoc(api: RefundApi): string {
  const { value } = api.reconciliation;
  if (value.kind === 'refund') {
    return 'Looks whether a refund that you have learned of (from an event, the dashboard) is the one of an unknown attempt.';
  }
  const absence =
    value.kind === 'payment' && value.failureAnswer === null
      ? ' It can show that the attempt happened, never that it did not.'
      : '';
  return `Looks at the payment for what became of an unknown attempt.${absence}`;
}
