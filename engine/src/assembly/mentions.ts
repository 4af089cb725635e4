import { Open } from './evaluate.ts';

/** One reference of an expression to a resource or parameter; for Ref the attribute is an empty text. */
export interface Mention {
  readonly logicalId: string;
  readonly attribute: string;
}

/**
 * Gives every Ref, Fn::GetAtt and Fn::Sub in a value, evaluated or not.
 *
 * Without the branches of an Fn::If that is left: nobody can say which of them counts.
 */
export function toMentions(value: unknown): readonly Mention[] {
  if (value instanceof Open) return toMentions(value.expression);
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(toMentions);
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': text, 'Fn::If': branches } = value as Record<string, unknown>;
  if (typeof ref === 'string') return [{ logicalId: ref, attribute: '' }];
  if (attribute !== undefined) return toAttribute(attribute);
  if (text !== undefined) return toSubstituted(text);
  return branches === undefined ? Object.values(value).flatMap(toMentions) : [];
}

function toAttribute(argument: unknown): readonly Mention[] {
  const [logicalId, ...path] = typeof argument === 'string' ? argument.split('.') : (argument as unknown[]);
  return typeof logicalId === 'string' ? [{ logicalId, attribute: path.join('.') }] : [];
}

function toSubstituted(argument: unknown): readonly Mention[] {
  const [text, variables] = Array.isArray(argument) ? (argument as [unknown, Record<string, unknown>]) : [argument, {}];
  const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name).filter((name) => !(name in variables));
  return [...names.flatMap(toAttribute), ...toMentions(variables)];
}
