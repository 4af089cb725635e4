import { isNode, LineCounter, parseDocument, type Document, type YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { finding, type Finding, type Place } from '../finding.ts';
import { configSchema, type Config } from './schema.ts';

type Path = readonly PropertyKey[];

/** Gives where a value stands in the config file; the nearest one around it when it does not stand there. */
export type Where = (path: readonly PropertyKey[]) => Place;

/** A config file that was read: the config when it has no problem, and where its values stand. */
export interface ParsedConfig {
  readonly config?: Config;
  readonly problems: readonly Finding[];
  readonly where: Where;
}

/**
 * Gives the config in a YAML text, or every problem of it with line and value.
 *
 * `file` is the name shown. An alias without an anchor is an error of YAML.
 */
export function parseConfig(text: string, file: string): ParsedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined): Place => {
    if (offset === undefined) return { file };
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const where: Where = (path) => at(toOffset(document, path));
  if (document.errors.length) {
    return { where, problems: document.errors.map((e) => finding('RT021', `${toSaid(e)} (${toShown(text, at(e.pos[0]))})`, at(e.pos[0]))) };
  }
  const { raw, problem } = toValue(document);
  if (problem !== undefined) return { where, problems: [finding('RT021', problem, { file })] };
  const parsed = configSchema.safeParse(raw);
  const problems = parsed.success
    ? judgeTogether(parsed.data).map(({ path, message }) => ({ path, message }))
    : parsed.error.issues.flatMap((issue) => toProblems(issue, raw));
  if (problems.length === 0 && parsed.success) return { config: parsed.data, where, problems: [] };
  return { where, problems: problems.map(({ path, message }) => finding('RT022', message, where(path))) };
}

/** Gives the value of a document; aliases are only looked up here, and one without an anchor, or too many of them, is a problem. */
function toValue(document: Document): { readonly raw: unknown; readonly problem?: string } {
  try {
    return { raw: document.toJS() ?? {} };
  } catch (thrown) {
    return { raw: undefined, problem: (thrown as Error).message };
  }
}

const toSaid = ({ code, message }: YAMLParseError): string =>
  code === 'MULTIPLE_DOCS' ? 'A second document begins here; only one is allowed' : message;

/** Gives what no single value shows: names that must fit one another. */
function judgeTogether(config: Config): { path: Path; message: string }[] {
  const problems: { path: Path; message: string }[] = [];
  const sources = (['system', 'app', 'cdk-out'] as const).filter((key) => config[key]);
  if (sources.length > 1)
    problems.push({ path: [sources[1] ?? ''], message: `${sources.join(' and ')} are given, of which at most one is allowed.` });
  const legacy = Object.entries(config.environments)
    .filter(([, e]) => e['legacy-names'])
    .map(([name]) => name);
  for (const name of legacy.slice(1)) {
    problems.push({
      path: ['environments', name, 'legacy-names'],
      message: `\`legacy-names\` is true for ${legacy.join(' and ')}; only one environment may use the fallback names.`,
    });
  }
  for (const [name, { bootstrap: { trust = [], 'execution-policies': policies } = {} }] of Object.entries(config.environments)) {
    if (trust.length && !policies)
      problems.push({
        path: ['environments', name, 'bootstrap', 'trust'],
        message: `\`trust\` of ${name} needs \`execution-policies\`: what the accounts that it names may do here has to be said.`,
      });
  }
  for (const [name, e] of Object.entries(config.environments)) {
    if (e['monitoring-minutes'] !== undefined && !e['rollback-alarms']?.length)
      problems.push({
        path: ['environments', name, 'monitoring-minutes'],
        message: `\`monitoring-minutes\` of ${name} watches nothing: it needs \`rollback-alarms\`.`,
      });
  }
  for (const [name, { verify = [] }] of Object.entries(config.environments)) {
    const twice = verify.findIndex((v, i) => verify.findIndex((other) => other.name === v.name) < i);
    if (twice >= 0)
      problems.push({
        path: ['environments', name, 'verify', twice, 'name'],
        message: `Two verifications of ${name} are called \`${verify[twice]?.name}\`.`,
      });
  }
  const names = Object.keys(config.environments);
  for (const [id, promotion] of Object.entries(config.promotions)) {
    for (const [key, name] of [['from', promotion.from], ...promotion.to.map((t) => ['to', t])] as [string, string][]) {
      if (!names.includes(name))
        problems.push({
          path: ['promotions', id, key],
          message: `\`${key}: ${name}\` is no environment of this file; it has ${names.join(', ') || 'none'}.`,
        });
    }
  }
  return problems;
}

function toProblems(issue: z.core.$ZodIssue, raw: unknown): { path: Path; message: string }[] {
  const name = issue.path.map(String).join('.') || 'the file';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: `\`${key}\` is no key of ${name}.` }));
  }
  if (issue.code === 'invalid_key')
    return [{ path: issue.path, message: `\`${name}\`: ${issue.issues.map((i) => i.message).join('; ')}.` }];
  const value = issue.path.reduce<unknown>((v, key) => (v as Record<PropertyKey, unknown> | undefined)?.[key], raw);
  return [{ path: issue.path, message: `\`${name}\` is ${value === undefined ? 'missing' : JSON.stringify(value)}: ${issue.message}.` }];
}

/** Gives where the node of a path begins; of the nearest one around it when it is not there. */
function toOffset(document: Document, path: Path): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return keyOffset(document, path.slice(0, length)) ?? node.range[0];
  }
  return undefined;
}

function keyOffset(document: Document, path: Path): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const items = (parent as { items?: unknown[] } | undefined)?.items ?? [];
  const pair = items.find((i) => (i as { key?: { value?: unknown } }).key?.value === path.at(-1)) as
    | { key?: { range?: number[] } }
    | undefined;
  return pair?.key?.range?.[0];
}

const toShown = (text: string, place: Place): string =>
  `line ${place.line}: ${JSON.stringify((text.split('\n')[(place.line ?? 1) - 1] ?? '').trim())}`;
