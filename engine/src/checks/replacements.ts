import { toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import { nameProperty, nameRules } from '../names.ts';
import { ownNames } from '../own-names.ts';
import type { ResourceChange } from '../plan/plan.ts';
import { toPlace, type Check } from './check.ts';
import { isSure, toLiveResources, type TemplateFacts } from '../template-facts.ts';

/**
 * Whether a resource would have to be replaced and keep its name: the new one is made before the old one goes, so it cannot.
 *
 * What is only replaced under conditions that AWS alone knows is not told.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export const replacements: Check = {
  name: 'replacements of what has a name',
  tier: 'read',
  judge: ({ templates }) =>
    templates.flatMap((s) => s.changes.filter((c) => c.action === 'replace').flatMap((change) => judgeChange(change, s))),
};

/** Types that CloudFormation refuses to replace under their name although others may have the same: it counts in a cluster, or a network. */
const withinOthers: ReadonlySet<string> = new Set(['AWS::ECS::Service', 'AWS::EC2::SecurityGroup']);

const toUnique = (type: string): string | undefined =>
  nameRules[type]?.scope || withinOthers.has(type) ? nameProperty(type) : ownNames[type];

function judgeChange({ logicalId, type, properties }: ResourceChange, facts: TemplateFacts): readonly Finding[] {
  const property = toUnique(type);
  const live = toLiveResources(facts).find((r) => r.logicalId === logicalId && r.type === type);
  const wanted = facts.resources.find((r) => r.logicalId === logicalId && isSure(r.resource, facts));
  const name = toText(wanted?.properties[property ?? '']);
  if (name === undefined || name !== toText(live?.properties[property ?? ''])) return [];
  const causes = properties.filter((p) => p.replaces === 'yes').map((p) => p.path);
  const because = causes.length ? `: ${causes.join(', ')} cannot be changed in place` : '';
  return [finding('PF125', `The ${type} ${name} would be replaced under its name${because}.`, toPlace(facts.stack, logicalId))];
}
