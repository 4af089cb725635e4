import { expect, test } from '@jest/globals';
import type { Plan } from '../plan/plan.ts';
import { toLabels, withLabels } from './labels.ts';

const at = (name: string, region: string) => ({ name, region });

test('stacks are called by their names, and by their regions too where several of one name stand beside each other', () => {
  const stacks = [at('Shop', 'us-west-2'), at('Shop', 'us-east-1'), at('Web', 'us-east-1')];
  expect(toLabels(stacks, 'us-west-2')).toEqual(['Shop', 'Shop@us-east-1', 'Web']);
  expect(toLabels(stacks, 'eu-west-1')).toEqual(['Shop@us-west-2', 'Shop@us-east-1', 'Web']);
  expect(toLabels(stacks, undefined)).toEqual(['Shop@us-west-2', 'Shop@us-east-1', 'Web']);
});

test('a report has them for its results and its plan, and nothing comes before itself', () => {
  const planned = [
    { ...at('Shop', 'us-east-1'), after: [] },
    { ...at('Shop', 'us-west-2'), after: ['Shop'] },
    { ...at('Web', 'us-west-2'), after: ['Shop'] },
  ];
  const results = planned.map(
    ({ name, region }) => ({ name, region, outcome: { kind: 'unchanged' }, startSeconds: 0, seconds: 0, outputs: {} }) as const,
  );
  const made = withLabels({ region: 'us-west-2', stacks: results, plan: { stacks: planned } as unknown as Plan });
  expect(made.stacks.map((s) => s.name)).toEqual(['Shop@us-east-1', 'Shop', 'Web']);
  expect(made.plan?.stacks.map((s) => [s.name, ...s.after])).toEqual([
    ['Shop@us-east-1'],
    ['Shop', 'Shop@us-east-1'],
    ['Web', 'Shop@us-east-1', 'Shop'],
  ]);
  expect(withLabels(made)).toEqual(made);
});
