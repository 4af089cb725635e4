import { CfnResource, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { nameProperty } from '../../engine/src/names.ts';
import { judgeNames, type Named } from './named.ts';

/**
 * Makes sure that every literal name below a construct is allowed for its type, so that none escapes the tables of names.
 *
 * @throws Error that lists every name that is not, one a line.
 */
export function refuseBadNames(root: IConstruct): void {
  const problems = judgeNames(root.node.findAll().flatMap(toNamed));
  if (problems.length > 0) throw new Error(['These names are not allowed:', ...problems].join('\n- '));
}

function toNamed(construct: IConstruct): readonly Named[] {
  if (!CfnResource.isCfnResource(construct)) return [];
  const type = construct.cfnResourceType;
  const property = nameProperty(type);
  const name: unknown = property && Reflect.get(construct, property.replace(/^[A-Z]+(?=[A-Z])|^[A-Z]/, (head) => head.toLowerCase()));
  return typeof name === 'string' && !Token.isUnresolved(name) ? [{ type, name }] : [];
}
