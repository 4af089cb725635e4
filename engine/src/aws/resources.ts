import type { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import { once } from '../once.ts';
import type { LiveProperties, Readings } from '../readings.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/**
 * Makes the readings of Cloud Control, which reads resources of any type by the identifier that its schema names.
 *
 * The caller needs `cloudformation:GetResource` and `cloudformation:ListResources`, and of the service what the type's own
 * read handler calls: a refusal names that.
 */
export function createResourceReadings(config: ClientConfig): Pick<Readings, 'resource' | 'resources'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-cloudcontrol');
    const client: CloudControlClient = new sdk.CloudControlClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    resource: ({ type, identifier }) =>
      ask(
        'cloudformation:GetResource',
        `${type} ${identifier}`,
        async () => {
          const { sdk, client } = await load();
          const answer = await client.send(new sdk.GetResourceCommand({ TypeName: type, Identifier: identifier }));
          return toProperties(answer.ResourceDescription?.Properties);
        },
        isNotFound,
      ),
    resources: ({ type, within }) =>
      ask('cloudformation:ListResources', type, async () => {
        const { sdk, client } = await load();
        const model = within ? { ResourceModel: JSON.stringify(within) } : {};
        const found: { identifier: string; properties: LiveProperties }[] = [];
        for await (const page of sdk.paginateListResources({ client }, { TypeName: type, ...model })) {
          for (const r of page.ResourceDescriptions ?? [])
            found.push({ identifier: r.Identifier ?? '', properties: toProperties(r.Properties) });
        }
        return found;
      }),
  };
}

const isNotFound = (e: Error): boolean => toErrorName(e) === 'ResourceNotFoundException';

const toProperties = (json: string | undefined): LiveProperties => JSON.parse(json ?? '{}') as LiveProperties;
