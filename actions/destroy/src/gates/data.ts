import { toResources } from '../../../../engine/src/assembly/resolve.ts';
import type { Surroundings } from '../../../../engine/src/assembly/surroundings.ts';
import { toPlace } from '../../../../engine/src/checks/check.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import { statefulTypes } from '../../../../engine/src/stateful.ts';
import type { DoomedStack, Facts, OwnedResource } from '../facts.ts';
import { isNamed, toFate } from '../plan.ts';

/** What is judged of data: what was named, and the types that can be deleted after their stack. */
export interface DataQuestion {
  readonly deleteData: readonly string[];
  readonly removable: readonly string[];
}

/**
 * Judges what would become of data.
 *
 * DS102 for data that would go with its stack and is not named, DS103 for what is named and cannot be deleted here, RT014 for a name
 * that means nothing, DS112 for one that means nothing in AWS, and DS110 for what stays.
 */
export function judgeData(facts: Facts, question: DataQuestion): readonly Finding[] {
  const { deleteData } = question;
  return [
    ...facts.stacks.flatMap((doomed) => doomed.resources.flatMap((resource) => judgeResource(resource, doomed, question))),
    ...deleteData.flatMap((entry) => judgeEntry(entry, facts)),
  ];
}

function judgeResource(resource: OwnedResource, { stack, at, live }: DoomedStack, question: DataQuestion): readonly Finding[] {
  const { type, name, logicalId } = resource;
  const what = `${type} ${name}`;
  const place = { ...toPlace(stack, logicalId), constructPath: resource.path };
  const named = isNamed(resource, question.deleteData);
  switch (toFate(resource, question.deleteData)) {
    case 'delete':
      return named || !statefulTypes.has(type)
        ? []
        : [finding('DS102', `${what} would be deleted with ${stack.name}, and \`delete-data\` does not name it.`, place)];
    case 'snapshot':
      return named
        ? [
            finding(
              'DS103',
              `CloudFormation takes a snapshot of ${what} whatever is asked; delete the snapshot when you do not want it.`,
              place,
            ),
          ]
        : [finding('DS110', `A snapshot of ${what} stays.`, place)];
    case 'remove':
      return question.removable.includes(type)
        ? []
        : [finding('DS103', `${what} is of a type that can only be deleted by hand, after its stack: ${toCommand(resource, at)}`, place)];
    case 'keep':
      return live ? [finding('DS110', `${what} stays. To delete it: ${toWay(resource, at, question)}`, place)] : [];
  }
}

const toWay = (resource: OwnedResource, at: Surroundings, { removable }: DataQuestion): string =>
  removable.includes(resource.type) ? `delete-data: ${resource.path}` : toCommand(resource, at);

/** The physical id is the identifier of nearly every type; another region may have one of the same. */
const toCommand = ({ type, name }: OwnedResource, { region }: Surroundings): string =>
  `aws cloudcontrol delete-resource --region ${region} --type-name ${type} --identifier ${toWord(name)}`;

/** The physical id of a custom resource is whatever its function says: to a shell it is one word all the same. */
const toWord = (text: string): string => (/^[\w.:/@+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function judgeEntry(entry: string, { stacks }: Facts): readonly Finding[] {
  if (stacks.some(({ resources }) => resources.some((resource) => isNamed(resource, [entry])))) return [];
  const isDefined = stacks.some(({ stack }) =>
    toResources(stack.template).some(
      ([logicalId, { Type }]) => Type === entry || (stack.paths.get(logicalId) ?? `${stack.displayName}/${logicalId}`) === entry,
    ),
  );
  return isDefined
    ? [finding('DS112', `None of the stacks in AWS has ${entry}, nor left any behind.`)]
    : [finding('RT014', `\`delete-data: ${entry}\` is no type and no construct path of the chosen stacks.`)];
}
