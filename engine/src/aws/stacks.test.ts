import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createWire } from '../../../test/fakes/wire.ts';
import { createStacks } from './stacks.ts';

const describe = (inner: string) => {
  const stack = `<member><StackId>arn</StackId><StackName>Shop</StackName><StackStatus>CREATE_COMPLETE</StackStatus>${inner}</member>`;
  const body = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>${stack}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  return createStacks(new CloudFormationClient(createWire([{ body }]))).describe('Shop');
};

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
