import { isOpen, toText } from '../assembly/evaluate.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { ObjectPresence } from '../readings.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { close } from './live.ts';
import { toPart } from './properties.ts';
import { isOfRun, isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether code and definitions that lie in S3, and are not published by this run, are there. Old versions are not looked for.
 *
 * @source https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html
 */
export const codeObjects: Check = {
  name: 'code in S3',
  tier: 'read',
  judge: (facts, ask) =>
    toTouched(toAsked(facts.templates), (type) => uses.has(type)).flatMap((touched) =>
      judgeUse(touched, uses.get(touched.type), facts, ask),
    ),
};

/** Where a resource names its object: property, and in it bucket and key. */
type Use = readonly [property: string, bucket: string, key: string, version: string];
const uses: ReadonlyMap<string, Use> = new Map<string, Use>([
  ['AWS::Lambda::Function', ['Code', 'S3Bucket', 'S3Key', 'S3ObjectVersion']],
  ['AWS::Lambda::LayerVersion', ['Content', 'S3Bucket', 'S3Key', 'S3ObjectVersion']],
  ['AWS::StepFunctions::StateMachine', ['DefinitionS3Location', 'Bucket', 'Key', 'Version']],
  ['AWS::ApiGateway::RestApi', ['BodyS3Location', 'Bucket', 'Key', 'Version']],
]);

/** Only Lambda takes nothing from buckets of other regions. */
const ofRegion: ReadonlySet<string> = new Set(['AWS::Lambda::Function', 'AWS::Lambda::LayerVersion']);

function judgeUse(touched: Touched, use: Use | undefined, { assembly, templates }: Facts, ask: Ask): readonly Finding[] {
  if (!use || !isPropertyTouched(touched, use[0])) return [];
  const { facts, place, properties } = touched;
  if (toPart(properties, `${use[0]}.${use[3]}`) !== undefined) return [];
  const bucket = toText(close(toPart(properties, `${use[0]}.${use[1]}`), facts, ask));
  const key = toText(close(toPart(properties, `${use[0]}.${use[2]}`), facts, ask));
  if (!bucket || !key) return [];
  const isAsset = assembly.stacks.some((s) => s.assets.some((a) => key.includes(a.id)));
  if (isAsset || isOfRun(templates, 'AWS::S3::Bucket', bucket) || isFilled(bucket, templates)) return [];
  return judgeAnswer(ask(facts.at, 'object', { bucket, key }), `s3://${bucket}/${key}`, place, (presence) =>
    presence === 'present' || (presence === 'elsewhere' && !ofRegion.has(touched.type))
      ? []
      : [finding('PF281', `s3://${bucket}/${key}: ${absences[presence]}.`, place)],
  );
}

/** Says whether a construct of the CDK puts objects into a bucket in this run, as far as nobody can rule it out. */
const isFilled = (bucket: string, templates: Facts['templates']): boolean =>
  templates.some((s) =>
    s.resources.some(
      ({ type, properties: { DestinationBucketName: to } }) => type === 'Custom::CDKBucketDeployment' && (isOpen(to) || to === bucket),
    ),
  );

const absences: Readonly<Record<Exclude<ObjectPresence, 'present'>, string>> = {
  absent: 'the bucket has no such object',
  bucketless: 'there is no such bucket',
  elsewhere: 'the bucket is in another region than the stack',
};
