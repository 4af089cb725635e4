import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

const isNoQuota = (e: Error): boolean => toErrorName(e) === 'NoSuchResourceException';

/** Makes the readings of what an account has room for; each service's client is loaded when it is first asked. */
export function createLimitReadings(config: ClientConfig): Pick<Readings, 'quota' | 'regions' | 'unreservedConcurrency' | 'logPolicies'> {
  const settings = { ...clientDefaults, ...config };
  const quotas = once(async () => {
    const sdk = await import('@aws-sdk/client-service-quotas');
    return { sdk, client: new sdk.ServiceQuotasClient(settings) };
  });
  return {
    quota: async ({ service, code }) => {
      const question = { ServiceCode: service, QuotaCode: code };
      const resource = `${service} ${code}`;
      const applied = await ask(
        'servicequotas:GetServiceQuota',
        resource,
        async () => {
          const { sdk, client } = await quotas();
          return toQuota((await client.send(new sdk.GetServiceQuotaCommand(question))).Quota);
        },
        isNoQuota,
      );
      if (applied.kind === 'unknown' || applied.value) return applied;
      return ask(
        'servicequotas:GetAWSDefaultServiceQuota',
        resource,
        async () => {
          const { sdk, client } = await quotas();
          return toQuota((await client.send(new sdk.GetAWSDefaultServiceQuotaCommand(question))).Quota);
        },
        isNoQuota,
      );
    },
    regions: () =>
      ask('ec2:DescribeRegions', '*', async () => {
        const { DescribeRegionsCommand, EC2Client } = await import('@aws-sdk/client-ec2');
        const { Regions = [] } = await new EC2Client(settings).send(new DescribeRegionsCommand({ AllRegions: true }));
        return new Map(Regions.map((r) => [r.RegionName ?? '', r.OptInStatus !== 'not-opted-in']));
      }),
    unreservedConcurrency: () =>
      ask('lambda:GetAccountSettings', '*', async () => {
        const { GetAccountSettingsCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
        return (await new LambdaClient(settings).send(new GetAccountSettingsCommand({}))).AccountLimit?.UnreservedConcurrentExecutions;
      }),
    logPolicies: () =>
      ask('logs:DescribeResourcePolicies', '*', async () => {
        const { CloudWatchLogsClient, DescribeResourcePoliciesCommand } = await import('@aws-sdk/client-cloudwatch-logs');
        // One page holds fifty: five times as many as there can be.
        const { resourcePolicies = [] } = await new CloudWatchLogsClient(settings).send(new DescribeResourcePoliciesCommand({ limit: 50 }));
        return resourcePolicies.map((p) => p.policyName ?? '');
      }),
  };
}

const toQuota = (quota: { QuotaName?: string | undefined; Value?: number | undefined } | undefined) =>
  quota?.Value === undefined ? undefined : { name: quota.QuotaName ?? '', value: quota.Value };
