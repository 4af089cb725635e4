/** What stands in the place of a secret, as in the log of a job. */
export const mark = '***';

/** A short secret is in many a digest by chance, which then is a digest no more. */
const long = 16;

const isDigest = (text: string): boolean => /^([0-9a-f]{32}|[0-9a-f]{64})$/.test(text);

/**
 * Gives a value without secrets: every text in it, however deep, but no name of a member. The longest secret goes first.
 *
 * It is for what is free text as a whole: of anything else that has a shape, `redactMarked` takes the parts that are.
 */
export function redact<T>(value: T, secrets: Iterable<string>): T {
  const hidden = [...secrets].filter((s) => s !== '').sort((a, b) => b.length - a.length);
  const clean = (text: string): string =>
    hidden.filter((secret) => secret.length >= long || !isDigest(text)).reduce((t, secret) => t.replaceAll(secret, mark), text);
  const visit = (v: unknown): unknown => {
    if (typeof v === 'string') return clean(v);
    if (Array.isArray(v)) return v.map(visit);
    if (v === null || typeof v !== 'object') return v;
    return Object.fromEntries(Object.entries(v).map(([key, inner]) => [key, visit(inner)]));
  };
  return hidden.length ? (visit(value) as T) : value;
}

type KeysOf<T> = T extends unknown ? keyof T : never;
type MemberOf<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? Exclude<T[K], null | undefined> : never) : never;

/**
 * Says of every text in a type whether it is free text or a name: the compiler asks for each that is added.
 *
 * What is one of certain words, such as a verdict, is no text here, and stays. Of what has names that nobody knows, and of lists, it says it once.
 */
export type Marks<T> = unknown extends T
  ? 'free'
  : [T] extends [string]
    ? string extends T
      ? 'free' | 'name'
      : never
    : [T] extends [number | boolean]
      ? never
      : [T] extends [readonly (infer Item)[]]
        ? Marks<Item>
        : string extends KeysOf<T>
          ? Marks<MemberOf<T, string>>
          : WithText<{ readonly [K in KeysOf<T>]: Marks<MemberOf<T, K>> }>;

type WithText<M> = { readonly [K in keyof M as [M[K]] extends [never] ? never : K]: M[K] };

/** Gives a value without secrets in what is marked as free text; all else, names of members too, stays as it is. */
export const redactMarked = <T>(value: T, marks: Marks<T>, secrets: Iterable<string>): T => visitMarked(value, marks, [...secrets]) as T;

function visitMarked(value: unknown, marks: unknown, secrets: readonly string[]): unknown {
  if (marks === 'free') return redact(value, secrets);
  if (marks === undefined || marks === 'name' || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => visitMarked(item, marks, secrets));
  const members = Object.entries(value).map(([key, inner]) => [key, visitMarked(inner, (marks as Record<string, unknown>)[key], secrets)]);
  return Object.fromEntries(members);
}
