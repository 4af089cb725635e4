/**
 * Gives the environment variables of these names.
 *
 * @throws Error that lists every one that is missing or empty.
 */
export function readVariables<K extends string>(
  variables: Readonly<Record<string, string | undefined>>,
  names: readonly K[],
): Readonly<Record<K, string>> {
  const missing = names.filter((name) => !variables[name]);
  if (missing.length > 0) throw new Error(`Environment variables are missing: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, variables[name]])) as Record<K, string>;
}
