import type { HttpRequest } from './http.js';

/** SHA-256, in hex, of a request without its credentials: two requests with one fingerprint are the same. */
export async function fingerprint({ body, headers, method, url }: HttpRequest): Promise<string> {
  const text = JSON.stringify([method, url, headers, body ?? null]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
