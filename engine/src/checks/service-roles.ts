import { Open } from '../assembly/evaluate.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { admitsService, allowsAction } from './policies.ts';
import { parseArn, toList, toPart, toReferred } from './properties.ts';
import { isPropertyTouched, toTouched, type Touched } from './touched.ts';

/**
 * Whether the roles that services are given are there and trust them, and let a function into its VPC: what the services
 * themselves try when such a resource is made.
 *
 * @source https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 * @source https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 * @source https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-mfa-sms-text-message.html
 */
export const serviceRoles: Check = {
  name: 'roles of services',
  tier: 'static',
  judge: (facts, ask) =>
    toTouched(facts.templates, (type) => uses.has(type)).flatMap((touched) => {
      const use = uses.get(touched.type);
      if (!use || !(isPropertyTouched(touched, use.path.split('.')[0] ?? '') || isPropertyTouched(touched, 'VpcConfig'))) return [];
      return judgeRole(toPart(touched.properties, use.path), use.service, touched, facts, ask);
    }),
};

/** Where a resource names the role that a service will assume; only of services that try it at once. */
const uses: ReadonlyMap<string, { readonly path: string; readonly service: string }> = new Map([
  ['AWS::Lambda::Function', { path: 'Role', service: 'lambda' }],
  ['AWS::Cognito::UserPool', { path: 'SmsConfiguration.SnsCallerArn', service: 'cognito-idp' }],
  ['AWS::StepFunctions::StateMachine', { path: 'RoleArn', service: 'states' }],
  ['AWS::Scheduler::Schedule', { path: 'Target.RoleArn', service: 'scheduler' }],
]);

/** A role as far as it decides: whom it trusts, and all that it may do. */
interface Role {
  readonly name: string;
  readonly trust: unknown;
  readonly managed: readonly unknown[];
  readonly documents: readonly unknown[];
}

function judgeRole(value: unknown, service: string, touched: Touched, { templates }: Facts, ask: Ask): readonly Finding[] {
  const { facts, place } = touched;
  const arn = parseArn(value);
  const name = arn?.service === 'iam' && arn.account === facts.at.account ? /^role\/(?:.*\/)?([^/]+)$/.exec(arn.resource)?.[1] : undefined;
  const made = name
    ? templates.flatMap((s) =>
        s.named.filter((n) => n.type === 'AWS::IAM::Role' && n.name === name).map((n) => toMade(s, n.logicalId, templates)),
      )
    : [toMade(facts, toReferred(value), templates)];
  const role = made.find((r) => r !== undefined);
  if (role) return judgeUse(role, service, touched);
  if (!name || !facts.live) return [];
  return judgeAnswer(ask(facts.at, 'resource', { type: 'AWS::IAM::Role', identifier: name }), `role ${name}`, place, (live) =>
    live
      ? judgeUse(toLive(name, live, templates), service, touched)
      : [finding('PF273', `The role ${name} is not in this account.`, place)],
  );
}

/** Gives a role of the template, with the policies that the template attaches to it; one of a template nested beside it may belong to it too. */
function toMade(facts: Touched['facts'], logicalId: string | undefined, templates: Facts['templates']): Role | undefined {
  const { resources, root } = facts;
  const role = resources.find((r) => r.logicalId === logicalId && r.type === 'AWS::IAM::Role');
  if (!role) return undefined;
  const isOfRole = (value: unknown) => toReferred(value) === logicalId || value === role.properties['RoleName'];
  const beside = templates
    .filter((t) => t.root === root && t.stack.id !== facts.stack.id)
    .flatMap((t) =>
      toAttached(
        t.resources,
        (v) => v instanceof Open && !t.resources.some((r) => r.logicalId === toReferred(v) && r.type === 'AWS::IAM::Role'),
      ),
    );
  return {
    name: role.logicalId,
    trust: role.properties['AssumeRolePolicyDocument'],
    managed: toList(role.properties['ManagedPolicyArns']),
    documents: [
      ...toList(role.properties['Policies']).map((p) => toPart(p, 'PolicyDocument')),
      ...toAttached(resources, isOfRole),
      ...beside,
    ],
  };
}

/** Gives the documents of the policies among some resources that belong to a role, or may. */
const toAttached = (resources: Touched['facts']['resources'], isOfRole: (value: unknown) => boolean): readonly unknown[] =>
  resources
    .filter(
      ({ type, properties }) =>
        (/^AWS::IAM::(Managed)?Policy$/.test(type) &&
          (properties['Roles'] instanceof Open || toList(properties['Roles']).some(isOfRole))) ||
        (type === 'AWS::IAM::RolePolicy' && isOfRole(properties['RoleName'])),
    )
    .map(({ properties }) => properties['PolicyDocument']);

/** Gives a role that is there, with the policies that the run attaches to it by its name. */
const toLive = (name: string, live: Readonly<Record<string, unknown>>, templates: Facts['templates']): Role => ({
  name,
  trust: live['AssumeRolePolicyDocument'],
  managed: toList(live['ManagedPolicyArns']),
  documents: [
    ...toList(live['Policies']).map((p) => toPart(p, 'PolicyDocument')),
    ...templates.flatMap((s) => toAttached(s.resources, (value) => value === name)),
  ],
});

function judgeUse(role: Role, service: string, touched: Touched): readonly Finding[] {
  const { place, facts } = touched;
  if (admitsService(role.trust, service, facts.at.region) === false)
    return [finding('PF272', `The trust policy of the role ${role.name} does not admit ${service}.amazonaws.com.`, place)];
  const subnets = toPart(touched.properties, 'VpcConfig.SubnetIds');
  if (touched.type !== 'AWS::Lambda::Function' || toList(subnets).length === 0 || mayEnterVpc(role) !== false) return [];
  return [finding('PF274', `The role ${role.name} of a function in a VPC may not ec2:CreateNetworkInterface.`, place)];
}

/** Managed policies that are often given to functions and say nothing of network interfaces. */
const withoutNetwork =
  /\/(AWSLambda(BasicExecutionRole|SQSQueueExecutionRole|DynamoDBExecutionRole|KinesisExecutionRole|Role)|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchLambdaInsightsExecutionRolePolicy|AmazonS3ReadOnlyAccess|AmazonSSMReadOnlyAccess)$/;

/** Undefined as soon as any of the policies is one that is not known here. */
function mayEnterVpc({ managed, documents }: Role): boolean | undefined {
  const answers = documents.map((d) => allowsAction(d, 'ec2:CreateNetworkInterface'));
  if (answers.includes(true)) return true;
  const isKnown = managed.every((m) => typeof m === 'string' && withoutNetwork.test(m)) && !answers.includes(undefined);
  return isKnown ? false : undefined;
}
