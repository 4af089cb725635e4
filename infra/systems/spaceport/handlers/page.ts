import { id } from './fields.ts';

/** Which part of a list is asked for. */
export interface Page {
  readonly limit: number;
  readonly after: string | undefined;
}

const version = 'v1:';

/** Renders the cursor of the page after the thing of an id; its form is nobody's business but ours. */
export function toCursor(after: string): string {
  return Buffer.from(`${version}${after}`, 'utf8').toString('base64url');
}

/** Reads `limit` (25 unless given) and `cursor` of a query, or gives everything that is wrong with them. */
export function parsePage(
  query: Readonly<Record<string, string | undefined>>,
): { readonly kind: 'page'; readonly page: Page } | { readonly kind: 'refused'; readonly problems: readonly string[] } {
  const { limit = '25', cursor } = query;
  const decoded = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
  const after = decoded?.startsWith(version) ? decoded.slice(version.length) : undefined;
  const problems = [
    ...(/^([1-9]\d?|100)$/.test(limit) ? [] : ['limit: a whole number from 1 to 100 is allowed']),
    ...(cursor === undefined || id.accepts(after) ? [] : ['cursor: only one that an earlier list gave is allowed']),
  ];
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'page', page: { limit: Number(limit), after } };
}
