import { ContinueUpdateRollbackCommand, ExecuteChangeSetCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import type { Fault } from '../../emulator/emulator.ts';
import { queue, type SampleStack } from '../fakes/assembly.ts';
import type { Live, Scenario } from './scenario.ts';

/** Two queues, the second after the first. */
const pair = (delay: number) => ({ First: queue(delay), Second: { ...queue(delay), DependsOn: 'First' } });
const shop = (resources: SampleStack['resources']) => ({ Shop: { resources } });
const items = (isGuarded: boolean) => ({
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Delete',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: isGuarded,
  },
});
/** A table that cannot be deleted, with what is made after it. */
const guarded = {
  Orders: items(true),
  Queue: { ...queue(), DependsOn: 'Orders' },
};
const failing = (operation: 'create' | 'update' | 'delete' | 'rollback', logicalId?: string): Fault => ({
  operation,
  stack: 'Shop',
  ...(logicalId ? { logicalId } : {}),
  error: 'an error of the service',
});

/** Makes sure of the state that something left the stack Shop in. */
async function leave(wanted: string, ended: Promise<{ readonly status: string }>): Promise<void> {
  const { status } = await ended;
  if (status !== wanted) throw new Error(`Shop was to be in ${wanted}: ${status}`);
}

/** Deploys the stack Shop while what the faults name goes wrong. */
async function deployBadly({ emulator, stacks }: Live, Resources: SampleStack['resources'], faults: readonly Fault[]) {
  await emulator.setFaults(faults);
  return stacks.deploy('Shop', JSON.stringify({ Resources }));
}

/** Lets a creation of the stack Shop fail, as nobody exports what it imports. */
const failToCreate = ({ stacks }: Live) =>
  leave(
    'ROLLBACK_COMPLETE',
    stacks.deploy(
      'Shop',
      JSON.stringify({
        Resources: {
          Setting: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'nobody-has-it' } } },
        },
      }),
    ),
  );

async function failToRollBack(live: Live): Promise<void> {
  await live.deploy(shop(pair(0)));
  await leave('UPDATE_ROLLBACK_FAILED', deployBadly(live, pair(1), [failing('update', 'Second'), failing('rollback')]));
}

async function failToDelete(live: Live): Promise<void> {
  await live.deploy(shop(pair(0)));
  await live.emulator.setFaults([failing('delete', 'First')]);
  await leave('DELETE_FAILED', live.stacks.remove('Shop'));
}

/** Lets the second queue of the stack Shop fail, and everything stay as it then is. */
async function stopHalfway({ emulator, stacks }: Live, wanted: string, Resources: SampleStack['resources'] = pair(0)): Promise<void> {
  await emulator.setFaults([failing('create', 'Second')]);
  const ChangeSetName = await stacks.changeSet('Shop', JSON.stringify({ Resources }));
  await stacks.client.send(new ExecuteChangeSetCommand({ StackName: 'Shop', ChangeSetName, DisableRollback: true }));
  await leave(wanted, stacks.settled('Shop'));
}

/** Begins an update of a stack that takes its time. */
async function update(name: string, live: Live, delayMs: number): Promise<void> {
  const { emulator, stacks } = live;
  await live.deploy({ [name]: { resources: { Queue: queue() } } });
  await emulator.setFaults([{ operation: 'update', stack: name, delayMs }]);
  const ChangeSetName = await stacks.changeSet(name, JSON.stringify({ Resources: { Queue: queue(1) } }));
  await stacks.client.send(new ExecuteChangeSetCommand({ StackName: name, ChangeSetName }));
  while ((await emulator.faults()).length);
}

