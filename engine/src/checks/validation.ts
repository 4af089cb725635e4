import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import { judgeName, nameProperty } from '../names.ts';
import type { Violation } from '../world.ts';
import { notRun, toPlace, type Check } from './check.ts';
import { findCycle } from './circular.ts';
import { findTwice } from './names-valid.ts';
import type { TemplateFacts } from '../template-facts.ts';

/**
 * What the offline CloudFormation validator sees: its fatal and error levels stop a deployment, the rest is told.
 *
 * What the live stack has already stops none, and what AWS can be asked is not left to a copy of its lists.
 */
export const validation: Check = {
  name: 'template validation',
  tier: 'static',
  judge: ({ validation: answer, templates }) => {
    if (!answer) return [];
    if (answer.kind === 'unknown') {
      return answer.because.why === 'failed'
        ? [finding('PF179', `${answer.because.message}.`)]
        : [notRun('template validation', answer.because)];
    }
    const byId = new Map(templates.map((s) => [s.stack.id, s]));
    const leftOut = toLeftOut(templates);
    const badNames = toBadNames(templates);
    const knotted = new Set(templates.filter((s) => findCycle(s).length > 0).map((s) => s.stack.id));
    const twice = new Set(findTwice(templates).flatMap((group) => group.map((r) => `${r.stack.id}|${r.logicalId}`)));
    return answer.value
      .filter((v) => !noise.has(v.rule) && !badNames.has(`${v.stackId}|${v.logicalId}|${v.property}`))
      .filter((v) => !(v.rule === cycleRule && knotted.has(v.stackId)))
      .filter((v) => !(v.rule === twiceRule && twice.has(`${v.stackId}|${v.logicalId}`)))
      .filter((v) => !(valueRules.test(v.rule) && leftOut.has(`${v.stackId}|${v.logicalId}`)))
      .flatMap((v) => {
        const facts = byId.get(v.stackId);
        return facts ? toFindings(v, facts) : [];
      });
  },
};

function toFindings(v: Violation, facts: TemplateFacts): readonly Finding[] {
  const place = toPlace(facts.stack, v.logicalId);
  if (v.level === 'warning' || isTaken(v, facts)) return [finding('PF171', toMessage(v), place)];
  if (!dated.has(v.rule)) return [finding('PF170', toMessage(v), place)];
  return isAskedOfAws(v, facts) ? [] : [{ ...finding('PF170', toMessage(v), place), severity: 'warning' }];
}

/** Rules that look at one resource and at nothing that it refers to. */
const ownRules = /^(E253\d|E36\d\d|E9006|[EF]30[0-4]\d)$(?<!F3004|E3005|F3007|E3010|E3019|E3022)/;

/** What is in the live stack in this very form, CloudFormation has taken, and does not look at again. */
const isTaken = ({ rule, logicalId }: Violation, { change, changes, liveTemplate }: TemplateFacts): boolean =>
  logicalId !== undefined &&
  ownRules.test(rule) &&
  change.action === 'update' &&
  liveTemplate !== undefined &&
  !changes.some((c) => c.logicalId === logicalId);

/** Rules that compare with a copy of what AWS offered one day: types of instances, versions of engines. AWS may offer more by now. */
const dated: ReadonlySet<string> = new Set(
  'E3025 E3062 E3617 E3620 E3621 E3628 E3635 E3640 E3641 E3642 E3643 E3644 E3647 E3652 E3653 E3667 E3670 E3672 E3675 E3694 E9006'.split(
    ' ',
  ),
);

/** The checks of databases and of instance types ask AWS itself. */
const isAskedOfAws = ({ logicalId, property }: Violation, { live, resources }: TemplateFacts): boolean =>
  live !== undefined &&
  /^Properties\.(EngineVersion|DBInstanceClass|InstanceType)$/.test(property ?? '') &&
  resources.some((r) => r.logicalId === logicalId && /^AWS::(RDS::DB(Cluster|Instance)|EC2::Instance)$/.test(r.type));

/** Gives the properties whose names PF130 tells of already, in better words. */
function toBadNames(templates: Facts['templates']): ReadonlySet<string> {
  const bad = templates.flatMap((s) => s.named).filter(({ type, name }) => judgeName(type, name).length > 0);
  return new Set(bad.map(({ stack, logicalId, type }) => `${stack.id}|${logicalId}|Properties.${nameProperty(type)}`));
}

/** The rule that tells of a cycle once for each of its resources: PF194 tells of it once. */
const cycleRule = 'F3004';

/** The rule that tells of a name that two resources want: PF123 tells of it, across stacks too. */
const twiceRule = 'E3019';

/** Rules about the values of properties. Others hold for what is never made too: a reference to nothing makes the whole template invalid. */
const valueRules = /^[A-Z]30\d\d$/;

/** Gives the resources that a condition leaves out: their properties reach no service. */
function toLeftOut(templates: Facts['templates']): ReadonlySet<string> {
  return new Set(
    templates.flatMap(({ stack, resources }) => {
      const made = new Set(resources.map((r) => r.logicalId));
      const all = Object.keys(stack.template.Resources ?? {});
      return all.filter((id) => !made.has(id)).map((id) => `${stack.id}|${id}`);
    }),
  );
}

/** W3005 tells of a DependsOn that a reference implies: CDK itself writes one for every function with a policy. */
const noise: ReadonlySet<string> = new Set(['W3005']);

const toMessage = ({ rule, property, message }: Violation): string => `${property ? `${property}: ` : ''}${message} (rule ${rule})`;
