import type { Violation } from '../lib/suppression.ts';
import { pathOf } from './nag.ts';
import type { SampleTemplate } from './sample.ts';

interface PolicyStatement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
}

const toList = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/**
 * Gives what is too wide in the identity policies of a template: every action that is a pattern, or is not named at all, and every
 * statement that allows something on all resources.
 *
 * Policies of resources are left to cdk-nag: their `*` is the resource itself.
 */
export function judgePolicies(template: SampleTemplate): readonly Violation[] {
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Type, Properties = {} }]) => {
    if (!/^AWS::IAM::(Policy|ManagedPolicy|Role|User|Group|RolePolicy)$/.test(Type)) return [];
    const inline = toList(Properties['Policies'] as { PolicyDocument: unknown }[] | undefined).map(({ PolicyDocument }) => PolicyDocument);
    const documents = [Properties['PolicyDocument'], ...inline] as ({ Statement?: PolicyStatement | PolicyStatement[] } | undefined)[];
    const where = pathOf(template, logicalId);
    return documents
      .flatMap((document) => toList(document?.Statement))
      .flatMap((s) => judgeStatement(s).map(([rule, finding]) => ({ rule, where, finding })));
  });
}

function judgeStatement({ Effect, Action, NotAction, Resource }: PolicyStatement): readonly (readonly [rule: string, finding: string])[] {
  if (Effect === 'Deny') return [];
  const patterns = toList(Action).filter((action) => /[*?]/.test(action));
  const all = toList(Resource).some((resource) => resource === '*');
  return [
    ...patterns.map((action) => ['pattern-of-actions', action] as const),
    ...(NotAction === undefined ? [] : [['pattern-of-actions', 'NotAction'] as const]),
    ...(all ? [['all-resources', toList(Action).join(' ')] as const] : []),
  ];
}
