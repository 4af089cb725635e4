const rows = {
  databaseEndpoint: 'DB-Endpoint',
  databasePort: 'DB-Port',
  databaseName: 'DB-Name',
  userPoolId: 'UserPool-ID',
  userPoolClientId: 'UserPoolClient-ID',
  userPoolArn: 'UserPool-ARN',
  userPoolDomain: 'UserPoolDomain',
  /** Where the password is, never the password. */
  databaseSecretArn: 'DB-Secret-ARN',
  /** Only of a private network: joined by commas. */
  functionSubnetIds: 'Function-Subnet-IDs',
  /** Only of a private network. */
  functionSecurityGroupId: 'Function-SecurityGroup-ID',
} as const;

/** The id of one of the base stack's exports. */
export type ExportId = keyof typeof rows;

/** Gives the names under which the base stack of an environment exports what the application needs. */
export function exportNames(environment: string): Readonly<Record<ExportId, string>> {
  return Object.fromEntries(Object.entries(rows).map(([id, name]) => [id, `${environment}-${name}`])) as Record<ExportId, string>;
}
