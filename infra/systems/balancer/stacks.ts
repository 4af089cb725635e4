import type { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createApp } from '../../lib/app.ts';
import { refuseBadNames } from '../../lib/literal-names.ts';
import type { Blueprint } from './blueprint.ts';
import { CertificateStack } from './certificate-stack.ts';
import { ComputeStack } from './compute-stack.ts';
import { DatabaseStack } from './database-stack.ts';
import { HostedZoneStack } from './hosted-zone-stack.ts';
import { LogForwarderStack } from './log-forwarder-stack.ts';
import { MonitoringStack } from './monitoring-stack.ts';
import { NetworkingStack } from './networking-stack.ts';
import { S3Stack } from './s3-stack.ts';
import { SecretsStack } from './secrets-stack.ts';
import { SecurityStack } from './security-stack.ts';
import { SqsStack } from './sqs-stack.ts';
import { dependencies, type StackId } from './stack-names.ts';
import { WafStack } from './waf-stack.ts';

const classes: Readonly<Record<StackId, new (scope: Construct, blueprint: Blueprint) => Stack>> = {
  networking: NetworkingStack,
  security: SecurityStack,
  s3: S3Stack,
  sqs: SqsStack,
  secrets: SecretsStack,
  'hosted-zone': HostedZoneStack,
  database: DatabaseStack,
  certificate: CertificateStack,
  waf: WafStack,
  compute: ComputeStack,
  monitoring: MonitoringStack,
  'log-forwarder': LogForwarderStack,
};

/**
 * Builds the twelve stacks and writes their cloud assembly into the blueprint's `outdir`.
 *
 * The stacks refer to each other by the names of exports alone; the dependencies only tell the order.
 *
 * @throws Error that lists every name in the stacks that is not allowed.
 */
export function synthesizeStacks(blueprint: Blueprint): void {
  const { request, data } = blueprint;
  const app = createApp(request, {
    system: 'balancer',
    environment: request.environment,
    owner: data.owner,
    'cost-centre': data.costCentre,
  });
  const made = Object.fromEntries(Object.entries(classes).map(([id, make]) => [id, new make(app, blueprint)])) as Record<StackId, Stack>;
  for (const [id, needed] of Object.entries(dependencies))
    for (const other of needed) made[id as StackId].addStackDependency(made[other], `${id} imports what ${other} exports`);
  refuseBadNames(app);
  app.synth();
}
