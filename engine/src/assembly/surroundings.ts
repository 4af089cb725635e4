import type { Stack } from './assembly.ts';

/** What is known of the place a stack goes to: the values of the pseudo parameters. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
}

/** Gives where a stack goes: what it does not say itself is as the run has it. */
export const toSurroundings = ({ account, region }: Pick<Stack, 'account' | 'region'>, home: Surroundings): Surroundings => ({
  account: account ?? home.account,
  region: region ?? home.region,
});

/** Gives where an ARN says that its resource is; undefined for a text that is none, and for what is in no region. */
export function toArnPlace(text: string): Surroundings | undefined {
  const [, region, account] = /^arn:[^:]+:[^:]+:([^:]+):(\d{12}):/.exec(text) ?? [];
  return region && account ? { account, region } : undefined;
}

/** Says whether two places are one. */
export const isSamePlace = (a: Surroundings, b: Surroundings): boolean => a.account === b.account && a.region === b.region;

/** The partitions beside `aws`, by the beginning of their regions: name and suffix of their URLs. */
const partitions: readonly (readonly [start: string, name: string, urlSuffix: string])[] = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['us-isof-', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['eusc-', 'aws-eusc', 'amazonaws.eu'],
];

const partitionOf = (region: string) => partitions.find(([start]) => region.startsWith(start)) ?? ['', 'aws', 'amazonaws.com'];

/** Gives the partition of a region; `aws` for all but the separate ones. */
export const toPartition = (region: string): string => partitionOf(region)[1];

/** Gives the ARN of a function of Lambda by its name. */
export const toFunctionArn = (name: string, { account, region }: Surroundings): string =>
  `arn:${toPartition(region)}:lambda:${region}:${account}:function:${name}`;

/** Gives the end of the URLs of services of a region. */
export const toUrlSuffix = (region: string): string => partitionOf(region)[2];

/** Gives a text of a manifest with its placeholders, such as `${AWS::Partition}`, filled in for a place. */
export const toFilled = (text: string, { account, region }: Surroundings): string =>
  text.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region).replaceAll('${AWS::Partition}', toPartition(region));

/** Gives the values of the pseudo parameters by name, for a stack at its place; one that is made may have no name yet. */
export const pseudoParameters = ({ name }: { readonly name?: string }, at: Surroundings): Readonly<Record<string, string | undefined>> => ({
  'AWS::AccountId': at.account,
  'AWS::Region': at.region,
  'AWS::Partition': toPartition(at.region),
  'AWS::URLSuffix': toUrlSuffix(at.region),
  'AWS::StackName': name,
});
