import leven from 'leven';
import { finding, type Finding } from './finding.ts';

/**
 * One input of an action.
 *
 * `text` is one value, `choice` one of `values`, `lines` a list (one a line, or separated by commas), `pairs` key=value
 * lines, `integer` a whole number from `min` on, `flag` true or false, `secret` a text that is masked in every log.
 */
export interface InputSpec {
  readonly kind: 'text' | 'choice' | 'lines' | 'pairs' | 'integer' | 'flag' | 'secret';
  readonly description: string;
  readonly values?: readonly string[];
  readonly min?: number;
  readonly default?: string;
  readonly required?: true;
}

/** One action as its users see it: types, parsing, action.yml and README tables all come from this. */
export interface ActionTable {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** Groups of inputs of which at most one may be given. */
  readonly exclusive: readonly (readonly string[])[];
  readonly outputs: Readonly<Record<string, string>>;
}

type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;

type Value<S extends InputSpec> = S['kind'] extends 'lines'
  ? readonly string[]
  : S['kind'] extends 'pairs'
    ? Readonly<Record<string, string>>
    : S['kind'] extends 'flag'
      ? boolean
      : S['kind'] extends 'integer'
        ? S extends { default: string }
          ? number
          : number | undefined
        : S extends { kind: 'choice'; values: readonly (infer V)[] }
          ? S extends { default: string }
            ? V
            : V | undefined
          : S extends { default: string } | { required: true }
            ? string
            : string | undefined;

/** The typed values of a table's inputs; `cdk-out` becomes `cdkOut`. */
export type Inputs<T extends ActionTable> = { readonly [K in keyof T['inputs'] & string as Camel<K>]: Value<T['inputs'][K]> };

/** Gives `cdkOut` for `cdk-out`. */
export const toCamel = (name: string): string => name.replace(/-(.)/g, (_, c: string) => c.toUpperCase());

/**
 * Gives the typed values of a table's inputs, or every problem there is.
 *
 * `given` maps the names of inputs to the raw text; an empty text counts as not given, as the runner does it. A name that is nearly
 * that of an input is a mistake; any other one may be a variable of the job that only looks like an input.
 */
export function parseInputs<const T extends ActionTable>(
  table: T,
  given: Readonly<Record<string, string>>,
): { readonly values: Inputs<T>; readonly problems: readonly Finding[] } {
  const problems: Finding[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(table.inputs)) {
    const raw = given[name]?.trim() || toDefault(spec);
    if (raw === '' && spec.required) problems.push(finding('RT012', `\`${name}\` is required: ${spec.description}`));
    const parsed = parseValue(spec, raw);
    if (parsed.problem) problems.push(finding('RT010', `\`${name}\` is ${shown(spec, raw)}: ${parsed.problem}.`));
    values[toCamel(name)] = parsed.value;
  }
  for (const group of table.exclusive) {
    const both = group.filter((name) => given[name]?.trim());
    const named = (name: string) => `\`${name}\`${table.inputs[name]?.kind === 'secret' ? '' : ` (${given[name]?.trim()})`}`;
    if (both.length > 1) problems.push(finding('RT011', `${both.map(named).join(' and ')} are given, of which at most one is allowed.`));
  }
  for (const name of Object.keys(given).filter((n) => given[n] && !Object.hasOwn(table.inputs, n))) {
    const meant = Object.keys(table.inputs).find((known) => leven(name.replaceAll('_', '-'), known) <= toNearness(known));
    if (meant) problems.push(finding('RT013', `\`${name}\` is no input of ${table.name}; \`${meant}\` is.`));
  }
  return { values: values as Inputs<T>, problems };
}

/** How many letters a mistyped name may be away from the right one: none for short names, which other names are near to by chance. */
const toNearness = (name: string): number => Math.min(2, Math.floor(name.length / 4));

/** A default that is an expression is the runner's to evaluate: where there is no runner, nothing was given. */
const toDefault = ({ default: text = '' }: InputSpec): string => (text.startsWith('${{') ? '' : text);

/** Values of parameters may be secret: what is wrong with pairs is told without them. */
const shown = (spec: InputSpec, raw: string): string =>
  spec.kind === 'secret' || spec.kind === 'pairs' ? 'not usable' : JSON.stringify(raw);

function parseValue(spec: InputSpec, raw: string): { value: unknown; problem?: string } {
  switch (spec.kind) {
    case 'text':
    case 'secret':
      return { value: raw || undefined };
    case 'choice':
      return raw === '' || spec.values?.includes(raw)
        ? { value: raw || undefined }
        : { value: undefined, problem: `allowed are ${spec.values?.join(', ')}` };
    case 'lines':
      return {
        value: raw
          .split(/[\n,]/)
          .map((l) => l.trim())
          .filter(Boolean),
      };
    case 'pairs':
      return parsePairs(raw);
    case 'integer':
      return parseInteger(spec, raw);
    case 'flag':
      return /^(true|false|)$/i.test(raw) ? { value: /^true$/i.test(raw) } : { value: false, problem: 'allowed are true and false' };
  }
}

function parseInteger(spec: InputSpec, raw: string): { value: unknown; problem?: string } {
  if (raw === '') return { value: undefined };
  const min = spec.min ?? 0;
  if (/^\d{1,9}$/.test(raw) && Number(raw) >= min) return { value: Number(raw) };
  return { value: undefined, problem: `allowed is a whole number from ${min} on` };
}

function parsePairs(raw: string): { value: unknown; problem?: string } {
  const pairs = new Map<string, string>();
  const bad: string[] = [];
  for (const [i, line] of raw.split('\n').entries()) {
    if (!line.trim()) continue;
    const at = line.indexOf('=');
    const key = line.slice(0, at).trim();
    if (at < 1) bad.push(`line ${i + 1} is not`);
    else if (pairs.has(key)) bad.push(`the key ${JSON.stringify(key)} is given twice`);
    else pairs.set(key, line.slice(at + 1).trim());
  }
  const value = Object.fromEntries(pairs);
  return bad.length ? { value, problem: `allowed is one key=value a line; ${bad.join('; ')}` } : { value };
}
