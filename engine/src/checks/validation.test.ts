import { expect, test } from '@jest/globals';
import { queue } from '../../../test/fakes/assembly.ts';
import { both, live, type Stacks } from '../../../test/fakes/check-cases.ts';
import { judgeSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import { known } from '../answer.ts';
import type { Violation } from '../world.ts';

const old = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs12.x' } };
const database = (type: string) => ({ Type: type, Properties: { EngineVersion: '18.9' } });
const violation = (rule: string, logicalId: string, property: string): FactsOptions => ({
  violations: known([{ stackId: 'Shop', rule, level: 'error', message: 'is not allowed', logicalId, property } satisfies Violation]),
});
const runtime = violation('E2533', 'Old', 'Properties.Runtime');
const version = violation('E9006', 'Db', 'Properties.EngineVersion');

test.each<[string, Stacks, FactsOptions, readonly string[]]>([
  [
    'a rule that a new resource breaks is an error',
    { Shop: { resources: { Old: old, Queue: queue() } } },
    both(live({ Shop: { resources: { Queue: queue() } } })),
    ['PF170 error'],
  ],
  [
    'a rule that a resource of the live stack breaks, which does not change, is a notice',
    { Shop: { resources: { Old: old, Queue: queue(9) } } },
    live({ Shop: { resources: { Old: old, Queue: queue() } } }),
    ['PF171 notice'],
  ],
  [
    'a rule that a resource breaks which changes is an error',
    { Shop: { resources: { Old: { ...old, Properties: { ...old.Properties, MemorySize: 256 } } } } },
    live({ Shop: { resources: { Old: old } } }),
    ['PF170 error'],
  ],
])('%s', async (_name, stacks, options, told) => {
  const { findings } = await judgeSample(stacks, { ...options, ...runtime });
  expect(findings.map((f) => `${f.code} ${f.severity}`)).toEqual(told);
});

test('a reference that a resource which does not change has lost is an error all the same', async () => {
  const stacks = { Shop: { resources: { Old: old, Queue: queue(9) } } };
  const options = { ...live({ Shop: { resources: { Old: old, Queue: queue() } } }), ...violation('F1020', 'Old', 'Properties.Role') };
  expect((await judgeSample(stacks, options)).findings.map((f) => f.code)).toEqual(['PF170']);
});

test.each<[string, string, FactsOptions, readonly string[]]>([
  ['AWS is not asked, is a warning', 'AWS::RDS::DBInstance', { static: true }, ['PF170 warning']],
  ['AWS is asked itself, is not told', 'AWS::RDS::DBInstance', {}, []],
  ['no check asks AWS, is a warning', 'AWS::ElastiCache::ReplicationGroup', {}, ['PF170 warning']],
])('what a copy of the offers of AWS lacks, where %s', async (_name, type, options, told) => {
  const { findings } = await judgeSample({ Shop: { resources: { Db: database(type) } } }, { ...options, ...version });
  expect(findings.map((f) => `${f.code} ${f.severity}`)).toEqual(told);
});

test('a name that two resources want is told once, in the words that name both', async () => {
  const named = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } };
  const { findings } = await judgeSample(
    { Shop: { resources: { One: named, Two: named } } },
    { static: true, ...violation('E3019', 'Two', 'Properties.TableName') },
  );
  expect(findings.map((f) => f.code)).toEqual(['PF123']);
  const others = await judgeSample(
    { Shop: { resources: { One: queue(), Two: queue() } } },
    { static: true, ...violation('E3019', 'Two', 'Properties.QueueName') },
  );
  expect(others.findings.map((f) => f.code)).toEqual(['PF170']);
});
