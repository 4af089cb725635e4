import { unknown, type Answer } from '../../engine/src/answer.ts';
import { toCanonicalJson } from '../../engine/src/canonical.ts';
import type { LiveProperties, Presence, Readings } from '../../engine/src/readings.ts';
import type { Export, Owner, StackResource } from '../../engine/src/stack-readings.ts';
import type { FakeAws } from './account.ts';
import { readAliases, readFunction, readService, readTags, readTasks } from './code.ts';
import { findImporters, toStackResources } from './destroy.ts';

/** Asks the fake: what is denied or silent is so for everything. */
export type FakeAsk = <T>(call: string, resource: string, give: () => T) => Promise<Answer<T>>;

/** Makes the readings of a region of a fake account: what its stacks and things say, and what a test answers otherwise. */
export function createFakeReadings(aws: FakeAws, region: string, ask: FakeAsk): Readings {
  const given = <T>(kind: string, of: object, otherwise: T): T => {
    const key = `${kind} ${toCanonicalJson(of)}`;
    return aws.answers.has(key) ? (aws.answers.get(key) as T) : otherwise;
  };
  return {
    presence: ({ type, name }) =>
      ask(
        `look:${type}`,
        name,
        (): Presence =>
          aws.things.get(`${type} ${name}`) ??
          (findOwner(aws, region, name, type) ? { kind: 'present', active: true } : { kind: 'absent' }),
      ),
    owner: ({ type, physicalId }) =>
      ask('cloudformation:DescribeStackResources', physicalId, () => findOwner(aws, region, physicalId, type)),
    stackResources: (of) =>
      ask('cloudformation:ListStackResources', of.stack, () => given('stackResources', of, findResources(aws, region, of.stack))),
    lastDeleted: (of) =>
      ask(
        'cloudformation:ListStacks',
        of.stack,
        () => [...aws.deleted.values()].findLast(({ stack }) => stack.name === of.stack)?.stack.id,
      ),
    exports: () => ask('cloudformation:ListExports', '*', () => toExports(aws, region)),
    importers: (of) => ask('cloudformation:ListImports', of.name, () => given('importers', of, findImporters(aws, region, of.name))),
    stackPolicy: (of) => ask('cloudformation:GetStackPolicy', of.stack, () => given('stackPolicy', of, undefined)),
    drifts: (of) => ask('cloudformation:DescribeStackResourceDrifts', of.stack, () => given('drifts', of, [])),
    changeSets: (of) => ask('cloudformation:ListChangeSets', of.stack, () => given('changeSets', of, [])),
    history: (of) => ask('cloudformation:DescribeStackEvents', of.stack, () => given('history', of, { wasStable: true, created: [] })),
    isEmpty: (of) => ask(`empty:${of.type}`, of.name, () => given('isEmpty', of, true)),
    networkInterfaces: (of) => ask('ec2:DescribeNetworkInterfaces', of.of, () => given('networkInterfaces', of, [])),
    resource: async (of) =>
      aws.unsupported.has(of.type)
        ? unknown({ call: 'cloudformation:GetResource', resource: of.type, why: 'unsupported', message: '' })
        : ask('cloudformation:GetResource', `${of.type} ${of.identifier}`, () => given('resource', of, findProperties(aws, region, of))),
    resources: (of) => ask('cloudformation:ListResources', of.type, () => given('resources', of, [])),
    parameter: (of) =>
      ask('ssm:GetParameter', of.name, () => {
        const version = aws.bootstraps.get(`${region} ${of.name}`);
        return given('parameter', of, version === undefined ? undefined : { type: 'String', value: String(version) });
      }),
    parameterTags: (of) => ask('ssm:ListTagsForResource', of.name, () => given('parameterTags', of, undefined)),
    object: (of) => ask('s3:ListBucket', of.bucket, () => given('object', of, 'absent')),
    publicPolicyBlock: (of) => ask('s3:GetBucketPublicAccessBlock', of.bucket, () => given('publicPolicyBlock', of, true)),
    image: (of) => ask('ecr:DescribeImages', of.repository, () => given('image', of, undefined)),
    imageMembers: (of) => ask('ecr:BatchGetImage', of.repository, () => given('imageMembers', of, undefined)),
    functionPolicy: (of) => ask('lambda:GetPolicy', of.name, () => given('functionPolicy', of, undefined)),
    certificate: (of) => ask('acm:DescribeCertificate', of.arn, () => given('certificate', of, undefined)),
    apiLogsRole: (of) => ask('apigateway:GET', '/account', () => given('apiLogsRole', of, undefined)),
    engineVersions: (of) => ask('rds:DescribeDBEngineVersions', of.engine, () => given('engineVersions', of, new Map())),
    databaseZones: (of) => ask('rds:DescribeOrderableDBInstanceOptions', of.instanceClass, () => given('databaseZones', of, [])),
    instanceZones: (of) =>
      ask('ec2:DescribeInstanceTypeOfferings', of.instanceType, () => given('instanceZones', of, [`${region}a`, `${region}b`])),
    subnets: (of) => ask('ec2:DescribeSubnets', of.vpc, () => given('subnets', of, [])),
    groupRules: (of) => ask('ec2:DescribeSecurityGroupRules', of.group, () => given('groupRules', of, [])),
    secret: (of) => ask('secretsmanager:DescribeSecret', of.id, () => given('secret', of, undefined)),
    refusal: (of) => ask('sts:AssumeRole', of.role, () => given('refusal', of, undefined)),
    denied: (of) => ask('iam:SimulatePrincipalPolicy', of.principal, () => given('denied', of, [])),
    iamSummary: (of) => ask('iam:GetAccountSummary', '*', () => given('iamSummary', of, {})),
    quota: (of) => ask('servicequotas:GetServiceQuota', `${of.service} ${of.code}`, () => given('quota', of, undefined)),
    regions: (of) =>
      ask('ec2:DescribeRegions', '*', () =>
        given(
          'regions',
          of,
          new Map([
            ['us-west-2', true],
            ['eu-west-1', true],
            ['us-east-1', true],
          ]),
        ),
      ),
    unreservedConcurrency: (of) => ask('lambda:GetAccountSettings', '*', () => given('unreservedConcurrency', of, 1_000)),
    logPolicies: (of) => ask('logs:DescribeResourcePolicies', '*', () => given('logPolicies', of, [])),
    alarms: (of) => ask('cloudwatch:DescribeAlarms', '*', () => given('alarms', of, [])),
    containerServices: (of) => ask('ecs:DescribeServices', of.cluster, () => given('containerServices', of, undefined)),
    stoppedTasks: (of) => ask('ecs:ListTasks', of.cluster, () => given('stoppedTasks', of, [])),
    logLines: ({ group }) => ask('logs:FilterLogEvents', group, () => given('logLines', { group }, undefined)),
    functionLogs: (of) => ask('lambda:GetFunctionConfiguration', of.name, () => given('functionLogs', of, undefined)),
    serviceCode: (of) => ask('ecs:DescribeServices', of.cluster, () => given('serviceCode', of, readService(aws.code, of))),
    taskDefinition: (of) => ask('ecs:DescribeTaskDefinition', of.arn, () => given('taskDefinition', of, aws.code.definitions.get(of.arn))),
    runningTasks: (of) => ask('ecs:ListTasks', of.cluster, () => given('runningTasks', of, readTasks(aws.code, of))),
    functionCode: (of) => ask('lambda:GetFunctionConfiguration', of.name, () => given('functionCode', of, readFunction(aws.code, of.name))),
    functionAliases: (of) => ask('lambda:ListAliases', of.name, () => given('functionAliases', of, readAliases(aws.code, of.name))),
    functionTags: (of) => ask('lambda:ListTags', of.arn, () => given('functionTags', of, readTags(aws.code, of.arn))),
    stackEvents: (of) => ask('cloudformation:DescribeStackEvents', of.stack, () => given('stackEvents', of, [])),
    qualifiers: () =>
      ask('ssm:GetParametersByPath', '/cdk-bootstrap', () => [...aws.bootstraps.keys()].flatMap((key) => toQualifier(key, region)).sort()),
  };
}

