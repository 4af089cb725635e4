import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { createStacks, toTemplate, type Resource } from '../../emulator/stacks.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator?.stop());

const kept: Record<string, Resource> = {
  Target: [
    'AWS::ApplicationAutoScaling::ScalableTarget',
    {
      MinCapacity: 1,
      MaxCapacity: 2,
      ResourceId: 'function:f:live',
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
      ServiceNamespace: 'lambda',
    },
  ],
  Policy: [
    'AWS::ApplicationAutoScaling::ScalingPolicy',
    { PolicyName: 'p', PolicyType: 'TargetTrackingScaling', ScalingTargetId: { Ref: 'Target' } },
  ],
  Composite: ['AWS::CloudWatch::CompositeAlarm', { AlarmName: 'both', AlarmRule: 'TRUE' }],
  Address: ['AWS::EC2::EIP', { Domain: 'vpc' }],
  Gateway: ['AWS::EC2::NatGateway', { AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] }, SubnetId: 'subnet-1' }],
  Flows: ['AWS::EC2::FlowLog', { ResourceId: 'vpc-1', ResourceType: 'VPC', TrafficType: 'ALL' }],
  In: ['AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', SourceSecurityGroupId: 'sg-2', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
  Out: [
    'AWS::EC2::SecurityGroupEgress',
    { GroupId: 'sg-2', DestinationSecurityGroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
  ],
  Sampling: ['AWS::XRay::SamplingRule', { SamplingRule: { RuleName: 'some', Priority: 1, FixedRate: 0.1, ReservoirSize: 1 } }],
  Restores: ['AWS::Backup::RestoreTestingPlan', { RestoreTestingPlanName: 'weekly', ScheduleExpression: 'cron(0 5 ? * MON *)' }],
  Restored: [
    'AWS::Backup::RestoreTestingSelection',
    { RestoreTestingPlanName: { Ref: 'Restores' }, RestoreTestingSelectionName: 'database', ProtectedResourceType: 'RDS' },
  ],
  BackedUp: ['AWS::Backup::BackupSelection', { BackupPlanId: 'plan-1', BackupSelection: { SelectionName: 'database' } }],
  Cache: ['AWS::ECR::PullThroughCacheRule', { EcrRepositoryPrefix: 'public', UpstreamRegistryUrl: 'public.ecr.aws' }],
  GitHub: ['AWS::IAM::OIDCProvider', { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] }],
};

test('types that are only kept are made, told by their ids and attributes, changed and removed', async () => {
  const stacks = createStacks(emulator, '111111111111');
  const exports = {
    provider: { 'Fn::GetAtt': ['GitHub', 'Arn'] },
    target: { Ref: 'Target' },
    alarm: { Ref: 'Composite' },
    sampling: { 'Fn::GetAtt': ['Sampling', 'RuleARN'] },
    restores: { 'Fn::GetAtt': ['Restores', 'RestoreTestingPlanArn'] },
  };
  expect(await stacks.deploy('kept', toTemplate(kept, exports))).toMatchObject({ status: 'CREATE_COMPLETE' });
  const changed: Resource = ['AWS::CloudWatch::CompositeAlarm', { AlarmName: 'both', AlarmRule: 'FALSE' }];
  expect(await stacks.deploy('kept', toTemplate({ ...kept, Composite: changed }, exports))).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await stacks.remove('kept')).toMatchObject({ status: 'DELETE_COMPLETE' });
});

test('a type that is not in the table is refused', async () => {
  const stacks = createStacks(emulator, '111111111111');
  await expect(stacks.deploy('unknown', toTemplate({ Trail: ['AWS::Made::Up', {}] }))).rejects.toThrow(
    'Unrecognized resource types: [AWS::Made::Up]',
  );
});
