import type { DataResource, Decision } from '../../engine/src/decision.ts';

/** Gives what was decided for a resource: without a decision it is created under its preferred name. */
export function decisionFor(resource: DataResource, decisions: readonly Decision[]): Decision {
  const { id, type, stack, preferred } = resource;
  return decisions.find((decision) => decision.id === id) ?? { id, type, stack, name: preferred, kind: 'create' };
}

/** Gives one line for each decision that fits no resource, contradicts it or comes twice; empty when all are fine. */
export function judgeDecisions(resources: readonly DataResource[], decisions: readonly Decision[]): readonly string[] {
  return decisions.flatMap((decision, index) => {
    const resource = resources.find(({ id }) => id === decision.id);
    if (!resource) return [`the decision on ${JSON.stringify(decision.id)}: there is no such data resource, there is: ${resources.map(({ id }) => id).join(', ')}`];
    const twice = decisions.findIndex(({ id }) => id === decision.id) !== index;
    return [
      ...(twice ? [`the decision on ${decision.id} comes twice`] : []),
      ...(['type', 'stack'] as const)
        .filter((key) => decision[key] !== resource[key])
        .map((key) => `the decision on ${decision.id} has the ${key} ${JSON.stringify(decision[key])}, and it is ${JSON.stringify(resource[key])}`),
    ];
  });
}
