import type { ECSClient, Service } from '@aws-sdk/client-ecs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { ServiceCode } from '../code.ts';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';
import { describeTasks } from './tasks.ts';

type CodeReadings = Pick<Readings, 'serviceCode' | 'taskDefinition' | 'runningTasks' | 'functionCode' | 'functionAliases' | 'functionTags'>;

const isWithoutCluster = (e: Error): boolean => toErrorName(e) === 'ClusterNotFoundException';
const isWithoutFunction = (e: Error): boolean => toErrorName(e) === 'ResourceNotFoundException';

/** ECS has no error of its own for a revision that is not there. */
const isWithoutRevision = (e: Error): boolean => toErrorName(e) === 'ClientException' && /unable to describe|not found/i.test(e.message);

/** Makes the readings of the code that services and functions run. */
export function createCodeReadings(config: ClientConfig): CodeReadings {
  return { ...createServiceReadings(config), ...createFunctionCodeReadings(config) };
}

function createServiceReadings(config: ClientConfig): Pick<CodeReadings, 'serviceCode' | 'taskDefinition' | 'runningTasks'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-ecs');
    const client: ECSClient = new sdk.ECSClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    serviceCode: ({ cluster, service }) =>
      ask(
        'ecs:DescribeServices',
        `${cluster}/${service}`,
        async () => {
          const { sdk, client } = await load();
          const { services: [found] = [] } = await client.send(new sdk.DescribeServicesCommand({ cluster, services: [service] }));
          return found && found.status !== 'INACTIVE' ? toServiceCode(found) : undefined;
        },
        isWithoutCluster,
      ),
    taskDefinition: ({ arn }) =>
      ask(
        'ecs:DescribeTaskDefinition',
        arn,
        async () => {
          const { sdk, client } = await load();
          const command = new sdk.DescribeTaskDefinitionCommand({ taskDefinition: arn, include: ['TAGS'] });
          const { taskDefinition, tags = [] } = await client.send(command);
          return {
            containers: (taskDefinition?.containerDefinitions ?? []).map(({ name = '', image = '' }) => ({ name, image })),
            registeredMs: taskDefinition?.registeredAt?.getTime() ?? 0,
            tags: Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value])),
          };
        },
        isWithoutRevision,
      ),
    runningTasks: ({ cluster, service }) =>
      ask(
        'ecs:ListTasks',
        `${cluster}/${service}`,
        async () => {
          const found = await describeTasks(await load(), { cluster, serviceName: service, desiredStatus: 'RUNNING' });
          return found.map(({ taskDefinitionArn: taskDefinition = '', containers = [] }) => ({
            taskDefinition,
            containers: containers.map(({ name = '', image = '', imageDigest: digest = '' }) => ({ name, image, digest })),
          }));
        },
        isWithoutCluster,
      ),
  };
}

const toServiceCode = (s: Service): ServiceCode => ({
  arn: s.serviceArn ?? '',
  status: s.status ?? '',
  controller: s.deploymentController?.type ?? 'ECS',
  strategy: s.deploymentConfiguration?.strategy ?? 'ROLLING',
  hasBreaker: s.deploymentConfiguration?.deploymentCircuitBreaker?.enable === true,
  taskDefinition: s.taskDefinition ?? '',
  desired: s.desiredCount ?? 0,
  running: s.runningCount ?? 0,
  deployments: (s.deployments ?? []).map((d) => ({
    status: d.status ?? '',
    taskDefinition: d.taskDefinition ?? '',
    rollout: d.rolloutState ?? '',
    reason: d.rolloutStateReason ?? '',
    failed: d.failedTasks ?? 0,
  })),
});

function createFunctionCodeReadings(config: ClientConfig): Pick<CodeReadings, 'functionCode' | 'functionAliases' | 'functionTags'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-lambda');
    const client: LambdaClient = new sdk.LambdaClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    functionCode: ({ name }) =>
      ask(
        'lambda:GetFunctionConfiguration',
        name,
        async () => {
          const { sdk, client } = await load();
          const f = await client.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: name }));
          return {
            arn: f.FunctionArn ?? '',
            state: f.State ?? '',
            update: f.LastUpdateStatus ?? '',
            reason: f.LastUpdateStatusReason ?? f.StateReason ?? '',
            revision: f.RevisionId ?? '',
            sha256: f.CodeSha256 ?? '',
            packageType: f.PackageType ?? 'Zip',
            runtime: f.Runtime ?? '',
            handler: f.Handler ?? '',
          };
        },
        isWithoutFunction,
      ),
    functionAliases: ({ name }) =>
      ask(
        'lambda:ListAliases',
        name,
        async () => {
          const { sdk, client } = await load();
          const found = [];
          for await (const page of sdk.paginateListAliases({ client }, { FunctionName: name })) found.push(...(page.Aliases ?? []));
          return found.map((a) => ({
            name: a.Name ?? '',
            version: a.FunctionVersion ?? '',
            revision: a.RevisionId ?? '',
            isShifting: Object.keys(a.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0,
          }));
        },
        isWithoutFunction,
      ),
    functionTags: ({ arn }) =>
      ask(
        'lambda:ListTags',
        arn,
        async () => {
          const { sdk, client } = await load();
          return (await client.send(new sdk.ListTagsCommand({ Resource: arn }))).Tags ?? {};
        },
        isWithoutFunction,
      ),
  };
}
