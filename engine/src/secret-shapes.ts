/**
 * What is secret by its own shape: who stands in an address before its host, keys and tokens of AWS, GitHub, Slack and Stripe, JSON Web Tokens, and
 * keys in PEM.
 */
const shapes = [
  /(?<=[a-z][a-z0-9+.-]*:\/\/)(?:[^\s/:@"'<>]*:(?!\d{1,5}\/)[^\s@"'<>]+|[^\s/@"'<>]+)(?=@)/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[oprsu]_\w{16,}/,
  /\bgithub_pat_\w{16,}/,
  /\bxox[a-z]-[\w-]{8,}/,
  /\b[rs]k_(?:live|test)_\w{8,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/,
];

const any = new RegExp(shapes.map((s) => s.source).join('|'));
const every = new RegExp(any, 'g');

/** Says whether a text has something in it that looks like a secret. */
export const hasSecretShape = (text: string): boolean => any.test(text);

/** Gives a text with `***` in the place of what looks like a secret. */
export const withoutShapes = (text: string): string => text.replace(every, '***');
