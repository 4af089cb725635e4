import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadEngine, type ValidationEngine } from '../host/cloudformation-validate.ts';
import { validate } from '../host/validator-worker.ts';

let engine: ValidationEngine;
beforeAll(async () => {
  engine = await loadEngine();
}, 60_000);

/** Gives the rules that stop a template of these resources. */
function stops(resources: object): readonly string[] {
  const template = JSON.stringify({ Resources: resources });
  const answer = validate(engine, { stacks: [{ id: 'Shop', name: 'Shop', region: 'us-west-2', template }] });
  return answer.violations.filter((v) => v.level !== 'warning').map((v) => v.rule);
}

const fn = (Runtime: string) => ({
  Fn: {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime, Handler: 'index.handler', Code: { ZipFile: 'x' }, Role: { 'Fn::ImportValue': 'role' } },
  },
});
const subnets = (...ranges: string[]) => ({
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  ...Object.fromEntries(
    ranges.map((CidrBlock, i) => [`Net${i}`, { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock } }]),
  ),
});
const bucket = (more: object) => ({ Site: { Type: 'AWS::S3::Bucket', Properties: { AccessControl: 'PublicRead', ...more } } });
const fargate = (Cpu: string) => ({
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      Cpu,
      Memory: '512',
      ContainerDefinitions: [{ Name: 'api', Image: 'nginx' }],
    },
  },
});

/** Classes of failure that no check of ours looks for, because the offline validator does. */
describe.each<[failure: string, rule: string, bad: object, good: object]>([
  ['lambda-runtime-eol: a runtime that can be updated no more', 'E2533', fn('nodejs12.x'), fn('nodejs22.x')],
  ['subnet-cidr: ranges that overlap', 'E3060', subnets('10.0.0.0/24', '10.0.0.128/25'), subnets('10.0.0.0/24', '10.0.1.0/24')],
  ['subnet-cidr: a range outside of the VPC', 'E3059', subnets('10.1.0.0/24'), subnets('10.0.0.0/24')],
  [
    'public-access: an ACL of a bucket that has none',
    'E3045',
    bucket({}),
    bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }),
  ],
  ['ecs-unstable: tasks of a size that Fargate does not have', 'E3048', fargate('300'), fargate('256')],
])('%s', (_failure, rule, bad, good) => {
  test(`is ${rule}`, () => expect(stops(bad)).toContain(rule));
  test('near it nothing is told', () => expect(stops(good)).toEqual([]));
});
