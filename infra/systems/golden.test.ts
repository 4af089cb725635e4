import { readFile, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systems } from '../systems.ts';
import { goldenPath } from './golden-path.ts';
import { toInventory } from './inventory.ts';
import { synthesizeSample } from './sample.ts';

const cases = systems.flatMap((system) =>
  Object.keys(system.environments).map((environment) => [system.name, environment, system] as const),
);

test.each(cases)('%s in %s has the resources that were reviewed (golden.ts rewrites them)', async (name, environment, system) => {
  const { templates } = await synthesizeSample(system, environment);
  expect(Object.keys(templates).sort()).toEqual([...system.stackNames(environment)].sort());
  for (const [stack, template] of Object.entries(templates))
    expect(toInventory(template)).toBe(await readFile(goldenPath(name, stack), 'utf8'));
});

test.each(systems.map((system) => [system.name, system] as const))('%s has no inventory of a stack that is gone', async (name, system) => {
  const stacks = Object.keys(system.environments).flatMap((environment) => system.stackNames(environment));
  expect((await readdir(dirname(goldenPath(name, '')))).sort()).toEqual(stacks.map((stack) => `${stack}.txt`).sort());
});

test('an inventory has one sorted line per resource, with its name only when it is literal', () => {
  const inventory = toInventory({
    Resources: {
      B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'uploads' }, DeletionPolicy: 'Retain' },
      A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } },
      C: { Type: 'AWS::Made::Up' },
    },
  });
  expect(inventory).toBe('A  AWS::S3::Bucket  -  -\nB  AWS::S3::Bucket  uploads  Retain\nC  AWS::Made::Up  -  -\n');
});
