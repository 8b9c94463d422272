/** Whether a text is a URL, and no path: `C:` is a drive. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(text);
}

/** A URL that may be fetched: https, or http on this machine, and no credentials in it. */
export function parseUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? url : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** A URL for people: without what may be secret in it. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return (text.split(/[?#]/)[0] ?? '').replace(/\/\/.*@/, '//');
  const url = new URL(text);
  return url.host === '' ? `${url.protocol}…` : `${url.protocol}//${url.host}${url.pathname}`;
}
