import type { Firewall, Network, PasswordRules, Rotation, SecurityProfile } from '../../environments/flux-pilot-profiles.ts';

/** One thing that two profiles differ in, in plain words. */
export interface Gap {
  readonly requirement: string;
  readonly is: string;
  readonly wanted: string;
  /** What closing it does to an environment that runs: nothing is lost, or the database is made anew from a snapshot. */
  readonly closing: 'in place' | 'new database';
}

/**
 * Gives what still separates one profile from another: none when they guard alike.
 *
 * Shape: in a fixed order, one at most for each requirement.
 */
export function toGaps(from: SecurityProfile, to: SecurityProfile): readonly Gap[] {
  const all: readonly Gap[] = [
    { requirement: 'Network of the database', is: network(from.network), wanted: network(to.network), closing: 'new database' },
    { requirement: 'Who reaches the database', is: access(from.network), wanted: access(to.network), closing: 'new database' },
    { requirement: 'Second factor', is: factor(from.mfa), wanted: factor(to.mfa), closing: 'in place' },
    { requirement: 'Passwords of users', is: passwords(from.passwords), wanted: passwords(to.passwords), closing: 'in place' },
    { requirement: 'Password of the database', is: rotation(from.rotation), wanted: rotation(to.rotation), closing: 'in place' },
    { requirement: 'Firewall before the API', is: firewall(from.firewall), wanted: firewall(to.firewall), closing: 'in place' },
  ];
  return all.filter(({ is, wanted }) => is !== wanted);
}

/** Renders gaps as a table of GitHub Markdown, or one sentence when there are none. */
export function toGapTable(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return 'Nothing separates them.\n';
  const rows = gaps.map(({ requirement, is, wanted, closing }) => `| ${requirement} | ${is} | ${wanted} | ${closing} |\n`);
  return `| | is | wanted | closed |\n|---|---|---|---|\n${rows.join('')}`;
}

const network = (it: Network): string =>
  it.kind === 'default-vpc' ? 'default VPC, a public address' : `VPC of its own (${it.cidr}), private subnets in ${it.zones} zones`;

const access = (it: Network): string =>
  it.kind === 'default-vpc' ? "whom the VPC's default security group lets in" : 'functions, by a security group for each side';

const factor = (it: SecurityProfile['mfa']): string => (it === 'OFF' ? 'off' : 'required, by an app');

function passwords({ minLength, lowercase, uppercase, digits, symbols, temporaryDays }: PasswordRules): string {
  const kinds = Object.entries({ lowercase, uppercase, digits, symbols }).flatMap(([kind, wanted]) => (wanted ? [kind] : []));
  return `${[`${minLength} characters`, ...kinds].join(', ')}; a temporary one lasts ${temporaryDays} days`;
}

const rotation = (it: Rotation): string =>
  it.kind === 'by-rds'
    ? 'in Secrets Manager, rotated by RDS as it likes'
    : `in Secrets Manager, rotated every ${it.everyDays} days within ${it.windowHours} hours from midnight UTC`;

const firewall = (it: Firewall): string =>
  it.kind === 'none' ? 'none' : `AWS WAF: managed rules, ${it.requestsPerFiveMinutes} requests in five minutes from one address`;
