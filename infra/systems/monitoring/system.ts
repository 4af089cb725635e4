import { monitoringEnvironments } from '../../environments/monitoring.ts';
import { defineSystem } from '../../lib/define-system.ts';
import { dataResources } from './data-resources.ts';
import { stackNames, stacksByPhase } from './stack-names.ts';

/** The monitoring platform: logs and health checks of other systems, their analysis, alerts and objectives. */
export const monitoring = defineSystem({
  name: 'monitoring',
  environments: monitoringEnvironments,
  stackNames: (environment) => Object.values(stackNames(environment)),
  phases: stacksByPhase,
  dataResources: (target) => Object.values(dataResources(target)),
  loadBlueprint: () => import('./blueprint.ts'),
  loadStacks: () => import('./stacks.ts'),
});
