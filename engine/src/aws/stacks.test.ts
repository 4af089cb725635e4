import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createWire } from '../../../test/fakes/wire.ts';
import { createStacks } from './stacks.ts';

/* Answers of the shapes that AWS documents: the emulator keeps no rollback triggers. */
const describe = (inner: string) => {
  const stack = `<member><StackId>arn</StackId><StackName>Shop</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>${inner}</member>`;
  const body = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>${stack}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  return createStacks(new CloudFormationClient(createWire([{ body }]))).describe('Shop');
};
const arn = 'arn:aws:cloudwatch:us-west-2:111111111111:alarm:errors';
const trigger = `<RollbackTriggers><member><Arn>${arn}</Arn><Type>AWS::CloudWatch::Alarm</Type></member></RollbackTriggers>`;

test.each([
  ['and for how long', `${trigger}<MonitoringTimeInMinutes>10</MonitoringTimeInMinutes>`, { alarms: [arn], monitoringMinutes: 10 }],
  ['and no longer than it takes', trigger, { alarms: [arn], monitoringMinutes: 0 }],
  ['where it has none', '<RollbackTriggers/>', undefined],
])('a live stack says which alarms its deployments are rolled back on, %s', async (_name, inner, rollback) => {
  const answer = await describe(`<RollbackConfiguration>${inner}</RollbackConfiguration>`);
  expect(answer.kind === 'known' && answer.value?.rollback).toEqual(rollback);
});

test('a stack tells the topics for its events in order, and none where there are none', async () => {
  const topics = '<NotificationARNs><member>arn:b</member><member>arn:a</member></NotificationARNs>';
  expect(await describe(topics)).toMatchObject(known({ name: 'Shop', notificationArns: ['arn:a', 'arn:b'] }));
  expect(await describe('<NotificationARNs/>')).not.toHaveProperty('value.notificationArns');
});

test('a parameter that stands for a value of SSM tells its name, and what it came to', async () => {
  const parameter =
    '<member><ParameterKey>Url</ParameterKey><ParameterValue>/url</ParameterValue><ResolvedValue>v1</ResolvedValue></member>';
  const told = await describe(
    `<Parameters>${parameter}<member><ParameterKey>A</ParameterKey><ParameterValue>b</ParameterValue></member></Parameters>`,
  );
  expect(told).toMatchObject(known({ parameters: { Url: '/url', A: 'b' }, resolved: { Url: 'v1' } }));
});
