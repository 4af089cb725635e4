import { isOpen, Open } from '../assembly/evaluate.ts';
import { toList, toPart, toTexts } from './properties.ts';

/** Gives the statements of a policy document, as an object or as JSON text; none of what is open, and an open one of what is no JSON. */
export function toStatements(document: unknown): readonly unknown[] {
  if (typeof document !== 'string') return toList(toPart(document, 'Statement'));
  try {
    return toList(toPart(JSON.parse(document), 'Statement'));
  } catch {
    return [new Open(document)];
  }
}

/** Gives the principals of one kind (`AWS`, `Service`) that a statement names; the lone asterisk is of every kind. */
export function toPrincipals(statement: unknown, kind: string): readonly unknown[] {
  const principal = toPart(statement, 'Principal');
  return principal === '*' ? ['*'] : toList(toPart(principal, kind));
}

/** Says whether a statement allows, whatever its conditions are. */
export const isAllow = (statement: unknown): boolean => toPart(statement, 'Effect') === 'Allow';

/**
 * Says whether a policy admits a service, named as in `lambda`, in a region; undefined when that is open.
 *
 * Conditions count as met, and what a statement allows is not looked at: a no is certain.
 */
export function admitsService(document: unknown, service: string, region: string): boolean | undefined {
  if (document instanceof Open || document === undefined) return undefined;
  const allowing = toStatements(document).filter((s) => s instanceof Open || isAllow(s) || isOpen(toPart(s, 'Effect')));
  const name = new RegExp(`^${service}\\.(${region}\\.)?amazonaws\\.com(\\.cn)?$`);
  const admits = (s: unknown) =>
    [...toPrincipals(s, 'Service'), ...toPrincipals(s, 'AWS')].some((p) => p === '*' || (typeof p === 'string' && name.test(p)));
  if (allowing.some(admits)) return true;
  return allowing.some((s) => isOpen(s instanceof Open ? s : toPart(s, 'Principal')) || toPart(s, 'NotPrincipal') !== undefined)
    ? undefined
    : false;
}

/** Says whether a policy allows an action on anything at all; undefined when that is open. A no is certain. */
export function allowsAction(document: unknown, action: string): boolean | undefined {
  if (document instanceof Open || document === undefined) return undefined;
  const allowing = toStatements(document).filter((s) => s instanceof Open || isAllow(s));
  if (allowing.some((s) => toTexts(toPart(s, 'Action')).some((pattern) => fits(pattern, action)))) return true;
  return allowing.some((s) => s instanceof Open || isOpen(toPart(s, 'Action')) || toPart(s, 'NotAction') !== undefined) ? undefined : false;
}

const fits = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  ).test(action);
