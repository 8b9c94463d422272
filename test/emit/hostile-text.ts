import fc from 'fast-check';

/** What text of a spec could try, to be more than text. */
export const PAYLOADS: readonly string[] = [
  '*/ globalThis.pwned = 1; /*',
  "'; globalThis.pwned = 1; '",
  '"; globalThis.pwned = 1; "',
  '`\u0024{globalThis.pwned = 1}`',
  '\\',
  "\\'; globalThis.pwned = 1; //",
  'one\nglobalThis.pwned = 1;\r\nthree',
  'one\u2028globalThis.pwned = 1;\u2029three',
  '\u202e;1 = denwp.sihTlabolg\u202c\u2066\u200b\u00ad\ufeff',
  '\u0000\u0007\u001b[31m\u007f\u0085',
  '__proto__',
  'constructor',
  '../../evil',
  '{{#each this}}{{/each}}',
  '{{constructor}}{{{this}}}{{> evil}}',
  "$& $1 $` $'",
  '</script><script>globalThis.pwned = 1</script>',
  '*\u200b/ globalThis.pwned = 1; /\u200b*',
  '// @ts-nocheck',
  '@see {@link https://evil.example} @deprecated',
  'long '.repeat(500),
];

/** A few of them, one for each way to go wrong: for places where nearly all are refused. */
export const FEW_PAYLOADS: readonly string[] = PAYLOADS.filter((payload) =>
  /^(\*\/|'; |`|one\n|\u202e|__proto__|constructor|\.\.|\$&)/.test(payload),
);

/** Any text at all, and texts that are made of what is dangerous. */
export function anyText(): fc.Arbitrary<string> {
  const pieces = [
    '*/',
    '/*',
    '//',
    '*',
    '/',
    '\\',
    "'",
    '"',
    '`',
    '\u0024{',
    '}',
    '{',
    '@',
    '\n',
    '\r',
    '\u2028',
    '\u2029',
  ];
  const more = ['\u202e', '\u200b', '\ud83d', '\ude00', '😀', '\u0000', ' ', 'a', '{{', '}}', '$&', '__proto__', '…'];
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 40 }).map((parts) => parts.join('')),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
    fc.constantFrom(...PAYLOADS),
  );
}
