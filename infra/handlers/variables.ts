type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Gives the environment variables of these names.
 *
 * @throws Error that lists every one that is missing or empty.
 */
export function readVariables<K extends string>(variables: Variables, names: readonly K[]): Readonly<Record<K, string>> {
  const missing = names.filter((name) => !variables[name]);
  if (missing.length > 0) throw new Error(`Environment variables are missing: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, variables[name]])) as Record<K, string>;
}

/** Gives the words of a variable that lists some; none when it is missing or empty. */
export function readWords(variables: Variables, name: string): readonly string[] {
  return (variables[name] ?? '').split(' ').filter(Boolean);
}
