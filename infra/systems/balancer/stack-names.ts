import { balancerEnvironments, type BalancerEnvironment } from '../../environments/balancer.ts';

/** The phases of a deployment, each with its stacks; a stack needs only those of its own phase and the ones before. */
export const phases = {
  foundation: ['networking', 'security', 's3', 'sqs', 'secrets', 'hosted-zone'],
  infrastructure: ['database', 'certificate', 'waf'],
  application: ['compute'],
  monitoring: ['monitoring', 'log-forwarder'],
} as const;

/** The id of one of balancer's stacks. */
export type StackId = (typeof phases)[keyof typeof phases][number];

/**
 * What a stack needs; a stack without a row needs none.
 *
 * @source docs/decisions/0008-balancer-dependencies.md for those that the document does not name
 */
export const dependencies: Readonly<Partial<Record<StackId, readonly StackId[]>>> = {
  security: ['networking'],
  database: ['networking', 'security', 'secrets'],
  certificate: ['hosted-zone'],
  compute: ['networking', 'security', 'database', 'certificate', 'sqs', 'secrets', 's3', 'hosted-zone', 'waf'],
  monitoring: ['compute'],
  'log-forwarder': ['compute'],
};

/** The names of one environment's stacks. */
export type StackNames = Readonly<Record<StackId, string>>;

/**
 * Gives the names of the stacks of an environment, in the order of their phases; they are the same in every region.
 *
 * @throws Error in one line for an environment that balancer does not have.
 */
export function stackNames(environment: string): StackNames {
  environmentData(environment);
  const names = Object.values(phases)
    .flat()
    .map((id) => [id, `v3-backend-${environment}-${id}`]);
  return Object.fromEntries(names) as Record<StackId, string>;
}

/** Gives the names of the stacks of an environment by phase. */
export function stacksByPhase(environment: string): Readonly<Record<string, readonly string[]>> {
  const names = stackNames(environment);
  return Object.fromEntries(Object.entries(phases).map(([phase, ids]) => [phase, ids.map((id) => names[id])]));
}

/**
 * Gives what is set for an environment.
 *
 * @throws Error in one line for an environment that balancer does not have.
 */
export function environmentData(environment: string): BalancerEnvironment {
  const data = Object.hasOwn(balancerEnvironments, environment) ? balancerEnvironments[environment] : undefined;
  if (!data)
    throw new Error(`balancer has no environment ${JSON.stringify(environment)}; it has: ${Object.keys(balancerEnvironments).join(', ')}`);
  return data;
}
