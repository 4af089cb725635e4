import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { monitoringFunctions, type MonitoringFunction } from '../../environments/monitoring.ts';
import { allow } from '../../lib/allow.ts';
import { forAccount, serviceKey } from '../../lib/service-key.ts';
import { toStackProps } from '../../lib/stack-props.ts';
import type { Blueprint } from './blueprint.ts';

/**
 * The keys, and the roles of the functions.
 *
 * They know none of their users: no stack is named here, so every other stack may depend on this one and none is needed by it.
 * What a role may do with the data of another stack is added by the integrations.
 */
export class SecurityStack extends Stack {
  readonly dataKey: Key;
  readonly logKey: Key;
  readonly messageKey: Key;
  readonly roles: Readonly<Record<MonitoringFunction, Role>>;

  constructor(scope: Construct, id: string, blueprint: Blueprint) {
    super(scope, id, toStackProps(blueprint.request, 'Monitoring: keys and roles'));
    Tags.of(this).add('stack', id);
    const { names } = blueprint;
    this.dataKey = serviceKey(this, 'DataKey', { alias: names.dataKey, description: 'Log files and tables of monitoring', services: [] });
    const groups = `arn:${this.partition}:logs:${this.region}:${this.account}:log-group:*`;
    this.logKey = serviceKey(this, 'LogKey', {
      alias: names.logKey,
      description: 'Logs of the functions and of the API of monitoring',
      services: [
        { principal: `logs.${this.region}.amazonaws.com`, conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } } },
      ],
    });
    this.messageKey = serviceKey(this, 'MessageKey', {
      alias: names.messageKey,
      description: 'Queues and topics of monitoring',
      services: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'].map((principal) => ({
        principal,
        conditions: forAccount(this),
      })),
    });
    const roles = monitoringFunctions.map((name) => [name, makeRole(this, name, blueprint)]);
    this.roles = Object.fromEntries(roles) as Record<MonitoringFunction, Role>;
    new CfnOutput(this, 'DataKeyArn', { value: this.dataKey.keyArn, description: 'Key of the log files and tables' });
  }
}

function makeRole(scope: Stack, name: MonitoringFunction, { request, roles, functions }: Blueprint): Role {
  const role = new Role(scope, `${name}-role`, {
    roleName: roles[name],
    description: `What the function ${functions[name]} may do`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  // Traces are no resources.
  allow(role, ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']);
  // Lambda makes the network interfaces with the role of the function, and asks for them before they have an id.
  const interfaces = [
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ];
  allow(role, interfaces, ['*']);
  const { partition, region, account } = scope;
  const own = `arn:${partition}:lambda:${region}:${account}:function:monitoring-*-${request.environment}`;
  // The code itself may not: only Lambda on its behalf.
  role.addToPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: interfaces,
      resources: ['*'],
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': own } },
    }),
  );
  return role;
}
