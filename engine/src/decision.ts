/** The types of resource that hold data and are looked up in AWS before synth. */
export const dataTypes = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::ECR::Repository'] as const;

/** One of `dataTypes`. */
export type DataType = (typeof dataTypes)[number];

/**
 * A bucket, table or repository that a system needs in one environment, known before synth.
 *
 * `id` is unique in its system and stays when a name changes; decisions refer to it. `stack` is the name of the stack
 * that would own it. `fallback` is the name from before environments had suffixes; only the one environment with
 * `legacy-names` ever looks at it.
 */
export interface DataResource {
  readonly id: string;
  readonly type: DataType;
  readonly stack: string;
  readonly preferred: string;
  readonly fallback: string;
}

/**
 * What synth does with one data resource, decided from what AWS holds.
 *
 * - `create`: nothing there; the template defines it under `name`.
 * - `managed`: its stack owns it already; the template keeps defining it under `name`.
 * - `adopt`: it exists and nobody owns it; the template defines it and the deployment imports it into the stack.
 * - `reference`: it exists outside of the stack and stays there; the template only refers to it.
 *
 * Decisions are plain data: they enter synth as context and stand in the plan.
 */
export interface Decision {
  readonly id: string;
  readonly type: DataType;
  readonly stack: string;
  readonly name: string;
  readonly kind: 'create' | 'managed' | 'adopt' | 'reference';
}

/** A data resource that exists, belongs to no stack, and has its place in a template: what `existing: adopt` is about. */
export interface Adoption {
  /** Id of the stack. */
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  /** Why CloudFormation would not import it; undefined when it would. */
  readonly obstacle?: string;
}

/** What happens to data resources that exist outside of their stack: refer to them, take in those that belong to none, or stop. */
export const existing = ['reference', 'adopt', 'fail'] as const;

/** One of `existing`. */
export type Existing = (typeof existing)[number];
