import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

/** Gives the source of the set of resource types that hold data, by the service specification of the CDK. */
export function toStatefulTypes(): string {
  const types = loadAwsServiceSpecSync()
    .all('resource')
    .filter((r) => r.isStateful)
    .map((r) => r.cloudFormationType)
    .sort();
  return [
    '// Made from the database of @aws-cdk/aws-service-spec by npm run generate.',
    '',
    '/** The resource types that hold data: what they held is lost with them. */',
    'export const statefulTypes: ReadonlySet<string> = new Set([',
    ...types.map((type) => `  '${type}',`),
    ']);',
    '',
  ].join('\n');
}
