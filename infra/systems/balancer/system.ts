import { balancerEnvironments } from '../../environments/balancer.ts';
import { defineSystem } from '../../lib/define-system.ts';
import { dataResources } from './data-resources.ts';
import { stackNames, stacksByPhase } from './stack-names.ts';

/** The V3 backend of Balancer: API, worker and scheduler in containers, with their database, queues and buckets. */
export const balancer = defineSystem({
  name: 'balancer',
  environments: balancerEnvironments,
  takesImageTag: true,
  stackNames: (environment) => Object.values(stackNames(environment)),
  phases: stacksByPhase,
  dataResources: (target) => Object.values(dataResources(target)),
  loadBlueprint: () => import('./blueprint.ts'),
  loadStacks: () => import('./stacks.ts'),
});
