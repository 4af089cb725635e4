import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
  paginateDescribeStackResourceDrifts,
} from '@aws-sdk/client-cloudformation';
import type { DriftDetector, ResourceDrift } from '../drift.ts';
import { ask, clientDefaults, type ClientConfig } from './call.ts';

/** Makes the port that lets CloudFormation compare stacks with what is there. */
export function createDriftDetector(config: ClientConfig): DriftDetector {
  const client = new CloudFormationClient({ ...clientDefaults, ...config });
  return {
    start: ({ stack }) =>
      ask('cloudformation:DetectStackDrift', stack, async () => {
        const { StackDriftDetectionId = '' } = await client.send(new DetectStackDriftCommand({ StackName: stack }));
        return StackDriftDetectionId;
      }),
    status: ({ id }) =>
      ask('cloudformation:DescribeStackDriftDetectionStatus', id, async () => {
        const { DetectionStatus: status, DetectionStatusReason: reason = '' } = await client.send(
          new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }),
        );
        if (status === 'DETECTION_IN_PROGRESS') return { kind: 'running' };
        return status === 'DETECTION_COMPLETE' ? { kind: 'done' } : { kind: 'partly', reason };
      }),
    drifted: ({ stack }) => ask('cloudformation:DescribeStackResourceDrifts', stack, () => listDrifted(client, stack)),
  };
}

async function listDrifted(client: CloudFormationClient, stack: string): Promise<readonly ResourceDrift[]> {
  const found: ResourceDrift[] = [];
  const only = { StackName: stack, StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'] satisfies ResourceDrift['status'][] };
  for await (const page of paginateDescribeStackResourceDrifts({ client }, only)) {
    for (const d of page.StackResourceDrifts ?? []) {
      const { StackResourceDriftStatus: status } = d;
      if (status !== 'MODIFIED' && status !== 'DELETED') continue;
      found.push({
        logicalId: d.LogicalResourceId ?? '',
        type: d.ResourceType ?? '',
        physicalId: d.PhysicalResourceId ?? '',
        status,
        differences: (d.PropertyDifferences ?? []).map((p) => ({
          path: p.PropertyPath ?? '',
          expected: p.ExpectedValue ?? '',
          actual: p.ActualValue ?? '',
        })),
      });
    }
  }
  return found;
}