/** States that an earlier deployment, or one under way, left the stack in. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'the rollback of the last update failed',
    class: 'state-update-rollback-failed',
    why: 'nothing but the rollback can go on',
    app: shop(pair(2)),
    before: failToRollBack,
    ends: 'deployed',
    tells: ['PF113'],
  },
  {
    name: 'the rollback of the last update failed, on what the user wants to leave as it is',
    class: 'state-update-rollback-failed',
    why: 'it fails again and again, until that is named',
    app: shop(pair(2)),
    before: async (live) => {
      await failToRollBack(live);
      await live.emulator.setFaults([{ ...failing('rollback'), times: -1 }]);
    },
    inputs: { recover: 'Shop/First' },
    ends: 'deployed',
    tells: ['PF113'],
  },
  {
    name: 'the rollback of the last update failed, and stuck stacks are not to be touched',
    class: 'state-update-rollback-failed',
    why: 'the input says so',
    app: shop(pair(2)),
    before: failToRollBack,
    inputs: { recover: 'never' },
    ends: { stoppedBy: ['PF110'] },
  },
  {
    name: 'the rollback of an update that made a table failed',
    class: 'state-update-rollback-failed',
    why: 'going back would delete the table, and what was written to it since',
    app: shop(pair(2)),
    before: async (live) => {
      await live.deploy(shop(pair(0)));
      const more = { First: queue(1), Orders: { ...items(false), DependsOn: 'First' }, Second: { ...queue(1), DependsOn: 'Orders' } };
      const faults = [failing('update', 'Second'), failing('rollback'), failing('delete', 'Orders')];
      await leave('UPDATE_ROLLBACK_FAILED', deployBadly(live, more, faults));
    },
    ends: { stoppedBy: ['PF110'] },
  },
  {
    name: 'the rollback of the last update failed, and was continued',
    class: 'state-update-rollback-failed',
    why: 'the same stack after the way out',
    app: shop(pair(2)),
    before: async (live) => {
      await failToRollBack(live);
      await live.stacks.client.send(new ContinueUpdateRollbackCommand({ StackName: 'Shop' }));
      await leave('UPDATE_ROLLBACK_COMPLETE', live.stacks.settled('Shop'));
    },
    ends: 'deployed',
  },
  {
    name: 'a deletion of the stack failed',
    class: 'state-failed-other',
    why: 'DELETE_FAILED allows no update',
    app: shop(pair(1)),
    before: failToDelete,
    ends: { stoppedBy: ['PF110'] },
  },
  {
    name: 'the rollback of the creation failed',
    class: 'state-failed-other',
    why: 'ROLLBACK_FAILED: a table that is protected cannot go, at the next try neither',
    app: shop(guarded),
    before: (live) => leave('ROLLBACK_FAILED', deployBadly(live, guarded, [failing('create', 'Queue')])),
    ends: { stoppedBy: ['PF110'] },
  },
  {
    name: 'the rollback of the creation failed on what holds no data',
    class: 'state-failed-other',
    why: 'ROLLBACK_FAILED with a queue: nothing is lost with it',
    app: shop(pair(1)),
    before: (live) => leave('ROLLBACK_FAILED', deployBadly(live, pair(1), [failing('create', 'Second'), failing('delete', 'First')])),
    ends: 'deployed',
    tells: ['PF112'],
  },
  {
    name: 'the deletion of a failed creation failed',
    class: 'state-failed-other',
    why: 'DELETE_FAILED of a stack that never was stable',
    app: shop(pair(1)),
    before: async (live) => {
      await leave(
        'ROLLBACK_FAILED',
        deployBadly(live, pair(1), [failing('create', 'Second'), { ...failing('delete', 'First'), times: 2 }]),
      );
      await leave('DELETE_FAILED', live.stacks.remove('Shop'));
    },
    ends: 'deployed',
    tells: ['PF112'],
  },
  {
    name: 'the last update failed and was not rolled back',
    class: 'state-failed-other',
    why: 'UPDATE_FAILED allows no update that would roll back',
    app: shop(pair(1)),
    before: async (live) => {
      await live.deploy(shop({ First: queue() }));
      await stopHalfway(live, 'UPDATE_FAILED');
    },
    ends: 'deployed',
    tells: ['PF113'],
  },
  {
    name: 'the last update failed and was not rolled back, and is to be gone on with',
    class: 'state-failed-other',
    why: 'UPDATE_FAILED allows an update that would not roll back',
    app: shop(pair(1)),
    before: async (live) => {
      await live.deploy(shop({ First: queue() }));
      await stopHalfway(live, 'UPDATE_FAILED');
    },
    inputs: { 'on-failure': 'keep' },
    ends: 'deployed',
    tells: ['PF113'],
  },
  {
    name: 'the creation failed and was not rolled back',
    class: 'state-failed-other',
    why: 'CREATE_FAILED: the toolkit deletes by itself only what was rolled back',
    app: shop(pair(1)),
    before: (live) => stopHalfway(live, 'CREATE_FAILED'),
    ends: 'deployed',
    tells: ['PF112'],
  },
  {
    name: 'the creation failed after it had made a table, and was not rolled back',
    class: 'state-failed-other',
    why: 'CREATE_FAILED with a table that would be deleted',
    app: shop({ First: items(false), Second: pair(1).Second }),
    before: (live) => stopHalfway(live, 'CREATE_FAILED', { First: items(false), Second: pair(1).Second }),
    ends: { stoppedBy: ['PF110'] },
  },
  {
    name: 'the creation failed after it had made a table, and is to be gone on with',
    class: 'state-failed-other',
    why: 'the table stays where it is',
    app: shop({ First: items(false), Second: pair(1).Second }),
    before: (live) => stopHalfway(live, 'CREATE_FAILED', { First: items(false), Second: pair(1).Second }),
    inputs: { 'on-failure': 'keep' },
    ends: 'deployed',
    tells: ['PF113'],
  },
  {
    name: 'a deletion of the stack failed, and went well the next time',
    class: 'state-failed-other',
    why: 'the stack is gone, and is created',
    app: shop(pair(1)),
    before: async (live) => {
      await failToDelete(live);
      await leave('DELETE_COMPLETE', live.stacks.remove('Shop'));
    },
    ends: 'deployed',
  },
  {
    name: 'the last update failed and was rolled back',
    class: 'state-failed-other',
    why: 'UPDATE_ROLLBACK_COMPLETE is a state as good as any',
    app: shop(pair(2)),
    before: async (live) => {
      await live.deploy(shop(pair(0)));
      await leave('UPDATE_ROLLBACK_COMPLETE', deployBadly(live, pair(1), [failing('update', 'Second')]));
    },
    ends: 'deployed',
  },
  {
    name: 'a stack is being updated by somebody else',
    class: 'state-in-progress',
    why: 'CloudFormation takes one operation at a time',
    app: shop({ Queue: queue(2) }),
    before: (live) => update('Shop', live, 600_000),
    inputs: { recover: 'never' },
    ends: { stoppedBy: ['PF111'] },
  },
  {
    name: 'a stack is being updated by somebody else, who comes to an end',
    class: 'state-in-progress',
    why: 'it is waited for, and looked at again',
    app: shop({ Queue: queue(2) }),
    before: (live) => update('Shop', live, 3_000),
    ends: 'deployed',
    tells: [],
  },
  {
    name: 'another stack is being updated by somebody else',
    class: 'state-in-progress',
    why: 'operations on different stacks do not meet',
    app: shop({ Queue: queue(2) }),
    before: (live) => update('Net', live, 600_000),
    ends: 'deployed',
  },
  {
    name: 'a creation that failed before is protected from deletion',
    class: 'state-rollback-complete',
    why: 'its protection guards nothing, and is turned off to delete it',
    app: shop({ Queue: queue() }),
    before: async (live) => {
      await failToCreate(live);
      await live.stacks.client.send(new UpdateTerminationProtectionCommand({ StackName: 'Shop', EnableTerminationProtection: true }));
    },
    ends: 'deployed',
    tells: ['PF112'],
  },
  {
    name: 'a creation that failed before is made again',
    class: 'state-rollback-complete',
    why: 'the stack is in ROLLBACK_COMPLETE, which no update gets out of',
    app: shop({ Queue: queue() }),
    before: failToCreate,
    ends: 'deployed',
    tells: ['PF112'],
  },
  {
    name: 'a stack is created where a change set for it was never executed',
    class: 'state-review-in-progress',
    why: 'the shell holds nothing, and is created in its place',
    app: shop({ Queue: queue() }),
    before: async ({ stacks }) => void (await stacks.changeSet('Shop', JSON.stringify({ Resources: { Queue: queue() } }))),
    ends: 'deployed',
    tells: ['PF112'],
  },
  {
    name: 'a stack is as the app wants it',
    class: 'empty-changeset',
    why: 'nothing to deploy is no failure, and nothing is written',
    app: shop(pair(1)),
    before: (live) => live.deploy(shop(pair(1))),
    ends: 'unchanged',
  },
  {
    name: 'a stack gets a tag and stays as it is otherwise',
    class: 'empty-changeset',
    why: 'the same template, and yet a change',
    app: { Shop: { resources: pair(1), tags: { team: 'shop' } } },
    before: (live) => live.deploy(shop(pair(1))),
    ends: 'deployed',
  },
];
