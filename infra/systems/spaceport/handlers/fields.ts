/** What one field of a request may be; `allowed` says it in plain words. */
export interface Field<T> {
  readonly allowed: string;
  /** Tells whether a value, undefined when the field is absent, is allowed. */
  readonly accepts: (value: unknown) => value is T;
}

/** Accepts text that matches a pattern. */
export function text(pattern: RegExp, allowed: string): Field<string> {
  return { allowed, accepts: (value): value is string => typeof value === 'string' && pattern.test(value) };
}

/** Accepts one of some texts. */
export function oneOf(values: readonly string[]): Field<string> {
  return {
    allowed: `one of ${values.join(', ')}`,
    accepts: (value): value is string => typeof value === 'string' && values.includes(value),
  };
}

/** Accepts a whole number within limits. */
export function wholeNumber(min: number, max: number): Field<number> {
  return {
    allowed: `a whole number from ${min} to ${max}`,
    accepts: (value): value is number => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  };
}

/** Accepts what another field accepts, and its absence. */
export function optional<T>({ allowed, accepts }: Field<T>): Field<T | undefined> {
  return { allowed: `${allowed}, or nothing`, accepts: (value): value is T | undefined => value === undefined || accepts(value) };
}

/** Accepts a number within limits, whole or not. */
export function numberBetween(min: number, max: number): Field<number> {
  return {
    allowed: `a number from ${min} to ${max}`,
    accepts: (value): value is number => typeof value === 'number' && value >= min && value <= max,
  };
}

/** The id that a caller gives to a file, a project or a job: a UUID in lowercase. */
export const id = text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lowercase');

/** The name that a file has on its user's machine. */
export const fileName = text(/^[^\p{Cc}\p{Cs}]{1,255}$/u, '1 to 255 characters, none of them a control character');

/** The SHA-256 of a file as S3 takes it. */
export const sha256 = text(/^[A-Za-z0-9+/]{43}=$/, 'a SHA-256 in base64');

type Values<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** Gives the fields of a parsed JSON body with their types, or everything that is wrong with it. */
export function readFields<F extends Readonly<Record<string, Field<unknown>>>>(
  body: unknown,
  fields: F,
): { readonly kind: 'read'; readonly values: Values<F> } | { readonly kind: 'refused'; readonly problems: readonly string[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { kind: 'refused', problems: [`the body must be an object with ${Object.keys(fields).join(', ')}`] };
  const given = new Map(Object.entries(body));
  const problems = [
    ...Object.entries(fields).flatMap(([name, { accepts, allowed }]) =>
      accepts(given.get(name)) ? [] : [`${name}: ${allowed} is allowed`],
    ),
    ...[...given.keys()].filter((name) => !Object.hasOwn(fields, name)).map((name) => `${name}: there is no such field`),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'read', values: Object.fromEntries(Object.keys(fields).map((name) => [name, given.get(name)])) as Values<F> };
}
