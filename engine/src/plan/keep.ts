import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { toCanonicalJson } from '../canonical.ts';
import type { ReviewedPlan } from './compare.ts';
import { toNodes, toRootDigest, toStackDigest } from './plan-tree.ts';
import type { Plan } from './plan.ts';
import { planSchema } from './schema.ts';

/** How much of a plan is kept: all of it, digests of everything that changes, or digests of stacks. */
export type KeptForm = 'plan' | 'resources' | 'stacks';

/** A plan that was kept where it was reviewed. */
export interface KeptPlan extends ReviewedPlan {
  readonly environment: string;
  /** The commit that was looked at, and how far. */
  readonly commit: string;
  readonly depth: 'static' | 'read' | 'change-set';
  readonly digest: string;
}

const text = z.string();
const texts = z.record(text, text);
const coarse = { id: text, name: text, action: z.enum(['create', 'update', 'unchanged', 'delete']), digest: text, target: text };
const part = z.strictObject({ parameters: text, tags: text, settings: text, assets: text, decisions: text, alarms: text.optional() });
const fine = { ...coarse, after: z.array(text).readonly(), parts: part, leaves: texts };

const keptSchema = z.strictObject({
  environment: text,
  commit: text,
  depth: z.enum(['static', 'read', 'change-set']),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  plan: planSchema.optional(),
  nodes: z.array(z.union([z.strictObject(fine), z.strictObject(coarse)])).optional(),
});

const start = '<!-- spaceport-plan-1 ';
const end = ' -->';

/** What a kept plan may come to when it is read: far more than an assembly has, far less than a runner's memory. */
const longestBytes = 64 * 1024 * 1024;

/**
 * Gives a plan as a comment of HTML that readers do not see, of at most so many characters: as much of it as fits.
 *
 * Undefined when not even the digests of its stacks fit.
 */
export function keepPlan(
  plan: Plan,
  { commit, depth, digest }: Pick<KeptPlan, 'commit' | 'depth' | 'digest'>,
  limit: number,
): { readonly form: KeptForm; readonly text: string } | undefined {
  const nodes = toNodes(plan).flatMap(({ touched, ...node }) => (touched ? [node] : []));
  const head = { environment: plan.environment, commit, depth, digest };
  const forms: readonly (readonly [KeptForm, object])[] = [
    ['plan', { ...head, plan }],
    ['resources', { ...head, nodes }],
    ['stacks', { ...head, nodes: nodes.map(({ id, name, action, digest: own, target }) => ({ id, name, action, digest: own, target })) }],
  ];
  for (const [form, content] of forms) {
    const line = `${start}${compress(toCanonicalJson(content))}${end}`;
    if (line.length <= limit) return { form, text: line };
  }
  return undefined;
}

/**
 * Gives the plan that a comment keeps; undefined when it keeps none, `broken` when what it keeps is not what its digest says.
 *
 * The digest is of all that is kept, so that nobody can change a part of it alone.
 */
export function readKeptPlan(body: string): KeptPlan | 'broken' | undefined {
  const line = body.split('\n').findLast((l) => l.startsWith(start) && l.endsWith(end));
  if (line === undefined) return undefined;
  const parsed = keptSchema.safeParse(parse(line.slice(start.length, -end.length)));
  if (!parsed.success) return 'broken';
  const { plan, environment, digest, commit, depth } = parsed.data;
  const nodes = plan ? toNodes(plan).filter((n) => n.touched) : (parsed.data.nodes ?? []);
  const isWhole = nodes.every((n) => !('leaves' in n) || toStackDigest(n) === n.digest) && toRootDigest(environment, nodes) === digest;
  if (!isWhole || (plan && plan.environment !== environment)) return 'broken';
  return { environment, commit, depth, digest, nodes, ...(plan ? { plan } : {}) };
}

const compress = (json: string): string =>
  brotliCompressSync(json, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: json.length },
  }).toString('base64');

function parse(base64: string): unknown {
  try {
    return JSON.parse(brotliDecompressSync(Buffer.from(base64, 'base64'), { maxOutputLength: longestBytes }).toString('utf8'));
  } catch {
    return undefined; // the schema refuses it
  }
}
