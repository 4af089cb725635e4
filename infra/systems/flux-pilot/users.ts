import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib/core';
import { AccountRecovery, Mfa, OAuthScope, UserPool, UserPoolDomain, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Blueprint } from './blueprint.ts';
import { toWord } from './service-names.ts';

/** Those who may sign in, the client that the website signs in with, and the sign-in page's domain. */
export interface Users {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly domain: UserPoolDomain;
}

/** Makes the users of an environment, with the rules of its profile. */
export function makeUsers(scope: Construct, blueprint: Blueprint): Users {
  const pool = makePool(scope, blueprint);
  const { settings, data, names } = blueprint;
  const client = pool.addClient('WebClient', {
    userPoolClientName: names.webClient,
    authFlows: { userSrp: true },
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: settings.allowedOrigins.map((origin) => `${origin}${settings.callbackPath}`),
      logoutUrls: settings.allowedOrigins.map((origin) => `${origin}${settings.signOutPath}`),
    },
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(data.users.refreshTokenDays),
  });
  return { pool, client, domain: pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: settings.signInDomain } }) };
}

function makePool(scope: Construct, { request, profile, names }: Blueprint): UserPool {
  const required = profile.mfa === 'REQUIRED';
  const { minLength, lowercase, uppercase, digits, symbols, temporaryDays } = profile.passwords;
  const pool = new UserPool(scope, 'Users', {
    userPoolName: names.users,
    removalPolicy: RemovalPolicy.RETAIN,
    deletionProtection: request.protected,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    // The CDK writes the text OFF or ON; a bare OFF in YAML would be a boolean, which CloudFormation refuses.
    mfa: required ? Mfa.REQUIRED : Mfa.OFF,
    // Codes by text message would need a role that may send to every number.
    ...(required ? { mfaSecondFactor: { otp: true, sms: false } } : {}),
    enableSmsRole: false,
    passwordPolicy: {
      minLength,
      requireLowercase: lowercase,
      requireUppercase: uppercase,
      requireDigits: digits,
      requireSymbols: symbols,
      tempPasswordValidity: Duration.days(temporaryDays),
    },
  });
  Tags.of(pool).add('Service', `Flux-Systems-${toWord(request.environment)}`);
  return pool;
}
