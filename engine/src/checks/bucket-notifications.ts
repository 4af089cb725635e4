import { isOpen, toText } from '../assembly/evaluate.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import { nameProperty } from '../names.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { admitsService } from './policies.ts';
import { parseArn, toList, toParts, toReferred } from './properties.ts';
import { isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';
import type { TemplateFacts, TemplateResource } from '../template-facts.ts';

/**
 * Whether the targets of bucket notifications take messages of S3, which sends one as soon as a notification is made.
 *
 * The policies of queues and topics outside of the template are not read.
 *
 * @source https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
export const bucketNotifications: Check = {
  name: 'bucket notifications',
  tier: 'static',
  judge: (facts, ask) =>
    toTouched(facts.templates, (type) => type === bucketType || type === 'Custom::S3BucketNotifications')
      .filter((n) => isPropertyTouched(n, 'NotificationConfiguration') && toText(n.properties['SkipDestinationValidation']) !== 'true')
      .flatMap((notifying) => toTargets(notifying).flatMap((target) => judgeTarget(target, notifying, facts, ask))),
};

const bucketType = 'AWS::S3::Bucket';

/** Where targets stand: in a bucket, and in the custom resource that CDK makes of it. */
const paths = [
  'LambdaConfigurations.Function',
  'LambdaFunctionConfigurations.LambdaFunctionArn',
  'QueueConfigurations.Queue',
  'QueueConfigurations.QueueArn',
  'TopicConfigurations.Topic',
  'TopicConfigurations.TopicArn',
];

const toTargets = ({ properties }: Touched): readonly unknown[] =>
  paths.flatMap((path) => toParts(properties['NotificationConfiguration'], path));

/** For a target of the template: the types of its policies with the property that says whose they are, and AWS's own key. */
const policies: Readonly<Record<string, { readonly of: Readonly<Record<string, string>>; readonly ownKey: string }>> = {
  'AWS::SQS::Queue': { of: { 'AWS::SQS::QueuePolicy': 'Queues', 'AWS::SQS::QueueInlinePolicy': 'Queue' }, ownKey: 'alias/aws/sqs' },
  'AWS::SNS::Topic': { of: { 'AWS::SNS::TopicPolicy': 'Topics', 'AWS::SNS::TopicInlinePolicy': 'TopicArn' }, ownKey: 'alias/aws/sns' },
};

function judgeTarget(value: unknown, notifying: Touched, facts: Facts, ask: Ask): readonly Finding[] {
  const { resources } = notifying.facts;
  const target = resources.find((r) => r.logicalId === toReferred(value));
  if (!target) return judgeFunctionThere(value, notifying, facts, ask);
  if (target.type === 'AWS::Lambda::Function') return judgeFunction(target, notifying);
  const policy = policies[target.type];
  if (!policy) return [];
  const tell = (message: string) => [finding('PF286', message, notifying.place)];
  if (target.properties['KmsMasterKeyId'] === policy.ownKey)
    return tell(`${target.logicalId} is encrypted with ${policy.ownKey}, which S3 may not use.`);
  const documents = resources.flatMap(({ type, properties }) => {
    const owners = policy.of[type] ? properties[policy.of[type]] : undefined;
    return mayBe(owners, target) ? [properties['PolicyDocument']] : [];
  });
  return documents.every((d) => admitsService(d, 's3', notifying.facts.at.region) === false)
    ? tell(`No policy of ${target.logicalId} admits s3.amazonaws.com.`)
    : [];
}

/** Says whether a value names a resource, by reference or by its name, or may do so: what is open otherwise may be anything. */
function mayBe(value: unknown, { logicalId, type, properties }: TemplateResource): boolean {
  const name = toText(properties[nameProperty(type) ?? '']);
  return toList(value).some((v) =>
    isOpen(v) ? [logicalId, undefined].includes(toReferred(v)) : name !== undefined && (toText(v) ?? '').endsWith(name),
  );
}

const permissionsOf = ({ resources }: TemplateFacts): readonly TemplateResource[] =>
  resources.filter((r) => r.type === 'AWS::Lambda::Permission');

/** A permission that refers to the bucket is only made after it: too late for a notification that the bucket itself has. */
function judgeFunction(target: TemplateResource, notifying: Touched): readonly Finding[] {
  const { facts, place, type, logicalId, change } = notifying;
  const admitting = permissionsOf(facts).filter(
    (p) => mayBe(p.properties['FunctionName'], target) && mayAdmitS3(p.properties['Principal']),
  );
  if (admitting.length === 0) {
    const isNew = facts.changes.some((c) => c.logicalId === target.logicalId && c.action === 'create');
    return isNew ? [finding('PF286', `No permission lets s3.amazonaws.com invoke ${target.logicalId}.`, place)] : [];
  }
  const late = admitting.filter((p) => type === bucketType && change.action === 'create' && refersTo(p.resource, logicalId));
  return late.length === admitting.length
    ? [finding('PF286', `${late[0]?.logicalId} refers to ${logicalId}, so it is made after the notification that needs it.`, place)]
    : [];
}

const mayAdmitS3 = (principal: unknown): boolean => isOpen(principal) || ['s3.amazonaws.com', '*'].includes(toText(principal) ?? '');

const refersTo = (resource: object, logicalId: string): boolean =>
  [`{"Ref":"${logicalId}"}`, `{"Fn::GetAtt":["${logicalId}",`].some((text) => JSON.stringify(resource).includes(text));

/** A function that is there already; one of this run, and one that a permission of this run is for, may be admitted by it. */
function judgeFunctionThere(value: unknown, { facts, place }: Touched, { templates }: Facts, ask: Ask): readonly Finding[] {
  const { service, account, region, resource } = parseArn(value) ?? {};
  const [, name] = /^function:([^:]+)$/.exec(resource ?? '') ?? [];
  if (service !== 'lambda' || !name || account !== facts.at.account || region !== facts.at.region) return [];
  const isOfRun =
    templates.some((s) => s.named.some((n) => n.name === name)) ||
    templates
      .flatMap(permissionsOf)
      .some((p) => isOpen(p.properties['FunctionName']) || String(p.properties['FunctionName']).includes(name));
  if (isOfRun || toAsked([facts]).length === 0) return [];
  return judgeAnswer(ask(facts.at, 'functionPolicy', { name }), `policy of the function ${name}`, place, (policy) =>
    policy === undefined || admitsService(policy, 's3', facts.at.region) === false
      ? [finding('PF286', `The policy of the function ${name} does not let s3.amazonaws.com invoke it.`, place)]
      : [],
  );
}
