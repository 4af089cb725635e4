import type { Assembly } from '../../engine/src/assembly/assembly.ts';
import { withImportOrder } from '../../engine/src/assembly/imports.ts';
import { judgeFacts } from '../../engine/src/checks/checks.ts';
import type { Environment } from '../../engine/src/config/environment.ts';
import type { Decision } from '../../engine/src/decision.ts';
import { gatherFacts, type Deployer, type Facts } from '../../engine/src/facts.ts';
import type { Finding } from '../../engine/src/finding.ts';
import type { RecoverySettings } from '../../engine/src/recovery.ts';
import { toReadings } from '../../engine/src/remember.ts';
import { toClouds } from '../../engine/src/target.ts';
import { selectStacks } from '../../engine/src/assembly/select.ts';
import { readSample, type SampleStack } from './assembly.ts';
import { account, createFakeWorld, type FakeWorld, type FakeWorldOptions } from './world.ts';

/** An environment that asks for nothing. */
export const open: Environment = {
  name: 'prod',
  regions: [],
  protected: false,
  approve: [],
  legacyNames: false,
  wave: 1,
  settings: {},
  because: 'branch main fits main',
  place: {},
};

/** What a test wants to be otherwise than: a new deployment into an empty account. */
export interface FactsOptions extends FakeWorldOptions {
  readonly environment?: Partial<Environment>;
  readonly decisions?: readonly Decision[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Own rules of the config. */
  readonly rules?: Parameters<typeof gatherFacts>[0]['rules'];
  /** Names of the stacks that are chosen, with nothing that they need. */
  readonly only?: readonly string[];
  /** Look-ups that the app still needs. */
  readonly missing?: Assembly['missing'];
  /** Types and construct paths that may be removed or replaced. */
  readonly allowDestructive?: readonly string[];
  /** How stuck stacks are brought back. */
  readonly recovery?: RecoverySettings;
  /** Asks nothing of AWS. */
  readonly static?: true;
  /** What is left of the session of who deploys. */
  readonly sessionMs?: number;
  /** Looks for a pull request: nobody deploys. */
  readonly forReview?: true;
  /** Suppressions of the config. */
  readonly suppressions?: Parameters<typeof judgeFacts>[2];
  /** What is in AWS before. */
  readonly before?: (made: FakeWorld) => void;
}

/** Gathers the facts of a made-up deployment in a made-up world. */
export async function gatherSample(
  stacks: Readonly<Record<string, SampleStack>>,
  options: FactsOptions = {},
): Promise<Facts & { readonly made: FakeWorld }> {
  const made = createFakeWorld(options);
  options.before?.(made);
  const read: Assembly = { ...readSample(stacks), missing: options.missing ?? [] };
  const assembly = withImportOrder(read, { at: { account, region: 'us-west-2' }, parameters: options.parameters ?? {} });
  const facts = await gatherFacts(
    {
      environment: { ...open, ...options.environment },
      account,
      region: 'us-west-2',
      assembly,
      stacks: selectStacks(assembly, { patterns: options.only ?? [], withDependencies: false, phases: {} }),
      decisions: options.decisions ?? [],
      parameters: options.parameters ?? {},
      tags: options.tags ?? {},
      allowDestructive: options.allowDestructive ?? [],
      ...(options.recovery ? { recovery: options.recovery } : {}),
      ...(options.rules ? { rules: options.rules } : {}),
      ...(options.static ? {} : { cloud: made.aws.cloud('us-west-2') }),
      ...(options.static || options.forReview ? {} : { deployer: toDeployer(options) }),
    },
    made.world,
  );
  return { ...facts, made };
}

const toDeployer = ({ sessionMs }: FactsOptions): Deployer => ({
  arn: `arn:aws:iam::${account}:role/job`,
  ...(sessionMs === undefined ? {} : { sessionMs }),
});

/** Gathers the facts of a made-up deployment, and judges them as a preflight does. */
export async function judgeSample(
  stacks: Readonly<Record<string, SampleStack>>,
  options: FactsOptions = {},
): Promise<{ readonly findings: readonly Finding[]; readonly made: FakeWorld }> {
  const { made, ...facts } = await gatherSample(stacks, options);
  const clouds = toClouds(facts.environment, { account, cloud: made.aws.cloud('us-west-2') }, facts.assembly.stacks, made.world);
  const readingsOf = options.static ? undefined : toReadings(clouds);
  return { findings: await judgeFacts(facts, readingsOf, options.suppressions ?? [], '2026-11-21'), made };
}
