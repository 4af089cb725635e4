import { CfnOutput, Duration, Stack, Tags } from 'aws-cdk-lib/core';
import { AccountRecovery, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { toRetention } from '../../lib/retention.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/** Who may sign in: the user pool, and the client that the website signs in with. */
export class AuthStack extends Stack {
  readonly users: UserPool;
  readonly webClient: UserPoolClient;

  constructor(scope: Construct, id: string, blueprint: Blueprint) {
    super(scope, id, toStackProps(blueprint.request, 'Spaceport: sign-in'));
    Tags.of(this).add('stack', id);
    this.users = makeUserPool(this, blueprint);
    this.webClient = this.users.addClient('WebClient', {
      userPoolClientName: blueprint.names.webClient,
      authFlows: { userSrp: true },
      generateSecret: false,
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(blueprint.data.users.refreshTokenDays),
    });
    new CfnOutput(this, 'UserPoolId', { value: this.users.userPoolId, description: 'Id of the user pool' });
    new CfnOutput(this, 'UserPoolClientId', {
      value: this.webClient.userPoolClientId,
      description: 'Id of the client that the website signs in with',
    });
  }
}

function makeUserPool(scope: Construct, { request, data, names }: Blueprint): UserPool {
  return new UserPool(scope, 'Users', {
    userPoolName: names.users,
    removalPolicy: toRetention({ guarded: request.protected }),
    deletionProtection: request.protected,
    selfSignUpEnabled: data.users.selfSignUp,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: Mfa.OPTIONAL,
    // Codes by text message would need a role that may send to every number.
    mfaSecondFactor: { otp: true, sms: false },
    enableSmsRole: false,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
  });
}
