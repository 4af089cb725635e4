import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, test } from '@jest/globals';
import { createWire } from '../../../test/fakes/wire.ts';
import { createStacks } from './stacks.ts';

/* Answers of the shapes that AWS documents: the emulator keeps no rollback triggers. */
const describe = (inner: string) => {
  const stack = `<Stacks><member><StackName>Shop</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>${inner}</member></Stacks>`;
  const body = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>${stack}</DescribeStacksResult></DescribeStacksResponse>`;
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
