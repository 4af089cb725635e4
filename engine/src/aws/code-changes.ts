import type { ECSClient, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import type { LambdaClient, UpdateFunctionCodeCommandInput } from '@aws-sdk/client-lambda';
import type { Answer } from '../answer.ts';
import { noteTag, type CodeChanges, type FunctionPackage } from '../code.ts';
import { once } from '../once.ts';
import { download } from './download.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** How long fetching the code of a function may take, in milliseconds. */
const downloadMs = 120_000;

type ServiceChanges = Pick<CodeChanges, 'revise' | 'release' | 'setBreaker'>;
type FunctionChanges = Omit<CodeChanges, keyof ServiceChanges>;

/** Makes the port that changes the code of services and functions. */
export const createCodeChanges = (config: ClientConfig): CodeChanges => ({
  ...createServiceChanges(config),
  ...createFunctionChanges(config),
});

function createServiceChanges(config: ClientConfig): ServiceChanges {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-ecs');
    const client: ECSClient = new sdk.ECSClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    revise: ({ taskDefinition: former, images, note }) =>
      ask('ecs:RegisterTaskDefinition', former, async () => {
        const { sdk, client } = await load();
        const found = await client.send(new sdk.DescribeTaskDefinitionCommand({ taskDefinition: former, include: ['TAGS'] }));
        const tags = (found.tags ?? []).filter(({ key = '' }) => key !== noteTag && !key.startsWith('aws:'));
        const input = toRegistration(found.taskDefinition ?? {}, images);
        const made = await client.send(new sdk.RegisterTaskDefinitionCommand({ ...input, tags: [...tags, { key: noteTag, value: note }] }));
        return made.taskDefinition?.taskDefinitionArn ?? '';
      }),
    release: ({ cluster, service, taskDefinition }) =>
      ask('ecs:UpdateService', `${cluster}/${service}`, async () => {
        const { sdk, client } = await load();
        await client.send(new sdk.UpdateServiceCommand({ cluster, service, taskDefinition }));
      }),
    // The whole configuration is sent: what is left out of it is not promised to stay.
    setBreaker: ({ cluster, service, isOn }) =>
      ask('ecs:UpdateService', `${cluster}/${service}`, async () => {
        const { sdk, client } = await load();
        const { services: [found] = [] } = await client.send(new sdk.DescribeServicesCommand({ cluster, services: [service] }));
        const deploymentCircuitBreaker = { enable: isOn, rollback: isOn };
        const deploymentConfiguration = { ...found?.deploymentConfiguration, deploymentCircuitBreaker };
        await client.send(new sdk.UpdateServiceCommand({ cluster, service, deploymentConfiguration }));
      }),
  };
}

/** What ECS tells of a revision and takes of none. */
const told: ReadonlySet<string> = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]);

function toRegistration(found: object, images: Readonly<Record<string, string>>): RegisterTaskDefinitionCommandInput {
  const kept = Object.fromEntries(Object.entries(found).filter(([key]) => !told.has(key))) as unknown as RegisterTaskDefinitionCommandInput;
  const containerDefinitions = (kept.containerDefinitions ?? []).map((c) => ({ ...c, image: images[c.name ?? ''] ?? c.image }));
  return { ...kept, containerDefinitions };
}

/** A write that found another revision than it was told to. */
const isChanged = (e: Error): boolean => toErrorName(e) === 'PreconditionFailedException';

async function orChanged<T>(asking: Promise<Answer<T | undefined>>): Promise<Answer<T | 'changed'>> {
  const answer = await asking;
  return answer.kind === 'known' ? { kind: 'known', value: answer.value ?? 'changed' } : answer;
}

function createFunctionChanges(config: ClientConfig): FunctionChanges {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-lambda');
    const client: LambdaClient = new sdk.LambdaClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    packageOf: ({ name }) =>
      ask('lambda:GetFunction', name, async (): Promise<FunctionPackage> => {
        const { sdk, client } = await load();
        const { Code } = await client.send(new sdk.GetFunctionCommand({ FunctionName: name }));
        if (Code?.ImageUri) return { kind: 'image', uri: Code.ResolvedImageUri ?? Code.ImageUri };
        return { kind: 'zip', bytes: await download(Code?.Location ?? '', downloadMs) };
      }),
    replace: ({ name, code, revision }) =>
      orChanged(
        ask(
          'lambda:UpdateFunctionCode',
          name,
          async () => {
            const { sdk, client } = await load();
            const input = { FunctionName: name, ...toCode(code), ...(revision ? { RevisionId: revision } : {}) };
            const { CodeSha256 = '' } = await client.send(new sdk.UpdateFunctionCodeCommand(input));
            return { sha256: CodeSha256 };
          },
          isChanged,
        ),
      ),
    publish: ({ name, sha256, note }) =>
      ask('lambda:PublishVersion', name, async () => {
        const { sdk, client } = await load();
        const { Version = '' } = await client.send(
          new sdk.PublishVersionCommand({ FunctionName: name, CodeSha256: sha256, Description: note }),
        );
        return Version;
      }),
    shift: ({ name, alias, version, revision }) =>
      orChanged(
        ask(
          'lambda:UpdateAlias',
          `${name}:${alias}`,
          async () => {
            const { sdk, client } = await load();
            const input = { FunctionName: name, Name: alias, FunctionVersion: version, ...(revision ? { RevisionId: revision } : {}) };
            await client.send(new sdk.UpdateAliasCommand(input));
            return 'shifted' as const;
          },
          isChanged,
        ),
      ),
    note: ({ arn, text }) =>
      text === undefined
        ? ask('lambda:UntagResource', arn, async () => {
            const { sdk, client } = await load();
            await client.send(new sdk.UntagResourceCommand({ Resource: arn, TagKeys: [noteTag] }));
          })
        : ask('lambda:TagResource', arn, async () => {
            const { sdk, client } = await load();
            await client.send(new sdk.TagResourceCommand({ Resource: arn, Tags: { [noteTag]: text } }));
          }),
  };
}

function toCode(code: FunctionPackage): Omit<UpdateFunctionCodeCommandInput, 'FunctionName'> {
  switch (code.kind) {
    case 'image':
      return { ImageUri: code.uri };
    case 'object':
      return { S3Bucket: code.bucket, S3Key: code.key };
    case 'zip':
      return { ZipFile: code.bytes };
  }
}
