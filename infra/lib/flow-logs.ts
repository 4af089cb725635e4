import { RemovalPolicy } from 'aws-cdk-lib/core';
import { FlowLogDestination, FlowLogTrafficType, type Vpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { LogRetentionDays } from '../environments/log-retention.ts';

/** How long flows are kept, and whether they stay when their stack goes. */
export interface FlowLogsProps {
  readonly retentionDays: LogRetentionDays;
  readonly keepAfterStack: boolean;
}

/** Logs every flow of a network, refused ones too. */
export function logFlows(scope: Construct, vpc: Vpc, { retentionDays, keepAfterStack }: FlowLogsProps): void {
  const logGroup = new LogGroup(scope, 'Flows', {
    retention: retentionDays,
    removalPolicy: keepAfterStack ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  vpc.addFlowLog('Flows', { destination: FlowLogDestination.toCloudWatchLogs(logGroup), trafficType: FlowLogTrafficType.ALL });
}
