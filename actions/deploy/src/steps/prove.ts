import type { Environment } from '../../../../engine/src/config/environment.ts';
import type { Verification } from '../../../../engine/src/config/verification.ts';
import type { StackFacts } from '../../../../engine/src/facts.ts';
import { finding, hasErrors, type Finding } from '../../../../engine/src/finding.ts';
import type { Cloud, World } from '../../../../engine/src/world.ts';
import type { Report } from '../../../../engine/src/report/report.ts';
import type { Applied } from './apply.ts';
import { createLimit } from './limit.ts';
import { keepPrevious, type PreviousStacks } from './previous.ts';
import { restore } from './restore.ts';
import { verify } from './verify.ts';

/** What proving a deployment takes. */
export interface Proof {
  readonly environment: Environment;
  readonly verifications: readonly Verification[];
  readonly stacks: readonly StackFacts[];
  /** Names of all stacks of the assembly. */
  readonly known: readonly string[];
  /** The connection of the region of the run. */
  readonly cloud: Cloud;
  readonly cloudOf: (facts: StackFacts) => Cloud;
  readonly concurrency: number;
  /** Whether the previous version comes back when a verification fails. */
  readonly restores: boolean;
  /** How long going back may take. */
  readonly timeoutMs: number;
}

/** What became of the stacks and of the verifications. */
export type Proven = Pick<Applied, 'results' | 'findings'> & Pick<Report, 'verifications'>;

/** Keeps what proving may have to bring back; nothing where nothing is verified. */
export const prepareProof = ({ verifications, restores, stacks, cloudOf }: Proof): Promise<PreviousStacks> =>
  verifications.length && restores ? keepPrevious(stacks, cloudOf) : Promise.resolve(new Map());

/**
 * Proves a deployment by its verifications, and brings the previous version back when one fails.
 *
 * Only a deployment that went well is verified: one that did not is no success anyway. An unchanged one is verified, too: it would
 * otherwise turn green when it is run again.
 */
export async function prove(proof: Proof, applied: Applied, previous: PreviousStacks, world: World): Promise<Proven> {
  const isGood = applied.results.every(({ outcome }) => outcome.kind === 'deployed' || outcome.kind === 'unchanged');
  if (!isGood || hasErrors(applied.findings) || world.cancelled.aborted || proof.verifications.length === 0) return applied;
  const hasDeployed = applied.results.some((r) => r.outcome.kind === 'deployed');
  const scene = {
    results: applied.results,
    known: proof.known,
    stacks: proof.cloud.stacks,
    cloud: proof.cloud,
    chosen: proof.stacks.map((s) => ({ name: s.stack.name, cloud: proof.cloudOf(s) })),
    deployedMs: hasDeployed ? world.clock.now() : 0,
  };
  const verified = await verify(proof.verifications, scene, proof.environment.place, world);
  const { failed, results: verifications } = verified;
  const findings = [...applied.findings, ...verified.findings];
  if (failed.length === 0 || !proof.restores || world.cancelled.aborted) return { results: applied.results, findings, verifications };
  const because = failed[0] ?? '';
  const limit = createLimit(world.clock.now() + proof.timeoutMs, world);
  const restored = await restore({ ...proof, results: applied.results, swapped: applied.swapped, previous, because, limit }, world);
  limit.release();
  const over = limit.isTimeout() ? [finding('DP141', 'Going back to the previous version did not come to its end.')] : [];
  return { results: restored.results, findings: [...findings, ...restored.findings, ...over], verifications };
}

/** Says whether a stack that was to come back did not: the environment is then neither as it was nor as it should be. */
export const isHalfway = (findings: readonly Finding[]): boolean => findings.some((f) => f.code === 'DP153');
