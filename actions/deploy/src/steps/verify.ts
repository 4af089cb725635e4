import { untilAborted } from '../../../../engine/src/aborted.ts';
import { toMs, type Verification } from '../../../../engine/src/config/verification.ts';
import { finding, type Finding, type Place } from '../../../../engine/src/finding.ts';
import type { VerificationResult } from '../../../../engine/src/report/report.ts';
import type { World } from '../../../../engine/src/world.ts';
import { lookOnce, type Look, type Scene } from './look.ts';

/** How often each kind is looked at, and for how long where the config does not say; in milliseconds. */
const pace: Readonly<Record<Verification['kind'], { readonly pollMs: number; readonly withinMs: number }>> = {
  http: { pollMs: 5_000, withinMs: 2 * 60_000 },
  lambda: { pollMs: 5_000, withinMs: 60_000 },
  alarms: { pollMs: 15_000, withinMs: 5 * 60_000 },
  ecs: { pollMs: 10_000, withinMs: 10 * 60_000 },
  command: { pollMs: 0, withinMs: 10 * 60_000 },
};

/** What verifying came to: `failed` are the verifications that did not pass, in words. One that could not be run did not fail: nothing is known. */
export interface Verified {
  readonly results: readonly VerificationResult[];
  readonly findings: readonly Finding[];
  readonly failed: readonly string[];
}

/**
 * Gives the verifications that the input `verify` chooses: `auto` those of the config, `never` none, otherwise those that it names.
 *
 * A name that the environment does not have is a problem.
 */
export function chooseVerifications(
  all: readonly Verification[],
  wanted: readonly string[],
): { readonly chosen: readonly Verification[]; readonly problems: readonly Finding[] } {
  const [only] = wanted;
  if (wanted.length === 1 && only === 'never') return { chosen: [], problems: [] };
  if (wanted.length === 0 || (wanted.length === 1 && only === 'auto')) return { chosen: all, problems: [] };
  const names = all.map((v) => v.name);
  const problems = wanted
    .filter((name) => !names.includes(name))
    .map((name) =>
      finding('RT010', `\`verify\` names \`${name}\`; the verifications of the environment are ${names.join(', ') || 'none'}.`),
    );
  return { chosen: all.filter((v) => wanted.includes(v.name)), problems };
}

/**
 * Makes verifications side by side, each until it passes or its time is over.
 *
 * A command is run once, a function is invoked and a site asked again while time is left. A run that is cancelled ends at once: what
 * it did not come to say is no failure.
 */
export async function verify(chosen: readonly Verification[], scene: Scene, place: Place, world: World): Promise<Verified> {
  if (chosen.length) world.log.line(`🔎 Verifying ${chosen.map((v) => v.name).join(', ')}`);
  const startMs = world.clock.now();
  const ends = await Promise.all(
    chosen.map(async (v) => {
      const end = await untilPassed(v, scene, world);
      return { name: v.name, verifies: v.kind, end, seconds: toSeconds(world.clock.now() - startMs) };
    }),
  );
  const findings = ends.flatMap(({ name, end }) => toFindings(name, end, place));
  const failed = ends.flatMap(({ name, end }) => (end?.kind === 'lacks' ? [`the verification ${name}: ${end.what}`] : []));
  const results = ends.map(({ end, ...rest }): VerificationResult => ({ ...rest, outcome: end ? outcomes[end.kind] : 'interrupted' }));
  return { findings, failed, results };
}

const outcomes = { passed: 'passed', lacks: 'failed', unread: 'not-run', cannot: 'not-run', absent: 'passed-over' } as const;

const toSeconds = (ms: number): number => Math.round(ms / 100) / 10;

/** Gives the last look; nothing when the run was cancelled. */
async function untilPassed(verification: Verification, scene: Scene, world: World): Promise<Look | undefined> {
  const { clock, cancelled } = world;
  const { pollMs } = pace[verification.kind];
  const startMs = clock.now();
  const endMs = startMs + toWithin(verification);
  let said = '';
  for (;;) {
    const look = await Promise.race([lookOnce(verification, scene, endMs - clock.now(), world), untilAborted(cancelled)]);
    if (!look || cancelled.aborted) return undefined;
    const mayChange = look.kind === 'lacks' || look.kind === 'unread';
    const isOver = !mayChange || pollMs === 0 || clock.now() + pollMs > endMs;
    if (isOver) {
      world.log.line(toEndLine(verification.name, look, toSeconds(clock.now() - startMs)));
      return look;
    }
    if (look.what !== said) world.log.line(`   ${verification.name}: not yet, ${look.what}`);
    said = look.what;
    await clock.sleep(pollMs, cancelled);
  }
}

/** Alarms that have to stay in OK for a while have their time beside that. */
function toWithin(verification: Verification): number {
  if (verification.within !== undefined) return toMs(verification.within);
  return pace[verification.kind].withinMs + (verification.kind === 'alarms' ? toMs(verification['ok-for']) : 0);
}

function toFindings(name: string, end: Look | undefined, place: Place): readonly Finding[] {
  switch (end?.kind) {
    case 'lacks':
      return [finding('DP150', `${name}: ${end.what}.`, place)];
    case 'unread':
    case 'cannot':
      return [finding('DP151', `${name}: ${end.what}.`, place)];
    case 'absent':
      return [finding('DP154', `${name}: ${end.what}.`, place)];
    default:
      return [];
  }
}

function toEndLine(name: string, look: Look, seconds: number): string {
  if (look.kind === 'passed') return `✅ ${name}: verified in ${seconds.toFixed(1)} s`;
  return `${look.kind === 'absent' ? 'ℹ️' : '❌'} ${name}: ${look.kind === 'lacks' ? 'not as it should be' : 'cannot be verified'}, ${look.what}`;
}