/** What a live stack has is there, with the properties of its template. */
function findProperties(
  aws: FakeAws,
  region: string,
  of: { readonly type: string; readonly identifier: string },
): LiveProperties | undefined {
  for (const [key, stack] of aws.stacks) {
    const found = key === `${region} ${stack.name}` ? [...toStackResources(stack)] : [];
    const owned = found.find(([, r]) => r.type === of.type && r.physicalId === of.identifier && r.status !== 'DELETE_COMPLETE');
    if (owned) return stack.template.Resources?.[owned[0]]?.Properties ?? {};
  }
  return undefined;
}

function findResources(aws: FakeAws, region: string, name: string): ReadonlyMap<string, StackResource> | undefined {
  const stack = aws.stacks.get(`${region} ${name}`) ?? [...aws.stacks.values()].find(({ id }) => id === name);
  return aws.deleted.get(name)?.resources ?? (stack && toStackResources(stack));
}

const toQualifier = (key: string, region: string): readonly string[] =>
  key.startsWith(`${region} `) ? [/\/cdk-bootstrap\/([^/]+)\//.exec(key)?.[1] ?? ''] : [];

function findOwner(aws: FakeAws, region: string, name: string, type?: string): Owner | undefined {
  for (const [key, stack] of aws.stacks) {
    const found = Object.entries(stack.names).find(
      ([id, physical]) => physical === name && (type === undefined || stack.template.Resources?.[id]?.Type === type),
    );
    if (found && key === `${region} ${stack.name}`) return { stack: stack.name, logicalId: found[0] };
  }
  return undefined;
}

function toExports(aws: FakeAws, region: string): ReadonlyMap<string, Export> {
  const here = [...aws.stacks].filter(([key]) => key.startsWith(`${region} `));
  return new Map(
    here.flatMap(([, { name, outputs }]) =>
      Object.values(outputs).flatMap((o): [string, Export][] => (o.exportName ? [[o.exportName, { stack: name, value: o.value }]] : [])),
    ),
  );
}
