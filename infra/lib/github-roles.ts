import { Duration, Stack } from 'aws-cdk-lib/core';
import { CfnOIDCProvider, FederatedPrincipal, Role, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

const issuer = 'token.actions.githubusercontent.com';
const audience = 'sts.amazonaws.com';

/** Makes the account's provider for the tokens of GitHub's jobs; an account has one. */
export function githubProvider(scope: Construct, id: string): CfnOIDCProvider {
  return new CfnOIDCProvider(scope, id, { url: `https://${issuer}`, clientIdList: [audience] });
}

/** Gives the ARN of the account's provider, whoever made it. */
export function githubProviderArn(scope: Construct): string {
  const { partition, account } = Stack.of(scope);
  return `arn:${partition}:iam::${account}:oidc-provider/${issuer}`;
}

/** A role for jobs on GitHub: whose, and what it may do. */
export interface GithubRoleProps {
  readonly roleName: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The end of the token's subject, such as `environment:production` or `pull_request`. */
  readonly subject: string;
  readonly policy: IManagedPolicy;
}

/**
 * Makes a role that jobs of one repository assume with their OIDC token, when the token's subject is exactly the given one.
 *
 * @source https://docs.github.com/actions/concepts/security/openid-connect (subject claims)
 */
export function githubRole(scope: Construct, id: string, props: GithubRoleProps): Role {
  return new Role(scope, id, {
    roleName: props.roleName,
    description: `What jobs of ${props.repository} may do, ${props.subject}`,
    managedPolicies: [props.policy],
    maxSessionDuration: Duration.hours(1),
    assumedBy: new FederatedPrincipal(
      githubProviderArn(scope),
      { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: `repo:${props.repository}:${props.subject}` } },
      'sts:AssumeRoleWithWebIdentity',
    ),
  });
}
