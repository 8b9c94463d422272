import { DECLARABLE, type Discovered, type Discovery } from '../discover/discover.js';
import { ownText } from '../json.js';
import { resolve, type SpecDocument } from '../load/spec-document.js';
import type { InspectedOperation, NamedOperation } from './inspection.js';
import type { Sites } from './sites.js';

/** Every operation about refunds: those that are used, by role, then the others, the likeliest first. */
export function inspectOperations(document: SpecDocument, discovery: Discovery, sites: Sites): InspectedOperation[] {
  const chosen = DECLARABLE.flatMap((role) => discovery[role] ?? []);
  const known = new Set(chosen.map(({ pointer }) => pointer));
  const others = discovery.all.filter(({ pointer }) => !known.has(pointer));
  return [
    ...chosen.map((found) => inspectOperation(document, withReasons(found, discovery), true, sites)),
    ...others.map((found) => inspectOperation(document, found, false, sites)),
  ];
}

/** What an operation is called. */
export function nameOperation(document: SpecDocument, { method, path, pointer }: Discovered): NamedOperation {
  return { method, path, operationId: ownText(resolve(document, pointer)?.value, 'operationId') ?? null };
}

/** Also of a declared role it is of interest what its words say. */
function withReasons(found: Discovered, { all }: Discovery): Discovered {
  const alike = all.find(({ pointer }) => pointer === found.pointer);
  return found.reasons.length > 0 || alike === undefined ? found : { ...found, reasons: alike.reasons };
}

function inspectOperation(
  document: SpecDocument,
  found: Discovered,
  chosen: boolean,
  sites: Sites,
): InspectedOperation {
  const { basis, pointer, reasons, role } = found;
  return {
    role,
    chosen,
    ...nameOperation(document, found),
    basis,
    summary: ownText(resolve(document, pointer)?.value, 'summary') ?? '',
    at: sites.at(pointer),
    reasons: reasons.map(({ says, weight, pointer: at }) => ({ says, weight, at: sites.at(at) })),
  };
}
