import { toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toPart, toReferred } from './properties.ts';
import { isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether EC2 offers the types of instances where they would run. Whether there is capacity at the time, nobody can say.
 *
 * @source https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html
 */
export const instanceTypes: Check = {
  name: 'instance types',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toTouched(toAsked(templates), (type) => type === 'AWS::EC2::Instance')
      .filter((instance) => ['InstanceType', 'SubnetId', 'AvailabilityZone'].some((name) => isPropertyTouched(instance, name)))
      .flatMap((instance) => judgeInstance(instance, ask)),
};

function judgeInstance(instance: Touched, ask: Ask): readonly Finding[] {
  const { facts, properties, place } = instance;
  const instanceType = toText(properties['InstanceType']);
  if (!instanceType) return [];
  return judgeAnswer(ask(facts.at, 'instanceZones', { instanceType }), `offers of ${instanceType}`, place, (zones) => {
    if (zones.length === 0) return [finding('PF277', `${instanceType} is not offered in ${facts.at.region}.`, place)];
    const zone = toZone(instance, ask);
    return zone && !zones.includes(zone)
      ? [finding('PF277', `${instanceType} is not offered in ${zone}, only in ${zones.join(', ')}.`, place)]
      : [];
  });
}

/** The zone is the instance's own, or that of its subnet: of the template, or one that is there. */
function toZone({ facts, properties }: Touched, ask: Ask): string | undefined {
  const own = toText(properties['AvailabilityZone']);
  const subnet = properties['SubnetId'];
  if (own !== undefined || subnet === undefined) return own;
  const identifier = toText(subnet);
  if (identifier === undefined)
    return toText(facts.resources.find((r) => r.logicalId === toReferred(subnet))?.properties['AvailabilityZone']);
  const answer = ask(facts.at, 'resource', { type: 'AWS::EC2::Subnet', identifier });
  return answer?.kind === 'known' ? toText(toPart(answer.value, 'AvailabilityZone')) : undefined;
}
