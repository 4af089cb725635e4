import { describe, expect, test } from '@jest/globals';
import { bucket, queue, readSampleStack, type SampleStack } from '../../../test/fakes/assembly.ts';
import { judgeSample, type FactsOptions } from '../../../test/fakes/facts.ts';
import type { FakeWorld } from '../../../test/fakes/world.ts';

const other = '222222222222';
const roleOf = (name: string, account = other) => `arn:aws:iam::${account}:role/cdk-hnb659fds-${name}-role-${account}-us-west-2`;

/** A stack of the other account, with the roles that the CDK's own synthesizer gives it. */
const there = (more: SampleStack = {}): SampleStack => ({
  account: other,
  region: 'us-west-2',
  ...more,
  properties: {
    assumeRoleArn: roleOf('deploy').replace('arn:aws:', 'arn:${AWS::Partition}:'),
    lookupRole: { arn: roleOf('lookup').replace('arn:aws:', 'arn:${AWS::Partition}:') },
    ...more.properties,
  },
});
const here: SampleStack = { account: '111111111111', region: 'us-west-2', resources: { Queue: queue() } };

const closed = ({ others }: FakeWorld) => void others(other).denied.add('sts:AssumeRole');

async function told(stacks: Readonly<Record<string, SampleStack>>, options: FactsOptions = {}) {
  const { findings, made } = await judgeSample(stacks, options);
  return { made, told: findings.filter((f) => f.severity !== 'notice').map((f) => `${f.code} ${f.message}`) };
}

describe('stacks of another account', () => {
  test('are looked at there, with their look-up role', async () => {
    const { made, told: found } = await told({ Here: here, There: there({ resources: { Files: bucket('files') } }) });
    expect(found).toEqual([]);
    expect(made.connections).toContainEqual({
      region: 'us-west-2',
      elsewhere: { account: other, role: roleOf('lookup'), home: 'us-west-2' },
    });
    expect(made.others(other).calls).toContain('us-west-2 cloudformation:DescribeStacks There');
    expect(made.aws.calls).toContain('us-west-2 cloudformation:DescribeStacks Here');
    expect(made.aws.calls).not.toContain('us-west-2 cloudformation:DescribeStacks There');
  });

  test('without a look-up role are looked at with the one that the bootstrap makes', async () => {
    const { made } = await told({ There: there({ properties: { lookupRole: undefined } }) });
    expect(made.connections.map((c) => c.elsewhere?.role)).toContain(roleOf('lookup'));
  });

  test.each<[string, readonly string[], (made: FakeWorld) => void]>([
    [
      'are told of a name that exists there',
      ['PF121 The AWS::S3::Bucket files is owned by the stack Legacy.'],
      ({ others }) => others(other).put(readSampleStack({ ...there(), resources: { Files: bucket('files') } }, 'Legacy')),
    ],
    [
      'do not care for a name that exists here',
      [],
      ({ aws }) => aws.put(readSampleStack({ resources: { Files: bucket('files') } }, 'Legacy')),
    ],
  ])('%s', async (_name, wanted, before) => {
    expect((await told({ There: there({ resources: { Files: bucket('files') } }) }, { before })).told).toEqual(wanted);
  });

  test('are told of a missing bootstrap there, which is there here', async () => {
    const before = ({ others }: FakeWorld) => others(other).bootstraps.clear();
    expect((await told({ Here: here, There: there() }, { before })).told).toEqual([
      expect.stringMatching(/^PF100 222222222222\/us-west-2 has no bootstrap stack\. The command is: cdk bootstrap/),
    ]);
  });

  test('import what is exported there, and not what is exported here', async () => {
    const shared = { resources: { Queue: queue() }, outputs: { Url: { Value: 'url', Export: { Name: 'url' } } } };
    const importing = there({ resources: { Copy: { Type: 'AWS::SSM::Parameter', Properties: { Value: { 'Fn::ImportValue': 'url' } } } } });
    const before = ({ aws }: FakeWorld) => aws.put(readSampleStack(shared, 'Shared'));
    expect((await told({ There: importing }, { before })).told).toEqual(['PF132 There imports url; no stack exports it.']);
    const where = ({ others }: FakeWorld) => others(other).put(readSampleStack({ ...there(), ...shared }, 'Shared'));
    expect((await told({ There: importing }, { before: where })).told).toEqual([]);
  });
});

describe('an account that cannot be looked at', () => {
  const stacks = {
    Here: here,
    There: there({ resources: { Files: bucket('Not_A_Name') } }),
    Beside: there({ resources: { Files: bucket('files') } }),
  };

  test('is told once, with the permission; what needs no answer is checked, and what is elsewhere too', async () => {
    const { told: found, made } = await told(stacks, { before: closed });
    expect(found).toEqual([
      expect.stringMatching(/^PF130 .*Not_A_Name/),
      'PF001 all of account 222222222222 in us-west-2 (Beside, There): needs the permission sts:AssumeRole on the look-up role of 222222222222.',
    ]);
    expect(made.aws.calls).toContain('us-west-2 ssm:GetParameter /cdk-bootstrap/hnb659fds/version');
  });

  test('whose deploy role cannot be assumed either stops the run', async () => {
    const before = (made: FakeWorld) => {
      closed(made);
      made.aws.answers.set(`refusal {"role":"${roleOf('deploy')}"}`, 'not authorized');
    };
    const { told: found } = await told({ Here: here, Beside: stacks.Beside }, { before });
    expect(found.filter((f) => f.startsWith('PF103'))).toEqual([
      `PF103 arn:aws:iam::111111111111:role/job cannot assume ${roleOf('deploy')}: AWS refuses it (not authorized). Nothing else deploys to account 222222222222.`,
    ]);
  });
});

describe('the deploy role of another account', () => {
  test('is needed, whatever the caller may do of its own', async () => {
    const before = ({ aws }: FakeWorld) => void aws.answers.set(`refusal {"role":"${roleOf('deploy')}"}`, 'not authorized');
    expect((await told({ There: there() }, { before })).told).toEqual([expect.stringMatching(/^PF103 .*Nothing else deploys to account/)]);
  });

  test('is not asked of the account that it belongs to', async () => {
    const { made } = await told({ There: there() });
    expect(made.aws.calls).toContain(`us-west-2 sts:AssumeRole ${roleOf('deploy')}`);
    expect(made.others(other).calls.filter((c) => c.includes('sts:AssumeRole'))).toEqual([]);
  });
});
