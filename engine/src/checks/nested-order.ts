import type { Resource, Template } from '../assembly/assembly.ts';
import { toMentions } from '../assembly/mentions.ts';
import type { TemplateFacts } from '../template-facts.ts';

/**
 * Says whether CloudFormation is surely done with one template when it comes to the other, both of one stack of the assembly.
 *
 * It updates what others need first, and the outputs of a stack last; then it deletes what goes, and of that first what needs others.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
export function isDoneBefore(first: TemplateFacts, then: TemplateFacts): boolean {
  const [one, other] = [toChain(first), toChain(then)];
  const at = one.findIndex((t, i) => t.stack.id !== other[i]?.stack.id);
  if (at < 0) return false;
  if (isGoing(first) !== isGoing(then)) return isGoing(then);
  const [around, a, b] = [one[at - 1], one[at], other[at]];
  if (!b) return !isGoing(first);
  if (!around || !a || isGoing(a) !== isGoing(first) || isGoing(b) !== isGoing(then)) return false;
  return isGoing(first)
    ? needs(around.liveTemplate, toLogicalId(a), toLogicalId(b))
    : needs(around.stack.template, toLogicalId(b), toLogicalId(a));
}

/** Gives a template and all that it is nested in, outermost first. */
const toChain = (facts: TemplateFacts): readonly TemplateFacts[] => [...(facts.parent ? toChain(facts.parent) : []), facts];

const isGoing = ({ stack }: TemplateFacts): boolean => stack.templateFile === '';

const toLogicalId = ({ stack }: TemplateFacts): string => stack.id.split('/').at(-1) ?? '';

/** Says whether a resource of a template needs another one, directly or through others. */
function needs(template: Template | undefined, logicalId: string, other: string): boolean {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    const resource = template?.Resources?.[id];
    if (resource) toNeeded(resource).forEach(visit);
  };
  visit(logicalId);
  return logicalId !== other && found.has(other);
}

const toNeeded = ({ DependsOn = [], Properties }: Resource): readonly string[] => [
  ...[DependsOn].flat(),
  ...toMentions(Properties).map((m) => m.logicalId),
];
