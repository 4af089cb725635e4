import { Open } from '../assembly/evaluate.ts';

/** One text of a value, and the names of the properties that lead to it; places in lists have none. */
export interface FoundText {
  readonly text: string;
  readonly path: readonly string[];
}

/** Gives all texts in a value, those inside of expressions that are open included. */
export function findTexts(value: unknown, path: readonly string[] = []): readonly FoundText[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (value instanceof Open) return findTexts(value.expression, path);
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((v) => findTexts(v, path));
  return Object.entries(value).flatMap(([key, v]) => findTexts(v, [...path, key]));
}
