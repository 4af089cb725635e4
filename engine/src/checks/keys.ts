import { toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { admitsService } from './policies.ts';
import { parseArn, toPart, toReferred } from './properties.ts';
import { isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether the KMS keys that resources name can be used, and admit CloudWatch Logs, which tries its key at once.
 *
 * Topics, queues and buckets take any key when they are made, and fail later: nothing is said of theirs.
 *
 * @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * @source https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const keys: Check = {
  name: 'KMS keys',
  tier: 'static',
  judge: ({ templates }, ask) =>
    toTouched(templates, (type) => uses.has(type)).flatMap((touched) => {
      const path = uses.get(touched.type) ?? '';
      return isPropertyTouched(touched, path.split('.')[0] ?? '') ? judgeKey(toPart(touched.properties, path), touched, ask) : [];
    }),
};

const logGroup = 'AWS::Logs::LogGroup';

/** Where a resource names the key that its service uses at once. */
const uses: ReadonlyMap<string, string> = new Map([
  [logGroup, 'KmsKeyId'],
  ['AWS::DynamoDB::Table', 'SSESpecification.KMSMasterKeyId'],
  ['AWS::RDS::DBCluster', 'KmsKeyId'],
  ['AWS::RDS::DBInstance', 'KmsKeyId'],
  ['AWS::SecretsManager::Secret', 'KmsKeyId'],
]);

function judgeKey(value: unknown, touched: Touched, ask: Ask): readonly Finding[] {
  const { facts, place, type } = touched;
  const { at } = facts;
  const made = facts.resources.find((r) => r.logicalId === toReferred(value) && r.type === 'AWS::KMS::Key');
  if (made) return judgeUse(made.logicalId, made.properties, touched);
  const arn = parseArn(value);
  const id = arn ? /^key\/(.+)$/.exec(arn.resource)?.[1] : /^(?:mrk-)?[0-9a-f-]{32,36}$/.exec(toText(value) ?? '')?.[0];
  if (!id || (arn && arn.account !== at.account)) return [];
  if (arn && arn.region !== at.region)
    return [finding('PF284', `The key ${id} is in ${arn.region}; ${type} in ${at.region} needs one of its region.`, place)];
  if (toAsked([facts]).length === 0) return [];
  return judgeAnswer(ask(at, 'resource', { type: 'AWS::KMS::Key', identifier: id }), `key ${id}`, place, (live) =>
    live ? judgeUse(id, live, touched) : [finding('PF284', `The key ${id} is not there, or will be deleted.`, place)],
  );
}

function judgeUse(key: string, properties: Readonly<Record<string, unknown>>, { type, facts, place }: Touched): readonly Finding[] {
  if (toText(properties['Enabled']) === 'false') return [finding('PF284', `The key ${key} is disabled.`, place)];
  const { region } = facts.at;
  if (type !== logGroup || admitsService(properties['KeyPolicy'], 'logs', region) !== false) return [];
  return [finding('PF285', `The policy of the key ${key} does not admit logs.${region}.amazonaws.com.`, place)];
}
