import { toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { close } from './live.ts';
import { isMade, toAsked, toTouched, type Touched } from './touched.ts';

/**
 * Whether the ranges of new subnets are free in their VPC. What an update removes or replaces is still there when the new
 * subnet is made: CloudFormation deletes last.
 *
 * Ranges that overlap within one template are the offline validator's.
 *
 * @source https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export const subnetRanges: Check = {
  name: 'ranges of subnets',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toTouched(toAsked(templates), (type) => type === 'AWS::EC2::Subnet')
      .filter(isMade)
      .flatMap((subnet) => judgeSubnet(subnet, ask)),
};

function judgeSubnet({ facts, properties, place }: Touched, ask: Ask): readonly Finding[] {
  const range = toRange(toText(properties['CidrBlock']));
  const vpc = range && toText(close(properties['VpcId'], facts, ask));
  if (!range || !vpc) return [];
  return judgeAnswer(ask(facts.at, 'subnets', { vpc }), `subnets of ${vpc}`, place, (there) =>
    there
      .filter((subnet) => overlap(range, toRange(subnet.range)))
      .map(({ id, range: taken }) => finding('PF289', `${toText(properties['CidrBlock'])} overlaps ${taken} of ${id} in ${vpc}.`, place)),
  );
}

/** First and last address of a range, as numbers. */
type Range = readonly [first: number, last: number];

function toRange(cidr: string | undefined): Range | undefined {
  const [, a, b, c, d, bits] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr ?? '')?.map(Number) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined || bits === undefined || bits > 32) return undefined;
  const size = 2 ** (32 - bits);
  const first = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / size) * size;
  return [first, first + size - 1];
}

const overlap = (one: Range, other: Range | undefined): boolean => other !== undefined && one[0] <= other[1] && other[0] <= one[1];
