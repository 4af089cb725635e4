import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from '@jest/globals';
import { queue, readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { createWire } from '../../../test/fakes/wire.ts';
import type { DeployOrder } from '../stack-changes.ts';
import { addTriggers, toRequest } from './rollback-triggers.ts';

/* The answers are written after the shapes that AWS documents: the emulator keeps no rollback triggers. */

const at = { account: '111111111111', region: 'us-west-2' };
const arn = 'arn:aws:cloudwatch:us-west-2:111111111111:alarm:errors';
const triggers = { alarms: [{ arn, isComposite: false }], monitoringMinutes: 10, at };

const order = (more: Partial<DeployOrder> = {}, sample: SampleStack = { resources: { Queue: queue() } }): DeployOrder => ({
  assembly: '/cdk.out',
  stack: readSampleStack(sample),
  parameters: {},
  tags: { team: 'shop' },
  changeSetName: 'spaceport-1-1',
  keepsFailed: false,
  method: 'change-set',
  adopts: [],
  triggers,
  ...more,
});

describe('the change set with rollback triggers', () => {
  test('has them beside what the toolkit gives: template, tags, capabilities', () => {
    expect(toRequest(order(), triggers, [])).toEqual({
      StackName: 'Shop',
      ChangeSetName: 'spaceport-1-1',
      TemplateBody: JSON.stringify({ Resources: { Queue: queue() } }),
      Parameters: [],
      Tags: [{ Key: 'team', Value: 'shop' }],
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      IncludeNestedStacks: true,
      RollbackConfiguration: { RollbackTriggers: [{ Arn: arn, Type: 'AWS::CloudWatch::Alarm' }], MonitoringTimeInMinutes: 10 },
    });
  });

  test('takes a published template from where it was published', () => {
    const role = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cfn';
    const stack = readSampleStack({ properties: { cloudFormationExecutionRoleArn: role } });
    const destinations = [{ store: 'assets-${AWS::AccountId}-${AWS::Region}', name: 'abc.json' }];
    const asset = { id: 'abc', kind: 'file', displayName: 'template', path: stack.templateFile, destinations } as const;
    expect(toRequest(order({ stack: { ...stack, assets: [asset] } }), triggers, [])).toMatchObject({
      TemplateURL: 'https://s3.us-west-2.amazonaws.com/assets-111111111111-us-west-2/abc.json',
      RoleARN: 'arn:aws:iam::111111111111:role/cfn',
    });
  });

  test('gives parameters of the order, keeps those of the stack, and leaves the others to their defaults', () => {
    const parameters = { Given: { Type: 'String' }, Kept: { Type: 'String', NoEcho: true }, New: { Type: 'String', Default: 'x' } };
    const asked = order({ parameters: { Given: 'a' } }, { more: { Parameters: parameters } });
    const live = ['Given', 'Kept', 'Gone'].map((ParameterKey) => ({ ParameterKey, ParameterValue: '****' }));
    expect(toRequest(asked, triggers, live).Parameters).toEqual([
      { ParameterKey: 'Given', ParameterValue: 'a' },
      { ParameterKey: 'Kept', UsePreviousValue: true },
    ]);
  });

  test('says of each alarm whether it is a composite one', () => {
    const both = [
      { arn, isComposite: false },
      { arn: `${arn}-all`, isComposite: true },
    ];
    expect(toRequest(order(), { ...triggers, alarms: both }, []).RollbackConfiguration?.RollbackTriggers).toEqual([
      { Arn: arn, Type: 'AWS::CloudWatch::Alarm' },
      { Arn: `${arn}-all`, Type: 'AWS::CloudWatch::CompositeAlarm' },
    ]);
  });

  test('takes the alarms that the stack has away where there are to be none', () =>
    expect(toRequest(order(), { ...triggers, alarms: [] }, []).RollbackConfiguration?.RollbackTriggers).toEqual([]));

  test.each([
    ['express', { DeploymentConfig: { Mode: 'EXPRESS', DisableRollback: false } }],
    ['revert-drift', { DeploymentMode: 'REVERT_DRIFT' }],
  ] as const)('is one of method %s', (method, wanted) => expect(toRequest(order({ method }), triggers, [])).toMatchObject(wanted));

  test('of method express keeps what failed where that was asked for', () =>
    expect(toRequest(order({ method: 'express', keepsFailed: true }), triggers, []).DeploymentConfig).toEqual({ Mode: 'EXPRESS' }));

  test('refuses a long template that nobody published', () => {
    const stack = { ...readSampleStack({}), templateBytes: 51_201 };
    expect(() => toRequest(order({ stack }), triggers, [])).toThrow('too long');
  });

  test.each([
    ['REVIEW_IN_PROGRESS', 'CREATE'],
    ['UPDATE_COMPLETE', 'UPDATE'],
  ])('takes the place of the draft of a stack in %s', async (status, type) => {
    const answer = (action: string, inner: string) => ({
      body: `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${inner}</${action}Result></${action}Response>`,
    });
    const seen: string[] = [];
    const wire = createWire(
      [
        answer('DescribeStacks', `<Stacks><member><StackName>Shop</StackName><StackStatus>${status}</StackStatus></member></Stacks>`),
        answer('DescribeChangeSet', '<NotificationARNs><member>arn:aws:sns:us-west-2:1:t</member></NotificationARNs>'),
        answer('DeleteChangeSet', ''),
        answer('CreateChangeSet', '<Id>arn:set</Id><StackId>arn:stack</StackId>'),
        answer('DescribeChangeSet', '<Status>CREATE_COMPLETE</Status>'),
        answer('DeleteChangeSet', ''),
      ],
      seen,
    );
    await addTriggers(new CloudFormationClient(wire), order(), triggers, 'spaceport-1-1-draft');
    const asked = seen.map((body) => new URLSearchParams(body));
    expect(asked.map((a) => `${a.get('Action')} ${a.get('ChangeSetName') ?? ''}`)).toEqual([
      'DescribeStacks ',
      'DescribeChangeSet spaceport-1-1-draft',
      'DeleteChangeSet spaceport-1-1',
      'CreateChangeSet spaceport-1-1',
      'DescribeChangeSet arn:set',
      'DeleteChangeSet spaceport-1-1-draft',
    ]);
    expect(asked[3]?.get('ChangeSetType')).toBe(type);
    expect(asked[3]?.get('RollbackConfiguration.RollbackTriggers.member.1.Arn')).toBe(arn);
    expect(asked[3]?.get('NotificationARNs.member.1')).toBe('arn:aws:sns:us-west-2:1:t');
  });
});
