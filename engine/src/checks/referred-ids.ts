import { toText } from '../assembly/evaluate.ts';
import type { Facts } from '../facts.ts';
import { finding } from '../finding.ts';
import { judgeAnswer, type Check } from './check.ts';
import { findTexts } from './texts.ts';
import { toAsked, toTouched, type Touched } from './touched.ts';
import type { TemplateFacts } from '../template-facts.ts';

/** Properties that take the id of something in this account and region, and its type. Others may name what is elsewhere, such as that of a peer or of a variable. */
const referring: Readonly<Record<string, string>> = {
  VpcId: 'AWS::EC2::VPC',
  SubnetId: 'AWS::EC2::Subnet',
  SubnetIds: 'AWS::EC2::Subnet',
  Subnets: 'AWS::EC2::Subnet',
  VPCZoneIdentifier: 'AWS::EC2::Subnet',
  SecurityGroupIds: 'AWS::EC2::SecurityGroup',
  VpcSecurityGroupIds: 'AWS::EC2::SecurityGroup',
  VPCSecurityGroups: 'AWS::EC2::SecurityGroup',
};

const id = /^(vpc|subnet|sg)-([0-9a-f]{8}|[0-9a-f]{17})$/;

/** Whether the networks and hosted zones that templates name by id are there: an id that was looked up once may be out of date. */
export const referredIds: Check = {
  name: 'ids of networks and zones',
  tier: 'read',
  judge: ({ templates }: Facts, ask) =>
    toTouched(toAsked(templates), (type) => type.startsWith('AWS::')).flatMap((touched) =>
      toIdentifiers(touched).flatMap(({ type, identifier }) =>
        judgeAnswer(ask(touched.facts.at, 'resource', { type, identifier }), `${type} ${identifier}`, touched.place, (found) => {
          const { account, region } = touched.facts.at;
          return found ? [] : [finding('PF243', `The ${type} ${identifier} is not there in ${account}/${region}.`, touched.place)];
        }),
      ),
    ),
};

function toIdentifiers({ type, properties }: Touched): readonly { readonly type: string; readonly identifier: string }[] {
  const networks = findTexts(properties)
    .filter(({ text, path }) => id.test(text) && !path.includes('Variables'))
    .flatMap(({ text, path }) => {
      const found = referring[path.at(-1) ?? ''];
      return found ? [{ type: found, identifier: text }] : [];
    });
  const zone = toZone({ type, properties });
  return [...networks, ...(zone ? [{ type: 'AWS::Route53::HostedZone', identifier: zone }] : [])];
}

/** Gives the id of the hosted zone that a record names; `DUMMY` is what CDK writes where it has not looked one up yet. */
function toZone({ type, properties }: Pick<Touched, 'type' | 'properties'>): string | undefined {
  const zone = type === 'AWS::Route53::RecordSet' ? toText(properties['HostedZoneId']) : undefined;
  return zone === 'DUMMY' ? undefined : zone;
}

/** Says whether records that a stack makes or changes name a hosted zone: that it is not there is told of them. */
export const isNamedByRecord = (zone: string, facts: TemplateFacts): boolean =>
  toTouched([facts], () => true).some((r) => toZone(r) === zone);
