import type { Report } from './report.ts';

/** What labels tell apart. */
interface Named {
  readonly name: string;
  readonly region: string;
}

/**
 * Gives what stacks are called where they stand beside each other: their names. Where several have one, those outside of the region of the
 * run (`home`) say theirs: `Shop@us-east-1`.
 */
export function toLabels(stacks: readonly Named[], home: string | undefined): readonly string[] {
  return stacks.map(({ name, region }) =>
    region !== home && stacks.some((s) => s.name === name && s.region !== region) ? `${name}@${region}` : name,
  );
}

/** Gives a report whose stacks have their labels for names, in the plan too; what comes before one of several comes before each. */
export function withLabels<R extends Pick<Report, 'stacks' | 'plan' | 'region'>>(report: R): R {
  const { stacks, plan, region } = report;
  const planned = plan && toLabels(plan.stacks, region);
  const labelsOf = (name: string, own: string | undefined) =>
    (plan?.stacks ?? []).flatMap((s, i) => (s.name === name && planned?.[i] !== own ? (planned?.[i] ?? []) : []));
  const labels = toLabels(stacks, region);
  return {
    ...report,
    stacks: stacks.map((s, i) => ({ ...s, name: labels[i] ?? s.name })),
    ...(plan && planned
      ? {
          plan: {
            ...plan,
            stacks: plan.stacks.map((s, i) => ({
              ...s,
              name: planned[i] ?? s.name,
              after: s.after.flatMap((name) => labelsOf(name, planned[i])),
            })),
          },
        }
      : {}),
  };
}
