import type { EnvironmentDefaults, System } from '../../../engine/src/system.ts';
import { monitoringEnvironments, type MonitoringEnvironment } from '../../environments/monitoring.ts';
import { inTask } from '../../lib/in-task.ts';
import { dataResources } from './data-resources.ts';
import { stackNames } from './stack-names.ts';

/** No branch stands for an environment: who deploys names it. */
const toDefaults = ({ githubEnvironment, protected: guarded }: MonitoringEnvironment): EnvironmentDefaults => ({
  branches: [],
  githubEnvironment,
  protected: guarded,
});

/** The monitoring platform: logs and health checks of other systems, their analysis, alerts and objectives. */
export const monitoring: System = {
  name: 'monitoring',
  environments: Object.fromEntries(Object.entries(monitoringEnvironments).map(([name, data]) => [name, toDefaults(data)])),
  stackNames: (environment) => Object.values(stackNames(environment)),
  dataResources: (target) => Object.values(dataResources(target)),
  synthesize: async (request) => {
    const { toBlueprint } = await import('./blueprint.ts');
    const blueprint = toBlueprint(request);
    const { synthesizeStacks } = await import('./stacks.ts');
    await inTask(() => synthesizeStacks(blueprint));
  },
};
