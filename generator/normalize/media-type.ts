/** Whether a media type is JSON (RFC 8259, or a `+json` suffix by RFC 6839). */
export function isJson(mediaType: string): boolean {
  return /^(application|text)\/(json|[\w.+-]+\+json)(\s*;.*)?$/i.test(mediaType);
}

/** RFC 9457. */
export function isProblemJson(mediaType: string): boolean {
  return /^application\/problem\+json(\s*;.*)?$/i.test(mediaType);
}

export function isForm(mediaType: string): boolean {
  return /^application\/x-www-form-urlencoded(\s*;.*)?$/i.test(mediaType);
}
