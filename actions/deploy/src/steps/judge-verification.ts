import type { VerificationOf } from '../../../../engine/src/config/verification.ts';
import type { Alarm, ContainerService } from '../../../../engine/src/readings.ts';
import { withoutSecrets } from '../../../../engine/src/cause/clean.ts';
import { clip } from '../../../../engine/src/report/inert.ts';
import type { CommandEnd, Invocation, SiteAnswer } from '../../../../engine/src/reach.ts';

/** What one look showed: what is still missing, in words; nothing when all is as it should be. */
export type Lacks = string | undefined;

/** How much of a foreign answer is shown, of which nobody knows what it holds. */
const shown = 200;

const quote = (text: string): string => JSON.stringify(clip(withoutSecrets(text), shown));

/** Judges the answer of a site: status, then headers, then body. */
export function judgeSite({ status, headers, body }: SiteAnswer, wanted: VerificationOf<'http'>): Lacks {
  if (status !== wanted.status) return `it answers ${status}, not ${wanted.status}: ${quote(body)}`;
  for (const [name, value] of Object.entries(wanted.headers)) {
    const found = headers[name.toLowerCase()];
    if (found === undefined) return `its answer has no header ${name}`;
    if (!found.includes(value)) return `its header ${name} is ${quote(found)}, without ${quote(value)}`;
  }
  return judgeText(body, wanted) ?? judgePattern(body, wanted);
}

function judgePattern(body: string, { matches }: VerificationOf<'http'>): Lacks {
  return matches === undefined || new RegExp(matches).test(body) ? undefined : `its body does not match ${matches}: ${quote(body)}`;
}

function judgeText(text: string, { contains }: { readonly contains?: string | undefined }): Lacks {
  return contains === undefined || text.includes(contains) ? undefined : `its answer does not hold ${quote(contains)}: ${quote(text)}`;
}

/** Judges what a function gave: an error of its own is none, whatever else is wanted. */
export function judgeInvocation(given: Invocation | undefined, wanted: VerificationOf<'lambda'>): Lacks {
  if (!given) return 'it is not there';
  if (given.error) return `it failed (${given.error})${given.payload ? `: ${quote(given.payload)}` : ''}`;
  const status = toStatusCode(given.payload);
  if (wanted.status !== undefined && status !== wanted.status)
    return `its answer has ${status === undefined ? 'no statusCode' : `statusCode ${String(status)}`}, not ${wanted.status}: ${quote(given.payload)}`;
  return judgeText(given.payload, wanted);
}

function toStatusCode(payload: string): unknown {
  try {
    return (JSON.parse(payload) as { readonly statusCode?: unknown } | null)?.statusCode;
  } catch {
    return undefined; // text that is no JSON has no status
  }
}

/** Judges alarms: each is there and in OK, for so long since the deployment. Times are milliseconds since the epoch. */
export function judgeAlarms(
  alarms: readonly Alarm[],
  names: readonly string[] | undefined,
  time: { readonly nowMs: number; readonly deployedMs: number; readonly okForMs: number },
): Lacks {
  if (alarms.length === 0 && !names) return 'no alarm has a name of this beginning';
  const missing = (names ?? []).filter((name) => !alarms.some((a) => a.name === name));
  if (missing.length) return `there is no alarm ${missing.join(', ')}`;
  const bad = alarms.filter((a) => a.state !== 'OK');
  if (bad.length) return bad.map((a) => `${a.name} is in ${a.state}`).join(', ');
  const young = alarms.filter((a) => time.nowMs - Math.max(a.sinceMs, time.deployedMs) < time.okForMs);
  return young.length ? `${young.map((a) => a.name).join(', ')} not in OK for ${time.okForMs / 1_000} s yet` : undefined;
}

/** Judges services of ECS: one deployment alone, completed, and as many tasks as are wanted. */
export function judgeServices(services: readonly ContainerService[]): Lacks {
  const lacking = services.flatMap((s) => judgeService(s) ?? []);
  return lacking.length ? lacking.join('; ') : undefined;
}

function judgeService({ name, status, desired, running, deployments }: ContainerService): Lacks {
  if (status !== 'ACTIVE') return `${name} is ${status}`;
  const [primary, ...others] = deployments;
  if (primary?.rollout === 'FAILED') return `${name} failed to roll out${primary.reason ? `: ${primary.reason}` : ''}`;
  if (running !== desired) return `${name} runs ${running} of ${desired} tasks`;
  if (others.length) return `${name} has ${deployments.length} deployments at once`;
  return primary && primary.rollout !== '' && primary.rollout !== 'COMPLETED' ? `${name} rolls out (${primary.rollout})` : undefined;
}

/** Judges the end of a command; what it wrote last says why. */
export function judgeCommand({ code, lines }: CommandEnd): Lacks {
  if (code === 0) return undefined;
  const said = withoutSecrets(lines.slice(-5).join('\n'));
  return `${code === undefined ? 'it did not end in time' : `it ended with ${code}`}${said ? `:\n${said}` : ''}`;
}
