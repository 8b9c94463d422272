import type { Analysis } from '../analyse.js';
import { ownObject, ownText } from '../json.js';
import type { SpecDocument } from '../load/spec-document.js';
import { inspectAnswers, NO_ANSWERS } from './answers.js';
import { inspectConnection } from './connection.js';
import type { Inspection } from './inspection.js';
import { inspectOperations, nameOperation } from './operations.js';
import { inspectProblems } from './questions.js';
import { inspectRequest, NO_REQUEST } from './request.js';
import { sitesOf } from './sites.js';

/** An analysis of files that could be read. */
export type ReadAnalysis = Analysis & { readonly document: SpecDocument };

/** Whether there is anything to look at. */
export function isRead(analysis: Analysis): analysis is ReadAnalysis {
  return analysis.document !== undefined;
}

/** All that is understood of refunds in a spec, and all that is not, as data. */
export function inspect(analysis: ReadAnalysis, id: string): Inspection {
  const { api, discovery, document, draft } = analysis;
  const create = draft?.native.operations.find(({ role }) => role === 'create');
  const sites = sitesOf(document, create);
  const looked = draft === undefined || create === undefined ? undefined : { document, draft, create, sites };
  const { answers, capabilities, errors, statuses, statusPlaces } = looked ? inspectAnswers(looked) : NO_ANSWERS;
  const { auth, servers, settings } = draft ? inspectConnection(draft.native) : { auth: [], servers: [], settings: [] };
  const request = looked ? inspectRequest(looked) : NO_REQUEST;
  return {
    provider: providerOf(analysis, id),
    spec: {
      file: sites.nameOf(document.spec),
      digest: document.pin?.sha256 ?? null,
      overlay: document.overlay === undefined ? null : sites.nameOf(document.overlay),
    },
    complete: api !== undefined,
    operations: discovery === undefined ? [] : inspectOperations(document, discovery, sites),
    create: discovery?.create === undefined ? null : nameOperation(document, discovery.create),
    alternatives: discovery?.alternatives.map((found) => nameOperation(document, found)) ?? [],
    amount: request.amount,
    currency: request.currency,
    paymentRef: request.paymentRef,
    reference: request.reference,
    reason: request.reason,
    reasons: request.reasons,
    note: request.note,
    metadata: request.metadata,
    others: request.others,
    fixed: request.fixed,
    answers,
    statuses,
    statusPlaces,
    errors,
    idempotency: request.idempotency,
    capabilities,
    auth,
    servers,
    settings,
    ...inspectProblems(document, analysis, sites),
  };
}

function providerOf({ document, draft }: ReadAnalysis, id: string): Inspection['provider'] {
  if (draft !== undefined) return draft.native.provider;
  const info = ownObject(document.value, 'info');
  const title = ownText(info, 'title') ?? id;
  return { id, name: title, title, version: ownText(info, 'version') ?? '' };
}
