import { Open, toText } from '../assembly/evaluate.ts';
import type { Asset } from '../assembly/assembly.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Check } from './check.ts';
import { toReferred } from './properties.ts';
import { toTouched, type Touched } from './touched.ts';

/** @source https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxUnzippedBytes = 262_144_000;
const maxEnvironmentBytes = 4_096;

/**
 * Whether functions are small enough: their code with its layers, and their environment variables.
 *
 * Only what lies in the assembly counts, unzipped where it is a folder, and of variables what is known: what is told of is too
 * large for certain.
 */
export const functionSizes: Check = {
  name: 'sizes of functions',
  tier: 'static',
  judge: (facts) =>
    toTouched(facts.templates, (type) => type === 'AWS::Lambda::Function').flatMap((f) => [...judgeCode(f, facts), ...judgeVariables(f)]),
};

function judgeCode({ facts, properties, logicalId, place }: Touched, { codeBytes }: Facts): readonly Finding[] {
  const layers = Array.isArray(properties['Layers']) ? (properties['Layers'] as unknown[]) : [];
  const own = layers.flatMap((layer) => facts.resources.filter((r) => toReferred(layer) === r.logicalId));
  const contents = [properties['Code'], ...own.map((layer) => layer.properties['Content'])];
  const bytes = contents.reduce<number>((sum, content) => sum + (codeBytes.get(toAsset(content, facts.root.assets)?.path ?? '') ?? 0), 0);
  const message = `${logicalId} has ${bytes} bytes of code in its ${contents.length > 1 ? 'package and layers' : 'package'}; Lambda takes ${maxUnzippedBytes}.`;
  return bytes > maxUnzippedBytes ? [finding('PF234', message, place)] : [];
}

/** Gives the asset that is published under the key of some code. */
function toAsset(content: unknown, assets: readonly Asset[]): Asset | undefined {
  const key = toText((content as { S3Key?: unknown } | undefined)?.S3Key);
  return key === undefined ? undefined : assets.find((a) => a.destinations.some((d) => d.name === key));
}

function judgeVariables({ properties, logicalId, place }: Touched): readonly Finding[] {
  const variables = (properties['Environment'] as { Variables?: Readonly<Record<string, unknown>> } | undefined)?.Variables ?? {};
  if (variables instanceof Open) return [];
  const text = Object.entries(variables)
    .map(([name, value]) => name + (toText(value) ?? ''))
    .join('');
  const bytes = new TextEncoder().encode(text).length;
  const message = `The environment variables of ${logicalId} have ${bytes} bytes or more; Lambda takes ${maxEnvironmentBytes}.`;
  return bytes > maxEnvironmentBytes ? [finding('PF235', message, place)] : [];
}
