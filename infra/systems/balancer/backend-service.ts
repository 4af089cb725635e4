import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SubnetType, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LogDriver,
  OperatingSystemFamily,
  PropagatedTagSource,
  type ICluster,
  type ScalableTaskCount,
} from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { BalancerService } from '../../environments/balancer.ts';
import { attachPolicy } from '../../lib/attach-policy.ts';
import type { Blueprint } from './blueprint.ts';
import { apiPort } from './ports.ts';
import { logGroupName, queueName, serviceName } from './part-names.ts';
import type { TaskSources } from './task-sources.ts';

/** Where a service runs, as whom, with what, and who encrypts its log. */
export interface BackendServiceProps {
  readonly blueprint: Blueprint;
  readonly cluster: ICluster;
  readonly securityGroup: ISecurityGroup;
  readonly sources: TaskSources;
  readonly logsKey: IKey;
  /** ARN of the role of its tasks. */
  readonly role: string;
}

/**
 * One of the services; the id of the construct is its own. All run the same image, each with its command.
 *
 * New tasks take over from old ones step by step, and a deployment whose tasks do not start is taken back. There is one scheduler at
 * most at any time: the old one ends before the new one begins.
 */
export class BackendService extends Construct {
  readonly service: FargateService;
  readonly logGroup: LogGroup;
  readonly #scaling: ScalableTaskCount | undefined;

  constructor(scope: Construct, id: BalancerService, props: BackendServiceProps) {
    super(scope, id);
    const { blueprint, cluster, securityGroup } = props;
    const { environment } = blueprint.request;
    const { min, max } = blueprint.data.services[id].tasks;
    this.logGroup = this.#makeLog(id, props);
    const role = Role.fromRoleArn(this, 'Role', props.role);
    const policy = attachPolicy(this, 'Policy', role, `${id}-data`, props.sources.permissionsOf(id));
    const alone = id === 'scheduler';
    this.service = new FargateService(this, 'Service', {
      serviceName: serviceName(environment, id),
      cluster,
      taskDefinition: this.#makeTask(id, props),
      ...(min === max ? { desiredCount: min } : {}),
      assignPublicIp: false,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [securityGroup],
      circuitBreaker: { enable: true, rollback: true },
      minHealthyPercent: alone ? 0 : 100,
      maxHealthyPercent: alone ? 100 : 200,
      ...(id === 'api' ? { healthCheckGracePeriod: Duration.minutes(1) } : {}),
      propagateTags: PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
    });
    this.service.node.addDependency(policy, props.sources);
    this.#scaling = min < max ? this.service.autoScaleTaskCount({ minCapacity: min, maxCapacity: max }) : undefined;
    this.#scaling?.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    this.#scaling?.scaleOnMemoryUtilization('Memory', { targetUtilizationPercent: 75 });
    if (id === 'worker') this.#scaleOnBacklog(environment);
  }

  /** Adds tasks when each gets too many requests. */
  scaleOnRequests(targetGroup: ApplicationTargetGroup): void {
    this.#scaling?.scaleOnRequestCount('Requests', { targetGroup, requestsPerTarget: 1000 });
  }

  #scaleOnBacklog(environment: string): void {
    const metric = new Metric({
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensionsMap: { QueueName: queueName(environment, 'background-job') },
      statistic: 'Average',
      period: Duration.minutes(1),
    });
    this.#scaling?.scaleToTrackCustomMetric('Backlog', { metric, targetValue: 100 });
  }

  #makeLog(id: BalancerService, { blueprint, logsKey }: BackendServiceProps): LogGroup {
    const { data, request } = blueprint;
    return new LogGroup(this, 'Log', {
      logGroupName: logGroupName(request.environment, id),
      retention: data.logs.retentionDays,
      encryptionKey: logsKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  #makeTask(id: BalancerService, { blueprint, sources, role }: BackendServiceProps): FargateTaskDefinition {
    const { data, request, settings } = blueprint;
    const { cpu, memoryMb } = data.services[id];
    const task = new FargateTaskDefinition(this, 'Task', {
      family: serviceName(request.environment, id),
      cpu,
      memoryLimitMiB: memoryMb,
      runtimePlatform: { cpuArchitecture: CpuArchitecture.X86_64, operatingSystemFamily: OperatingSystemFamily.LINUX },
      executionRole: sources.executionRole,
      taskRole: Role.fromRoleArn(this, 'TaskRole', role, { mutable: false }),
    });
    task.addContainer(id, {
      image: sources.image,
      command: [...settings.commands[id]],
      environment: { ...sources.variablesOf(id) },
      secrets: { ...sources.secrets },
      logging: LogDriver.awsLogs({ logGroup: this.logGroup, streamPrefix: id }),
      stopTimeout: Duration.seconds(60),
      ...(id === 'api' ? { portMappings: [{ containerPort: apiPort }] } : {}),
    });
    return task;
  }
}
