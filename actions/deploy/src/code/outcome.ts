import type { Environment } from '../../../../engine/src/config/environment.ts';
import type { Verification } from '../../../../engine/src/config/verification.ts';
import { finding, type Finding } from '../../../../engine/src/finding.ts';
import type { Inputs } from '../../../../engine/src/inputs.ts';
import type { CodeResult, Report } from '../../../../engine/src/report/report.ts';
import type { World } from '../../../../engine/src/world.ts';
import { table } from '../inputs.ts';
import type { Scene } from '../steps/look.ts';
import { verify } from '../steps/verify.ts';
import type { Order } from './look-at-targets.ts';
import { restore, type Release } from './release.ts';

/** Gives the inputs that mean nothing to `mode: code`: what they ask for would not happen. */
export function judgeUnused(inputs: Inputs<typeof table>): readonly Finding[] {
  const { planDigest, parameters, tags, existing, allowDestructive, recover, method, outputsFile } = inputs;
  const given: readonly (readonly [boolean, string])[] = [
    [planDigest !== undefined, 'plan-digest'],
    [Object.keys(parameters).length > 0, 'parameters'],
    [Object.keys(tags).length > 0, 'tags'],
    [existing !== undefined, 'existing'],
    [allowDestructive.length > 0, 'allow-destructive'],
    [recover.length > 0 && recover.join() !== 'auto', 'recover'],
    [method !== table.inputs.method.default, 'method'],
    [outputsFile !== undefined, 'outputs-file'],
  ];
  return given.filter(([is]) => is).map(([, name]) => finding('RT014', `\`${name}\` is for stacks, and \`mode: code\` touches none.`));
}

/** What proving new code takes. */
export interface CodeProof {
  readonly release: Release;
  readonly given: readonly CodeResult[];
  readonly verifications: readonly Verification[];
  readonly scene: Omit<Scene, 'deployedMs'>;
  readonly environment: Environment;
  /** Whether what does not work stays. */
  readonly keeps: boolean;
}

/**
 * Proves new code by the verifications of the environment, and brings the former code of all back when any of it does not work.
 *
 * What belongs together is given together: half of it new is what nobody tested.
 */
export async function proveCode(
  { release, given, verifications, scene, environment, keeps }: CodeProof,
  world: World,
): Promise<Pick<Report, 'verifications'> & { readonly results: readonly CodeResult[]; readonly findings: readonly Finding[] }> {
  const toCancelled = (results: readonly CodeResult[]) => (world.cancelled.aborted ? [finding('RT002', toStopped(results))] : []);
  const stopped = toCancelled(given);
  const bad = given.find((r) => r.outcome.kind === 'failed');
  const isLost = given.some((r) => r.outcome.kind === 'still-running');
  if (stopped.length || isLost) return { results: given, findings: stopped };
  if (bad) {
    const results = keeps ? given : await restore(given, release, `${bad.target} did not work`, world);
    return { results, findings: toCancelled(results) };
  }
  if (verifications.length === 0) return { results: given, findings: [] };
  const deployedMs = given.some((r) => r.outcome.kind === 'updated') ? world.clock.now() : 0;
  const verified = await verify(verifications, { ...scene, deployedMs }, environment.place, world);
  const [failed] = verified.failed;
  const results = failed === undefined || keeps || world.cancelled.aborted ? given : await restore(given, release, failed, world);
  return { results, findings: [...verified.findings, ...toCancelled(results)], verifications: verified.results };
}

const toStopped = (results: readonly CodeResult[]): string => {
  const running = results.filter((r) => r.outcome.kind === 'still-running').map((r) => r.target);
  return running.length ? `Still running in AWS: ${running.join(', ')}.` : 'Nothing is running in AWS.';
};

/** Gives the findings of what became of new code; none for what is as it should be. */
export const toCodeFindings = (results: readonly CodeResult[], orders: readonly Order[]): readonly Finding[] =>
  results.flatMap((result) => {
    const place = orders.find((o) => o.target.id === result.target)?.target.place ?? {};
    const { target, outcome, from } = result;
    switch (outcome.kind) {
      case 'updated':
      case 'unchanged':
        return [];
      case 'restored':
        return [finding('DP184', `${target} runs ${from} again: ${outcome.why}`, place)];
      case 'failed': {
        if (outcome.isUntouched) return [finding('DP186', `${target}: ${outcome.why}`, place)];
        return [finding('DP185', `${target}: ${outcome.why}${outcome.left === undefined ? '' : `\nGoing back: ${outcome.left}`}`, place)];
      }
      case 'not-started':
        return [finding('DP186', `${target}: ${outcome.because}.`, place)];
      case 'still-running':
        return [finding('DP187', `${target}: ${outcome.status}.`, place)];
    }
  });
