/** One finding of a rule that is meant to stay, and why a reviewer of security would agree. */
export interface Suppression {
  /** Such as `AwsSolutions-S1`; the rule of `*` resources is called `all-resources`. */
  readonly rule: string;
  /** Path of the construct below its stack, such as `Uploads`; what is below it counts, too. */
  readonly where: string;
  /** For rules with one finding per permission: a part of the finding, such as `uploads/*`. */
  readonly finding?: string;
  readonly reason: string;
}

/** What a rule found: `where` is the path of a construct below its stack, `finding` is empty for rules with one finding. */
export interface Violation {
  readonly rule: string;
  readonly where: string;
  readonly finding: string;
}

/** Tells whether a suppression is about a violation. */
export function covers({ rule, where, finding = '' }: Suppression, violation: Violation): boolean {
  return rule === violation.rule && `${violation.where}/`.startsWith(`${where}/`) && violation.finding.includes(finding);
}
