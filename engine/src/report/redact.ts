/** What stands in the place of a secret, as in the log of a job. */
const mark = '***';

/** A short secret is in many a digest by chance, which then is a digest no more. */
const long = 16;

const isDigest = (text: string): boolean => /^([0-9a-f]{32}|[0-9a-f]{64})$/.test(text);

/** Gives a value without secrets: every text in it, names of members too, however deep. The longest secret goes first. */
export function redact<T>(value: T, secrets: Iterable<string>): T {
  const hidden = [...secrets].filter((s) => s !== '').sort((a, b) => b.length - a.length);
  const clean = (text: string): string =>
    hidden.filter((secret) => secret.length >= long || !isDigest(text)).reduce((t, secret) => t.replaceAll(secret, mark), text);
  const visit = (v: unknown): unknown => {
    if (typeof v === 'string') return clean(v);
    if (Array.isArray(v)) return v.map(visit);
    if (v === null || typeof v !== 'object') return v;
    return Object.fromEntries(Object.entries(v).map(([key, inner]) => [clean(key), visit(inner)]));
  };
  return hidden.length ? (visit(value) as T) : value;
}
