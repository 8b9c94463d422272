import { toIdentifier } from '../names.js';
import { Imports } from './imports.js';
import { propertyName } from './literal.js';
import type { ModuleSource, Reexport } from './module.js';
import { render } from './render.js';

const FROM = 'the clients beside it';

/** The module with the types that are generic over providers. */
export function emitProviders(ids: readonly string[]): ModuleSource {
  const imports = new Imports();
  imports.type('./runtime/journal.js', 'RefundAttempt');
  const providers = ids.map((id) => {
    const prefix = toIdentifier(id, 'pascal');
    const names = ['Call', 'Client', 'Outcome', 'Refund', 'RefundRequest'] as const;
    imports.type(`./${id}/client.js`, `${prefix}Call`, ...names.map((name) => prefix + name));
    return { key: propertyName(id), prefix };
  });
  const body = render('providers.hbs', { providers });
  return { path: 'providers.ts', from: FROM, imports: imports.list(), reexports: [], body };
}

/** What callers need of the runtime. */
const RUNTIME: readonly Reexport[] = [
  { module: './runtime/auth.js', names: [], typeNames: ['Credential'] },
  {
    module: './runtime/connection.js',
    names: [],
    typeNames: ['AnswerEvent', 'CallOptions', 'ClientConfig', 'Hooks', 'RequestEvent'],
  },
  {
    module: './runtime/errors.js',
    names: ['InvalidInputError', 'NoAnswerError', 'RefundConfigError'],
    typeNames: [
      'FieldError',
      'NextStep',
      'ReadError',
      'RefundError',
      'RefusedError',
      'RefusedKind',
      'UnknownError',
      'UnknownKind',
    ],
  },
  { module: './runtime/iso4217.js', names: ['ISO_4217', 'isCurrency'], typeNames: ['Currency'] },
  {
    module: './runtime/journal.js',
    names: ['memoryJournal'],
    typeNames: [
      'JournalEntry',
      'JournalState',
      'PaymentBefore',
      'RecordedAnswer',
      'RecordedMoney',
      'RefundAttempt',
      'RefundJournal',
    ],
  },
  {
    module: './runtime/money.js',
    names: ['formatMoney', 'full', 'money', 'parseMoney', 'partial'],
    typeNames: ['FullRefund', 'Money', 'PartialRefund'],
  },
  {
    module: './runtime/outcome.js',
    names: [],
    typeNames: ['Accepted', 'Outcome', 'RefundStatus', 'Refused', 'Unknown'],
  },
  {
    module: './runtime/reconcile.js',
    names: [],
    typeNames: ['DidNotHappen', 'Happened', 'PaymentEvidence', 'StillUnknown'],
  },
];

/** Names that every barrel exports, whatever the providers. */
export const BARREL_NAMES: ReadonlySet<string> = new Set([
  ...['ProviderId', 'Providers', 'RefundCall', 'RefundClient', 'RefundOutcome', 'RefundRequest'],
  ...RUNTIME.flatMap(({ names, typeNames }) => [...names, ...typeNames]),
]);

/** The one module that callers import. */
export function emitBarrel(ids: readonly string[]): ModuleSource {
  const clients = ids.map((id) => ({ module: `./${id}/client.js`, names: [], typeNames: [] }));
  const providers = { module: './providers.js', names: [], typeNames: [] };
  return { path: 'index.ts', from: FROM, imports: [], reexports: [...clients, providers, ...RUNTIME], body: '' };
}
