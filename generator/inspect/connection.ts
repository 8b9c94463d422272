import type { AuthScheme, CredentialPart, NativeApi } from '../ir.js';
import type { InspectedScheme, Inspection } from './inspection.js';

/** Where requests go, and what authenticates them. */
export function inspectConnection({
  auth,
  servers,
  settings,
}: NativeApi): Pick<Inspection, 'auth' | 'servers' | 'settings'> {
  return {
    auth: auth.map((schemes) => schemes.map(inspectScheme)),
    servers: servers.kind === 'named' ? servers.servers : [],
    settings: settings.map(({ header, name, scope }) => ({ name, header, scope })),
  };
}

function inspectScheme(scheme: AuthScheme): InspectedScheme {
  const isBasic = scheme.kind === 'basic';
  const parts = isBasic ? [scheme.username, scheme.password] : [scheme.value];
  return {
    scheme: scheme.scheme,
    kind: scheme.kind,
    name: isBasic ? null : scheme.name,
    prefix: scheme.kind === 'header' ? scheme.prefix : null,
    credentials: parts.flatMap(nameOfPart),
  };
}

/** What is fixed is not the caller's, and may be a secret. */
function nameOfPart(part: CredentialPart): string[] {
  return 'credential' in part ? [part.credential] : [];
}
