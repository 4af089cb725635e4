import type { EventQuery, Level, MonitoringEvent } from '../events.ts';

/** What was read of a request, or everything that is wrong with it. */
export type Read<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'refused'; readonly problems: readonly string[] };

const levels: readonly string[] = ['info', 'warning', 'error'] satisfies readonly Level[];
const word = /^[\w.:/#-]{1,200}$/;
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z(#[\w-]{1,100})?$/;
/** What a function writes of its own accord; nobody else may write in its name. */
const reserved = /^(log|health|analysis)#/;

const isText = (value: unknown, max: number): value is string => typeof value === 'string' && value.length > 0 && value.length <= max;
const matches = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);

/** Reads which events a caller asks for: of one source or of one kind. */
export function readQuery(query: Readonly<Record<string, string | undefined>>): Read<EventQuery> {
  const { source, kind, limit = '50', before } = query;
  const value = source ?? kind ?? '';
  const problems = [
    ...((source === undefined) === (kind === undefined) ? ['source or kind must be given, and not both'] : []),
    ...(value && !word.test(value) ? ['source and kind: 1 to 200 letters, digits and _ . : / # - are allowed'] : []),
    ...(/^([1-9]\d?|100)$/.test(limit) ? [] : ['limit: a whole number from 1 to 100 is allowed']),
    ...(before === undefined || time.test(before) ? [] : ['before: a time such as 2026-01-31T00:00:00Z is allowed']),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };
  const by = source === undefined ? 'kind' : 'source';
  return { kind: 'read', value: { by, value, limit: Number(limit), ...(before ? { before } : {}) } };
}

/** Reads an event that a caller brings; without a time it is of now, and `id` keeps two of one moment apart. */
export function readEvent(body: unknown, now: Date, id: string): Read<MonitoringEvent> {
  const given = toFields(body);
  if (!given)
    return { kind: 'refused', problems: ['the body must be an object with source, kind, level, message, and perhaps at and details'] };
  const { source, kind, level, message, at = `${now.toISOString()}#${id}`, details, ...rest } = given;
  const problems = [
    ...(matches(source, word) && !matches(source, reserved)
      ? []
      : ['source: 1 to 200 letters, digits and _ . : / # - are allowed, but log#, health# and analysis# not at the start']),
    ...(matches(kind, word) ? [] : ['kind: 1 to 200 letters, digits and _ . : / # - are allowed']),
    ...(typeof level === 'string' && levels.includes(level) ? [] : [`level: one of ${levels.join(', ')} is allowed`]),
    ...(isText(message, 2000) ? [] : ['message: 1 to 2000 characters are allowed']),
    ...(matches(at, time) ? [] : ['at: a time such as 2026-01-31T00:00:00Z, or nothing, is allowed']),
    ...(details === undefined || (toFields(details) && JSON.stringify(details).length <= 20_000)
      ? []
      : ['details: an object of up to 20000 characters, or nothing, is allowed']),
    ...Object.keys(rest).map((name) => `${name}: there is no such field`),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'read', value: { source, kind, level, message, at, ...(details ? { details } : {}) } as MonitoringEvent };
}

/** Reads lines of a log that a caller wants to have explained. */
export function readAnalysis(body: unknown): Read<{ readonly source: string; readonly lines: readonly string[] }> {
  const { source, lines, ...rest } = toFields(body) ?? {};
  const good = Array.isArray(lines) && lines.length > 0 && lines.length <= 50 && lines.every((line) => isText(line, 2000));
  const problems = [
    ...(matches(source, word) ? [] : ['source: 1 to 200 letters, digits and _ . : / # - are allowed']),
    ...(good ? [] : ['lines: 1 to 50 texts of up to 2000 characters are allowed']),
    ...Object.keys(rest).map((name) => `${name}: there is no such field`),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'read', value: { source: source as string, lines: lines as string[] } };
}

const toFields = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
