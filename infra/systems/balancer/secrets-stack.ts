import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { serviceKey } from '../../lib/service-key.ts';
import { BalancerStack } from './balancer-stack.ts';
import type { Blueprint } from './blueprint.ts';

/** The user that owns the database. */
const databaseUser = 'balancer';

/** The configuration of the services: secrets that no template holds, and feature flags that anybody may see. */
export class SecretsStack extends BalancerStack {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, 'secrets', blueprint, 'secrets and feature flags');
    const { names, settings, request } = blueprint;
    const encryptionKey = serviceKey(this, 'Key', {
      alias: names.secretsKey,
      description: 'Secrets and API keys of balancer',
      services: [],
    });
    const shared = { encryptionKey, removalPolicy: RemovalPolicy.RETAIN };
    const config = new Secret(this, 'Config', {
      ...shared,
      secretName: names.configSecret,
      description: 'Configuration of the services; what stands here by hand stays',
      generateSecretString: { secretStringTemplate: JSON.stringify({ environment: request.environment }), generateStringKey: 'appSecret' },
    });
    const database = new Secret(this, 'DatabaseCredentials', {
      ...shared,
      secretName: names.databaseSecret,
      description: 'User and password of the database',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: databaseUser }),
        generateStringKey: 'password',
        passwordLength: 40,
        // RDS refuses / @ " and spaces; the others would have to be written otherwise in an address.
        excludePunctuation: true,
      },
    });
    for (const [flag, isOn] of Object.entries(settings.featureFlags))
      new StringParameter(this, `flag-${flag}`, {
        parameterName: `${names.parameters}/feature-flags/${flag}`,
        description: `Whether ${flag} is on`,
        stringValue: String(isOn),
      });
    this.give('configSecretArn', config.secretArn, 'Secret with the configuration of the services');
    this.give('databaseSecretArn', database.secretArn, 'Secret with the user and the password of the database');
    this.give('secretsKeyArn', encryptionKey.keyArn, 'Key of the secrets, and of API keys in the parameter store');
  }
}
