import { createHash } from 'node:crypto';

/** Gives JSON with keys in order and no space: equal values give equal text. Members that are undefined are left out. */
export function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((v) => toCanonicalJson(v ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([k, v]) => `${JSON.stringify(k)}:${toCanonicalJson(v)}`).join(',')}}`;
}

/** Gives the SHA-256 of a text, as 64 lower-case hexadecimal digits. */
export const toSha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
