import { createStacks } from '../../emulator/stacks.ts';
import { queue, toAssemblyFiles } from '../fakes/assembly.ts';
import { account, createStage, type Stage } from './stage.ts';

const broken = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['Queue', 'Nothing'] } } } };

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({
    ...toAssemblyFiles('good', { Good: { resources: { Queue: queue() } } }),
    ...toAssemblyFiles('refused', { Refused: { resources: { Queue: queue() } } }),
    ...toAssemblyFiles('broken', { Broken: { resources: broken } }),
  });
});
afterAll(() => stage?.end());

const rehearse = (folder: string) =>
  stage.run('preflight', { 'cdk-out': folder, depth: 'change-set' }, { event: { name: 'push', ref: 'refs/heads/main' } });
const statusOf = (stack: string) => createStacks(stage.emulator, account).status(stack);

test('a change set that CloudFormation takes leaves nothing behind', async () => {
  const { outputs, log } = await rehearse('good');
  expect({ verdict: outputs['verdict'], log }).toMatchObject({ verdict: 'ready' });
  expect(await stage.writes()).toEqual(expect.arrayContaining(['cloudformation:CreateChangeSet', 'cloudformation:DeleteChangeSet']));
  expect(await statusOf('Good')).toBe('DELETE_COMPLETE');
});

test('one that it refuses stops the run with its words, and leaves nothing behind', async () => {
  await stage.emulator.setFaults([
    {
      call: 'cloudformation:CreateChangeSet',
      key: 'Refused',
      code: 'InsufficientCapabilitiesException',
      message: 'Requires capabilities',
      times: -1,
    },
  ]);
  const { outputs, log } = await rehearse('refused');
  await stage.emulator.setFaults([]);
  expect(outputs['verdict']).toBe('blocked');
  expect(log).toMatch(/PF177 .*Refused: .*Requires capabilities/);
  expect(await statusOf('Refused')).toBe('DELETE_COMPLETE');
});

test('nothing is rehearsed where a check has found the error', async () => {
  await stage.emulator.clearCalls();
  const { outputs } = await rehearse('broken');
  expect(outputs['verdict']).toBe('blocked');
  expect(await stage.writes()).toEqual([]);
});
