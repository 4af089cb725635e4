import { judgeName } from '../../engine/src/names.ts';

/** A name that a template fixes, with the CloudFormation type of what has it. */
export interface Named {
  readonly type: string;
  readonly name: string;
}

/** Gives one line for each thing that is wrong with a name; empty when all of them are allowed. */
export function judgeNames(named: readonly Named[]): readonly string[] {
  return named.flatMap(({ type, name }) => judgeName(type, name).map((problem) => `the ${type} name ${JSON.stringify(name)}: ${problem}`));
}
