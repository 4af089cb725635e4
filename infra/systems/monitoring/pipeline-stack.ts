import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Permission } from '../../lib/attach-policy.ts';
import { githubProvider, githubRole } from '../../lib/github-roles.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/**
 * How this environment is deployed: GitHub's OIDC provider, the role that deploys, and the one that only looks.
 *
 * A role trusts one repository; the one that deploys trusts only its jobs in this GitHub environment. Without the setting
 * `githubRepository` there are no roles.
 */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, { request, data, settings, names }: Blueprint) {
    super(scope, id, toStackProps(request, 'Monitoring: roles of its deployments'));
    Tags.of(this).add('stack', id);
    const provider = isFirst(request) && settings.githubProvider === 'create' ? githubProvider(this, 'GitHub') : undefined;
    if (!settings.githubRepository) {
      new CfnOutput(this, 'DeployRoleArn', { value: 'none', description: 'There is none without the setting githubRepository' });
      return;
    }
    const repository = settings.githubRepository;
    const deploy = githubRole(this, 'Deploy', {
      roleName: names.deployRole,
      description: `Deploys monitoring to ${request.environment}`,
      repository,
      subject: `environment:${data.githubEnvironment}`,
      permissions: [...reading(this), bootstrapRoles(this)],
    });
    const preflight = githubRole(this, 'Preflight', {
      roleName: names.preflightRole,
      description: `Checks pull requests against ${request.environment}; it only reads`,
      repository,
      subject: 'pull_request',
      permissions: reading(this),
    });
    for (const role of [deploy, preflight]) if (provider) role.node.addDependency(provider);
    this.#tell('DeployRoleArn', deploy, 'Role of the deployments');
    this.#tell('PreflightRoleArn', preflight, 'Role of the checks on pull requests');
  }

  #tell(id: string, role: Role, description: string): void {
    new CfnOutput(this, id, { value: role.roleArn, description });
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
