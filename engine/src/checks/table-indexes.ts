import { isOpen, toText } from '../assembly/evaluate.ts';
import { toCanonicalJson } from '../canonical.ts';
import { finding, type Finding } from '../finding.ts';
import type { Check } from './check.ts';
import { toList, toPart, toTexts } from './properties.ts';
import { toTouched, type Touched } from './touched.ts';
import { toLiveResources } from '../template-facts.ts';

/**
 * Whether an update makes or removes at most one global secondary index of a table; another key or projection is both.
 *
 * @source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
export const tableIndexes: Check = {
  name: 'indexes of tables',
  tier: 'static',
  judge: ({ templates }) =>
    toTouched(templates, (type) => /^AWS::DynamoDB::(Global)?Table$/.test(type))
      .filter(({ change }) => change.action === 'update')
      .flatMap(judgeTable),
};

function judgeTable({ facts, logicalId, properties, place }: Touched): readonly Finding[] {
  const live = toLiveResources(facts).find((r) => r.logicalId === logicalId)?.properties;
  const [before, after] = [live, properties].map((p) => toIndexes(p?.['GlobalSecondaryIndexes']));
  if (!live || !before || !after) return [];
  const removed = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
  const made = [...after.keys()].filter((name) => before.get(name) !== after.get(name));
  const steps = [...removed.map((name) => `remove ${name}`), ...made.map((name) => `make ${name}`)];
  return steps.length > 1 ? [finding('PF288', `One update allows one of these steps: ${steps.join(', ')}.`, place)] : [];
}

/** What of each index cannot change in place, the attributes of its projection in any order; undefined where anything of it is open. */
function toIndexes(value: unknown): ReadonlyMap<string, string> | undefined {
  if (isOpen(value)) return undefined;
  return new Map(
    toList(value).map((index) => [
      toText(toPart(index, 'IndexName')) ?? '',
      toCanonicalJson([
        toPart(index, 'KeySchema') ?? null,
        toPart(index, 'Projection.ProjectionType') ?? null,
        [...toTexts(toPart(index, 'Projection.NonKeyAttributes'))].sort(),
      ]),
    ]),
  );
}
