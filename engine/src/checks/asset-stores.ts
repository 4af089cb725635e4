import { toFilled, type Surroundings } from '../assembly/surroundings.ts';
import type { StackFacts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { isBootstrapped } from './bootstrap.ts';
import { judgeAnswer, type Check } from './check.ts';
import { isOfRun, toAsked } from './touched.ts';

/**
 * Whether the buckets and repositories that assets are published to are there, and are this account's.
 *
 * Not those that the run itself makes, as a staging stack of the app does.
 */
export const assetStores: Check = {
  name: 'places for assets',
  tier: 'read',
  judge: ({ stacks, templates }, ask) =>
    toStores(toAsked(stacks).filter((s) => isBootstrapped(s, ask)))
      .filter(({ type, name }) => !isOfRun(templates, type, name))
      .flatMap((store) => judgeStore(store, ask)),
};

interface Store {
  readonly at: Surroundings;
  readonly stack: string;
  readonly type: 'AWS::S3::Bucket' | 'AWS::ECR::Repository';
  readonly name: string;
}

/** Each once; for several stacks, of the first. */
function toStores(stacks: readonly StackFacts[]): readonly Store[] {
  const all = stacks.flatMap(({ stack, at }) =>
    stack.assets.flatMap(({ kind, destinations }) =>
      destinations.map((d): [string, Store] => {
        const region = toFilled(d.region ?? at.region, at);
        const type = kind === 'file' ? 'AWS::S3::Bucket' : 'AWS::ECR::Repository';
        const name = toFilled(d.store, at);
        return [`${at.account} ${region} ${type} ${name}`, { at: { ...at, region }, stack: stack.name, type, name }];
      }),
    ),
  );
  return [...new Map(all.toReversed()).values()].toReversed();
}

function judgeStore({ at, stack, type, name }: Store, ask: Ask): readonly Finding[] {
  const noun = type === 'AWS::S3::Bucket' ? 'bucket' : 'repository';
  const where = `${at.account}/${at.region}`;
  return judgeAnswer(ask(at, 'presence', { type, name }), `${noun} ${name}`, { stack }, ({ kind }) => {
    if (kind === 'absent') return [finding('PF104', `The ${noun} ${name} of the bootstrap of ${where} is gone.`, { stack })];
    return kind === 'foreign' ? [finding('PF104', `The ${noun} ${name} belongs to another account than ${at.account}.`, { stack })] : [];
  });
}
