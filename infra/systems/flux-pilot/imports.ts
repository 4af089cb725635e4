import { Fn } from 'aws-cdk-lib/core';
import type { Blueprint } from './blueprint.ts';
import type { ExportId } from './export-names.ts';

/** Where functions run: outside of any VPC, or in subnets with a security group. */
export interface FunctionNetwork {
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

/** Gives what the base stack exports, as the application's templates import it by name. */
export function importFrom({ exports }: Blueprint, id: ExportId): string {
  return Fn.importValue(exports[id]);
}

/** Gives the variables by which every promoted function finds its database, its users and its pages; none of them is secret. */
export function toVariables(blueprint: Blueprint): Readonly<Record<string, string>> {
  return {
    DB_HOST: importFrom(blueprint, 'databaseEndpoint'),
    DB_PORT: importFrom(blueprint, 'databasePort'),
    DB_NAME: importFrom(blueprint, 'databaseName'),
    DB_SECRET_ARN: importFrom(blueprint, 'databaseSecretArn'),
    USER_POOL_ID: importFrom(blueprint, 'userPoolId'),
    USER_POOL_CLIENT_ID: importFrom(blueprint, 'userPoolClientId'),
    USER_POOL_DOMAIN: importFrom(blueprint, 'userPoolDomain'),
    ALLOWED_ORIGINS: blueprint.settings.allowedOrigins.join(','),
  };
}

/** Gives the network of the functions that reach the database; nothing where the database is in the default VPC. */
export function toFunctionNetwork(blueprint: Blueprint): FunctionNetwork | undefined {
  if (blueprint.profile.network.kind === 'default-vpc') return undefined;
  const { zones } = blueprint.profile.network;
  const ids = importFrom(blueprint, 'functionSubnetIds');
  return {
    subnetIds: Array.from({ length: zones }, (_, index) => Fn.select(index, Fn.split(',', ids))),
    securityGroupIds: [importFrom(blueprint, 'functionSecurityGroupId')],
  };
}
