import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { made } from './action-documents.ts';

/** Types that only look like it: their name counts within something else, makes a version, or names what AWS has anyway. */
const others: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::Model',
  'AWS::Batch::JobDefinition',
  'AWS::EC2::SqlHaStandbyDetectedInstance',
  'AWS::IoTWireless::PartnerAccount',
  'AWS::Scheduler::Schedule',
  'AWS::SecurityHub::SecurityControl',
]);

/**
 * Gives the module of the types whose primary identifier is a name that the template gives, as text.
 *
 * An identifier that names another resource, as that of a bucket policy does, is none: the property has to be called after its
 * own type. A policy by a name of its own is written over an older one, so none of them are here.
 */
export async function toOwnNames(): Promise<string> {
  const db = await loadAwsServiceSpec();
  const rows = db.all('resource').flatMap(({ cloudFormationType: type, primaryIdentifier = [], properties }) => {
    const [property = ''] = primaryIdentifier;
    const found = primaryIdentifier.length === 1 ? properties[property] : undefined;
    const isName = found?.type.type === 'string' && found.causesReplacement === 'yes' && isOwn(type, property);
    return isName ? [`  '${type}': '${property}',`] : [];
  });
  return `/**
 * The property that names a resource, for the types that it identifies: no two have one, and Cloud Control finds them by it.
 *
 * ${made('the schemas of CloudFormation')}
 */
export const ownNames: Readonly<Record<string, string>> = {
${rows.sort().join('\n')}
};
`;
}

function isOwn(type: string, property: string): boolean {
  const kind = type.split('::')[2] ?? '';
  if (others.has(type) || kind.endsWith('Policy')) return false;
  const stem = property.replace(/(Name|Identifier|Id)$/, '');
  return kind.endsWith(stem) || stem.endsWith(kind);
}
