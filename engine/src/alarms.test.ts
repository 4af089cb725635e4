import { describe, expect, test } from '@jest/globals';
import { known } from './answer.ts';
import { toAlarmArn, toAlarmName, toAlarmNamesAt, toWatch } from './alarms.ts';
import { queue, readSampleStack } from '../../test/fakes/assembly.ts';
import { createFakeWorld } from '../../test/fakes/world.ts';

const at = { account: '111111111111', region: 'us-west-2' };
const arn = (name: string, region = 'us-west-2') => `arn:aws:cloudwatch:${region}:111111111111:alarm:${name}`;

test('an alarm has a name and an ARN, whichever it is called by', () => {
  expect([toAlarmName('errors'), toAlarmName(arn('errors'))]).toEqual(['errors', 'errors']);
  expect([toAlarmArn('errors', at), toAlarmArn(arn('errors', 'eu-west-1'), at)]).toEqual([arn('errors'), arn('errors', 'eu-west-1')]);
  expect(toAlarmArn('errors', { ...at, region: 'cn-north-1' })).toBe('arn:aws-cn:cloudwatch:cn-north-1:111111111111:alarm:errors');
});

test('of several alarms those of a place are told from those whose ARN says another', () => {
  const others = [arn('far', 'eu-west-1'), arn('theirs').replace('111111111111', '222222222222')];
  expect(toAlarmNamesAt(['errors', arn('latency'), ...others], at)).toEqual(['errors', 'latency']);
});

describe('what the deployment of a stack is rolled back on', () => {
  const { aws } = createFakeWorld();
  aws.put(readSampleStack({ resources: { Queue: queue() } }), { rollback: { alarms: [arn('old'), arn('both')], monitoringMinutes: 3 } });
  const live = known(aws.stacks.get('us-west-2 Shop'));
  const update = { at, live, change: { action: 'update', because: '' } } as const;
  const create = { at, live, change: { action: 'recover', because: '' } } as const;
  const wanted = { alarms: ['new', 'both', 'new'], monitoringMinutes: 5 };
  const kept = { alarms: [arn('both'), arn('old')], monitoringMinutes: 3 };

  test.each([
    [
      'the alarms of the environment, and what it leaves out is told',
      update,
      wanted,
      { watched: { alarms: [arn('both'), arn('new')], monitoringMinutes: 5 }, unwatched: [arn('old')] },
    ],
    ['those that the stack has, where the environment says nothing', update, undefined, { watched: kept }],
    ['nothing, where the environment wants none', update, { alarms: [], monitoringMinutes: 0 }, { unwatched: kept.alarms }],
    [
      'those of the environment alone, where the stack is made anew',
      create,
      wanted,
      { watched: { alarms: [arn('both'), arn('new')], monitoringMinutes: 5 } },
    ],
    ['nothing, where the stack is made anew and the environment says nothing', create, undefined, {}],
    [
      'those of the environment, where AWS was not asked',
      { at, change: update.change },
      wanted,
      { watched: { alarms: [arn('both'), arn('new')], monitoringMinutes: 5 } },
    ],
  ])('is %s', (_name, facts, rollback, watch) => expect(toWatch(facts, rollback)).toEqual(watch));
});
