import type { RDSClient } from '@aws-sdk/client-rds';
import { once } from '../once.ts';
import type { Readings, UpgradeTarget } from '../readings.ts';
import { ask, clientDefaults, type ClientConfig } from './call.ts';

/** Makes the readings of what RDS offers. */
export function createDatabaseReadings(config: ClientConfig): Pick<Readings, 'engineVersions' | 'databaseZones'> {
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-rds');
    const client: RDSClient = new sdk.RDSClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    engineVersions: ({ engine }) =>
      ask('rds:DescribeDBEngineVersions', engine, async () => {
        const { sdk, client } = await load();
        const found = new Map<string, readonly UpgradeTarget[]>();
        for await (const page of sdk.paginateDescribeDBEngineVersions({ client }, { Engine: engine })) {
          for (const { EngineVersion: version = '', ValidUpgradeTarget: targets = [] } of page.DBEngineVersions ?? [])
            found.set(
              version,
              targets.map((t) => ({ version: t.EngineVersion ?? '', isMajor: t.IsMajorVersionUpgrade ?? false })),
            );
        }
        return found;
      }),
    databaseZones: ({ engine, instanceClass, version }) =>
      ask('rds:DescribeOrderableDBInstanceOptions', instanceClass, async () => {
        const { sdk, client } = await load();
        const found = new Set<string>();
        const input = { Engine: engine, DBInstanceClass: instanceClass, EngineVersion: version };
        for await (const page of sdk.paginateDescribeOrderableDBInstanceOptions({ client }, input)) {
          for (const zone of (page.OrderableDBInstanceOptions ?? []).flatMap((o) => o.AvailabilityZones ?? [])) found.add(zone.Name ?? '');
        }
        return [...found].filter(Boolean).sort();
      }),
  };
}
