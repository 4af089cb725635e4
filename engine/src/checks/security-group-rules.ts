import { isOpen, toText } from '../assembly/evaluate.ts';
import { toCanonicalJson } from '../canonical.ts';
import { finding, type Finding } from '../finding.ts';
import type { GroupRule } from '../readings.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { close } from './live.ts';
import { toReferred } from './properties.ts';
import { isMade, toAsked, toTouched, type Touched } from './touched.ts';
import { toLiveResources, type TemplateFacts } from '../template-facts.ts';

/**
 * Whether new rules of security groups that are resources of their own are there already: twice in the template, or in AWS.
 *
 * A rule that changes its logical id counts, because CloudFormation makes the new one first. The lists of rules that a group
 * itself has are not judged: there CloudFormation passes over what is double.
 *
 * @source https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 */
export const securityGroupRules: Check = {
  name: 'rules of security groups',
  tier: 'static',
  judge: ({ templates }, ask) => {
    const seen = new Map<string, string>();
    return toTouched(templates, (type) => type in directions)
      .filter(isMade)
      .flatMap((rule) => {
        const key = toCanonicalJson([rule.facts.stack.id, toGroup(rule.properties), toRule(rule, rule.properties)]);
        const first = seen.get(key);
        seen.set(key, first ?? rule.logicalId);
        if (first !== undefined) return [finding('PF294', `The same rule is in the template already, as ${first}.`, rule.place)];
        return isLastOfItsKind(rule, templates) ? judgeThere(rule, ask) : [];
      });
  },
};

const directions: Readonly<Record<string, GroupRule['direction']>> = {
  'AWS::EC2::SecurityGroupIngress': 'in',
  'AWS::EC2::SecurityGroupEgress': 'out',
};

type Properties = Touched['properties'];

const toGroup = (properties: Properties): unknown => properties['GroupId'] ?? properties['GroupName'];

/** Where a rule names its peer: of two rules for one peer, the same property does. */
const peers = [
  'CidrIp',
  'CidrIpv6',
  'SourcePrefixListId',
  'DestinationPrefixListId',
  'SourceSecurityGroupId',
  'DestinationSecurityGroupId',
  'SourceSecurityGroupName',
];

/** A rule for all protocols is one for all ports, whatever the template says of them. */
function toRule({ type }: Touched, properties: Properties) {
  const protocol = toText(properties['IpProtocol']) ?? properties['IpProtocol'];
  const port = (name: string) => (protocol === '-1' ? undefined : (toText(properties[name]) ?? properties[name]));
  const peer = peers.map((name) => properties[name]).find((value) => value !== undefined);
  return { direction: directions[type], protocol, from: port('FromPort') ?? '-1', to: port('ToPort') ?? '-1', peer: peer ?? '' };
}

/** Whether no earlier step of this run may take away what is there: the list of the group itself, or another stack's rule. */
const isLastOfItsKind = ({ facts, type, properties }: Touched, templates: readonly TemplateFacts[]): boolean =>
  !facts.changes.some((c) => c.logicalId === toReferred(toGroup(properties))) &&
  !templates.some((s) => s !== facts && s.changes.some((c) => c.type === type && c.action === 'delete'));

function judgeThere(rule: Touched, ask: Ask): readonly Finding[] {
  const { facts, properties, place, logicalId } = rule;
  if (toAsked([facts]).length === 0) return [];
  const group = toText(close(properties['GroupId'], facts, ask));
  const wanted = toRule(rule, (close(properties, facts, ask) ?? {}) as Properties);
  if (!group || isOpen(wanted)) return [];
  const own = toLiveResources(facts).find((r) => r.logicalId === logicalId && r.type === rule.type);
  const before = own && (close(own.properties, facts, ask) as Properties);
  // What is there is the rule itself, in other words.
  if (before && before['GroupId'] === group && toCanonicalJson(toRule(rule, before)) === toCanonicalJson(wanted)) return [];
  return judgeAnswer(ask(facts.at, 'groupRules', { group }), `rules of ${group}`, place, (there) =>
    there.some((r) => toCanonicalJson(r) === toCanonicalJson(wanted))
      ? [finding('PF294', `${group} has a rule of the same protocol, ports and peer (${String(wanted.peer)}).`, place)]
      : [],
  );
}
