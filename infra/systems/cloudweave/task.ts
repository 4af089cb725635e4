import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, FargateTaskDefinition, LogDrivers, type LogDriver, type Secret } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ServiceSize } from '../../environments/cloudweave.ts';
import type { LogRetentionDays } from '../../environments/log-retention.ts';
import { allow } from '../../lib/allow.ts';

/** A task: its image and size, what it is told, and where its log goes. */
export interface TaskProps {
  readonly family: string;
  readonly container: string;
  readonly repository: IRepository;
  readonly tag: string;
  readonly size: ServiceSize;
  readonly port: number;
  readonly healthPath: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
  readonly key: IKey;
  readonly logs: { readonly retentionDays: LogRetentionDays; readonly keepAfterStack: boolean };
}

/** Where a task's own metrics are. */
export const metricsNamespace = 'CloudWeave';

/** Takes traces from the container beside it and hands them to X-Ray. */
const collectorImage = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3';

/** Makes the definition of a task of one container, and the collector of its traces. */
export function makeTask(scope: Construct, id: string, props: TaskProps): FargateTaskDefinition {
  const task = new FargateTaskDefinition(scope, id, { family: props.family, cpu: props.size.cpu, memoryLimitMiB: props.size.memory });
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: props.logs.retentionDays,
    encryptionKey: props.key,
    removalPolicy: props.logs.keepAfterStack ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  const logging = (streamPrefix: string): LogDriver => LogDrivers.awsLogs({ logGroup, streamPrefix });
  task.addContainer(props.container, {
    image: ContainerImage.fromEcrRepository(props.repository, props.tag),
    portMappings: [{ containerPort: props.port }],
    environment: { ...props.variables },
    secrets: { ...props.secrets },
    logging: logging(props.container),
    // The images are Alpine's; its wget fails for every other answer than a 2xx, and takes localhost for an address of IPv6.
    healthCheck: {
      command: ['CMD-SHELL', `wget -q -O /dev/null http://127.0.0.1:${props.port}${props.healthPath} || exit 1`],
      interval: Duration.seconds(30),
      timeout: Duration.seconds(5),
      retries: 2,
      startPeriod: Duration.seconds(30),
    },
  });
  task.addContainer('traces', {
    image: ContainerImage.fromRegistry(collectorImage),
    command: ['--config=/etc/ecs/ecs-xray.yaml'],
    essential: false,
    logging: logging('traces'),
  });
  letReport(task);
  return task;
}

/** Neither traces nor metrics are resources; metrics are held to the namespace. */
function letReport({ taskRole }: FargateTaskDefinition): void {
  allow(taskRole, ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']);
  allow(taskRole, ['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': metricsNamespace } });
}
