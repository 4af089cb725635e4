import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { planned } from '../../../test/fakes/reports.ts';
import { toSha256 } from '../canonical.ts';
import { toShortDigest } from './essential.ts';
import { keepPlan, readKeptPlan, type KeptForm } from './keep.ts';
import { toPlanDigest } from './plan-tree.ts';
import type { Plan, ResourceChange } from './plan.ts';

const change = (logicalId: string, after: string): ResourceChange => ({
  logicalId,
  path: `Shop/${logicalId}`,
  type: 'AWS::SQS::Queue',
  action: 'update',
  access: false,
  widens: false,
  properties: [{ path: 'QueueName', before: '--> <script>', after, replaces: 'yes' }],
});
/** A plan of so many stacks, each with so many changes of a text that hardly compresses. */
const planOf = (stacks: number, resources: number): Plan => ({
  schema: 1,
  environment: 'prod',
  decisions: [],
  stacks: Array.from({ length: stacks }, (_, s) => {
    const changes = Array.from({ length: resources }, (_x, r) => change(`Queue${r}`, `${toSha256(`a${s} ${r}`)}${toSha256(`b${s} ${r}`)}`));
    const delta = Object.fromEntries(changes.map((c) => [`Resources/${c.logicalId}`, toShortDigest([s, c.logicalId])]));
    return planned(`Shop${s}`, { action: 'update', resources: changes, delta });
  }),
});
const keep = (plan: Plan, limit: number) => keepPlan(plan, { commit: 'c0de', depth: 'read', digest: toPlanDigest(plan) }, limit);
const read = (text: string | undefined) => {
  const kept = readKeptPlan(text ?? '');
  if (!kept || kept === 'broken') throw new Error('not kept');
  return kept;
};

test('a plan comes back as it was, from among what readers see', () => {
  const plan = planOf(2, 3);
  const earlier = keep(planOf(1, 1), 20_000)?.text; // ours is the last one, whatever stands among the text above
  const body = `<!-- spaceport preflight (prod) -->\n## Plan\n${earlier}\n${keep(plan, 20_000)?.text}\n`;
  expect(readKeptPlan(body)).toMatchObject({ plan, environment: 'prod', commit: 'c0de', depth: 'read', digest: toPlanDigest(plan) });
  expect(keep(plan, 20_000)?.form).toBe('plan');
});

test.each<[string, number, number, number, KeptForm]>([
  ['all of it', 1, 5, 28_000, 'plan'],
  ['digests of all that changes', 2, 150, 28_000, 'resources'],
  ['digests of its stacks', 20, 50, 8_000, 'stacks'],
])('as much of a plan is kept as fits: %s', (_name, stacks, resources, limit, form) => {
  const plan = planOf(stacks, resources);
  const kept = keep(plan, limit);
  expect(kept?.form).toBe(form);
  expect(kept?.text.length).toBeLessThanOrEqual(limit);
  const { nodes, plan: whole } = read(kept?.text);
  expect(nodes).toHaveLength(stacks);
  expect(nodes.every((n) => 'leaves' in n)).toBe(form !== 'stacks');
  expect(whole !== undefined).toBe(form === 'plan');
});

test('where nothing fits nothing is kept', () => expect(keep(planOf(40, 1), 200)).toBeUndefined());

test('what is kept is one comment of HTML that ends nowhere before its end', () => {
  expect(keep(planOf(3, 3), 20_000)?.text).toMatch(/^<!-- spaceport-plan-1 [A-Za-z0-9+/=]+ -->$/);
});

describe('a comment', () => {
  type Content = Record<string, unknown> & { nodes?: Record<string, unknown>[] };
  /** Changes what a comment keeps, as somebody could who may edit it. */
  const forge = (limit: number, spoil: (content: Content) => object): string => {
    const text = keep(planOf(2, 40), limit)?.text ?? '';
    const base64 = /plan-1 (\S+)/.exec(text)?.[1] ?? '';
    const content = JSON.parse(brotliDecompressSync(Buffer.from(base64, 'base64')).toString()) as Content;
    return `<!-- spaceport-plan-1 ${brotliCompressSync(JSON.stringify(spoil(content))).toString('base64')} -->`;
  };
  const whole = 28_000;
  const fine = 6_000;
  const coarse = 1_200;

  test('is one of each form, as these tests spoil them', () => {
    expect([whole, fine, coarse].map((limit) => keep(planOf(2, 40), limit)?.form)).toEqual(['plan', 'resources', 'stacks']);
    expect(readKeptPlan(forge(whole, (c) => c))).toMatchObject({ commit: 'c0de' });
  });

  test.each<[string, string]>([
    ['of no plan', 'Hello'],
    ['that quotes the marker within a line', `> ${keep(planOf(1, 1), 20_000)?.text}`],
  ])('%s keeps none', (_name, body) => expect(readKeptPlan(body)).toBeUndefined());

  test.each<[string, () => string]>([
    ['that is cut', () => `${forge(whole, (c) => c).slice(0, 60)} -->`],
    ['whose plan is another', () => forge(whole, (c) => ({ ...c, plan: planOf(2, 39) }))],
    ['whose digest is another', () => forge(whole, (c) => ({ ...c, digest: 'f'.repeat(64) }))],
    ['whose environment is another', () => forge(whole, (c) => ({ ...c, environment: 'staging' }))],
    ['with a change less', () => forge(fine, (c) => ({ ...c, nodes: c.nodes?.map((n) => ({ ...n, leaves: {} })) }))],
    ['with another action', () => forge(fine, (c) => ({ ...c, nodes: c.nodes?.map((n) => ({ ...n, action: 'create' })) }))],
    ['with a stack less', () => forge(coarse, (c) => ({ ...c, nodes: c.nodes?.slice(1) }))],
    ['with an unknown key', () => forge(coarse, (c) => ({ ...c, more: 1 }))],
    [
      'that would fill the memory',
      () =>
        `<!-- spaceport-plan-1 ${brotliCompressSync(Buffer.alloc(65 * 1024 * 1024), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }).toString('base64')} -->`,
    ],
  ])('%s is broken', (_name, text) => expect(readKeptPlan(text())).toBe('broken'));
});
