import type { Draft } from '../normalize/draft.js';
import { addAnswers } from './contract-answers.js';
import { addErrors } from './contract-errors.js';
import { addNative } from './contract-native.js';
import { addRequest } from './contract-request.js';
import { type ContractFact, Facts } from './facts.js';

export type { ContractFact } from './facts.js';

/** What a client's refunds rest on: all that decides what is sent, what an answer means, and what callers write. */
export interface Contract {
  /** Title and version of the spec, for people. No fact: that they change decides nothing. */
  readonly spec: string;
  /** In an order that does not depend on how the documents are written. */
  readonly facts: readonly ContractFact[];
}

/** What a client has: refunds, or only the operations of the spec. */
export type ContractKind = 'refunds' | 'native only';

/** The contract of a provider, also where questions are open: those facts are `not known`. */
export function contractOf(draft: Draft, kind: ContractKind = 'refunds'): Contract {
  const { operations, provider } = draft.native;
  const create = operations.find(({ name }) => name === draft.operation) ?? operations[0];
  const place = create?.evidence ?? { file: '', pointer: '' };
  const facts = new Facts(place);
  facts.add('client', kind);
  if (kind === 'refunds') {
    addRequest(facts, draft);
    addAnswers(facts, draft);
    addErrors(facts, draft);
  }
  addNative(facts, draft, kind);
  return { spec: [provider.title, provider.version].filter((text) => text !== '').join(' '), facts: facts.list };
}
