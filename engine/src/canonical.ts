import { createHash } from 'node:crypto';

/** Gives JSON with keys in order and no space: equal values give equal text. Members that are undefined are left out. */
export function toCanonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  let text = ''; // the hottest place of an unchanged run: every template goes through it more than once
  if (Array.isArray(value)) {
    for (const item of value) text += `${text ? ',' : ''}${toCanonicalJson(item ?? null)}`;
    return `[${text}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members).sort()) {
    if (members[key] !== undefined) text += `${text ? ',' : ''}${JSON.stringify(key)}:${toCanonicalJson(members[key])}`;
  }
  return `{${text}}`;
}

/** Says whether two values are equal as JSON; what is undefined is null. */
export const isEqual = (one: unknown, two: unknown): boolean => toCanonicalJson(one) === toCanonicalJson(two);

/** Gives the SHA-256 of a text, as 64 lower-case hexadecimal digits. */
export const toSha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
