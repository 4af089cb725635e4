import type { StackFacts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { ResourceChange } from '../plan/plan.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';

/**
 * Whether the policy of each stack allows what its update does: what no statement allows, and what any denies, is refused.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export const stackPolicies: Check = {
  name: 'stack policies',
  tier: 'read',
  judge: ({ stacks }, ask) => stacks.flatMap((facts) => judgeStack(facts, ask)),
};

/** One statement of a policy. Each of the lists may be a single text. */
interface Statement {
  readonly Effect?: string;
  readonly Action?: Listed;
  readonly NotAction?: Listed;
  readonly Resource?: Listed;
  readonly NotResource?: Listed;
  readonly Condition?: {
    readonly StringEquals?: { readonly ResourceType?: Listed };
    readonly StringLike?: { readonly ResourceType?: Listed };
  };
}
type Listed = string | readonly string[];

/** What a change needs to be allowed; of a replacement that is not certain each of the two will do. */
const actions: Readonly<Partial<Record<ResourceChange['action'], readonly string[]>>> = {
  update: ['Update:Modify'],
  replace: ['Update:Replace'],
  'maybe-replace': ['Update:Modify', 'Update:Replace'],
  delete: ['Update:Delete'],
};

function judgeStack(facts: StackFacts, ask: Ask): readonly Finding[] {
  const { stack, at, change, changes } = facts;
  const touching = changes.filter((c) => c.action in actions && (c.action === 'delete' || c.properties.length > 0));
  if (change.action !== 'update' || touching.length === 0) return [];
  return judgeAnswer(ask(at, 'stackPolicy', { stack: stack.name }), `policy of the stack ${stack.name}`, toPlace(stack), (policy) =>
    policy === undefined ? [] : touching.flatMap((c) => judgeChange(c, toStatements(policy), facts)),
  );
}

function judgeChange(change: ResourceChange, statements: readonly Statement[], { stack }: StackFacts): readonly Finding[] {
  const needed = actions[change.action] ?? [];
  if (needed.some((action) => isAllowed(action, change, statements))) return [];
  const { logicalId, path } = change;
  const place = { ...toPlace(stack, logicalId), constructPath: path };
  return [finding('PF200', `The policy of ${stack.name} does not allow ${needed.join(' or ')} of ${logicalId} (${change.type}).`, place)];
}

function isAllowed(action: string, change: ResourceChange, statements: readonly Statement[]): boolean {
  const fitting = statements.filter((s) => fits(s, action, change));
  return fitting.some((s) => s.Effect === 'Allow') && !fitting.some((s) => s.Effect === 'Deny');
}

function fits(
  { Action, NotAction, Resource, NotResource, Condition }: Statement,
  action: string,
  { logicalId, type }: ResourceChange,
): boolean {
  const types = Condition?.StringEquals?.ResourceType ?? Condition?.StringLike?.ResourceType;
  const resource = `LogicalResourceId/${logicalId}`;
  return (
    (Action === undefined ? !isIn(NotAction, action) : isIn(Action, action)) &&
    (Resource === undefined ? !isIn(NotResource, resource) : isIn(Resource, resource)) &&
    (types === undefined || isIn(types, type))
  );
}

const isIn = (patterns: Listed = [], text: string): boolean => [patterns].flat().some((pattern) => toPattern(pattern).test(text));

/** Of the characters of a pattern `*` alone stands for others. */
const toPattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );

/** CloudFormation takes no policy that is no JSON. */
function toStatements(policy: string): readonly Statement[] {
  const { Statement: statements = [] } = JSON.parse(policy) as { readonly Statement?: Statement | readonly Statement[] };
  return [statements].flat();
}
