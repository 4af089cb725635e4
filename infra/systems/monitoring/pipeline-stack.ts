import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { managedPolicy, type Permission } from '../../lib/attach-policy.ts';
import { githubProvider, githubRole } from '../../lib/github-roles.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/**
 * How this environment is deployed: a policy to deploy, one to only look, and the roles that jobs on GitHub assume to have them.
 *
 * A role trusts one repository, given by the setting `githubRepository`; the one that deploys trusts only its jobs in this GitHub
 * environment. Without the setting there are the policies alone, for roles of another make.
 */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, { request, data, settings, names }: Blueprint) {
    super(scope, id, toStackProps(request, 'Monitoring: roles of its deployments'));
    Tags.of(this).add('stack', id);
    const { environment } = request;
    const preflight = managedPolicy(
      this,
      'PreflightPolicy',
      names.preflightPolicy,
      `Checks monitoring in ${environment}; it only reads`,
      reading(this),
    );
    const deploy = managedPolicy(this, 'DeployPolicy', names.deployPolicy, `Deploys monitoring to ${environment}`, [
      ...reading(this),
      bootstrapRoles(this),
    ]);
    const repository = settings.githubRepository;
    if (!repository) return;
    const provider = isFirst(request) && settings.githubProvider === 'create' ? githubProvider(this, 'GitHub') : undefined;
    const roles = {
      Deploy: { roleName: names.deployRole, subject: `environment:${data.githubEnvironment}`, policy: deploy },
      Preflight: { roleName: names.preflightRole, subject: 'pull_request', policy: preflight },
    };
    for (const [name, props] of Object.entries(roles)) {
      const role = githubRole(this, name, { ...props, repository });
      if (provider) role.node.addDependency(provider);
      new CfnOutput(this, `${name}RoleArn`, { value: role.roleArn, description: `For jobs of ${repository}, ${props.subject}` });
    }
  }
}

/** IAM is the same in every region of an account. */
const isFirst = ({ region, firstRegion }: Blueprint['request']): boolean => region === firstRegion;

/** The roles of the CDK's bootstrap do the work; CloudFormation has its own among them. */
const bootstrapRoles = ({ partition, account, region }: Stack): Permission => ({
  actions: ['sts:AssumeRole'],
  resources: ['deploy', 'file-publishing', 'lookup'].map(
    (name) => `arn:${partition}:iam::${account}:role/cdk-hnb659fds-${name}-role-${account}-${region}`,
  ),
});

function reading({ partition, account, region }: Stack): readonly Permission[] {
  const arn = (service: string, resource: string): string => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return [
    {
      actions: [
        'cloudformation:DescribeStackResources',
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
        'cloudformation:ListStackResources',
      ],
      resources: [arn('cloudformation', 'stack/*')],
    },
    { actions: ['dynamodb:DescribeTable'], resources: [arn('dynamodb', 'table/monitoring-*')] },
    { actions: ['iam:GetRole'], resources: [`arn:${partition}:iam::${account}:role/*`] },
    { actions: ['lambda:GetFunctionConfiguration'], resources: [arn('lambda', 'function:monitoring-*')] },
    { actions: ['s3:ListBucket'], resources: [`arn:${partition}:s3:::monitoring-*`] },
    { actions: ['ssm:GetParameter', 'ssm:GetParametersByPath'], resources: [arn('ssm', 'parameter/cdk-bootstrap/*')] },
    // Lists of the whole account: these actions know no resources.
    { actions: ['cloudformation:ListExports', 's3:ListAllMyBuckets'], resources: ['*'] },
  ];
}
