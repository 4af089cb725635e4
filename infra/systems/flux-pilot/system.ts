import type { EnvironmentDefaults, System } from '../../../engine/src/system.ts';
import { fluxPilotEnvironments, type FluxPilotEnvironment } from '../../environments/flux-pilot.ts';
import { inTask } from '../../lib/in-task.ts';
import { artifactsResource } from './data-resources.ts';
import { stackNames } from './stack-names.ts';

/** No branch leads to an environment by itself: who deploys names it. */
const toDefaults = ({ githubEnvironment, protected: guarded }: FluxPilotEnvironment): EnvironmentDefaults => ({
  branches: [],
  githubEnvironment,
  protected: guarded,
});

/** The pilot of Flux Systems: a database and users that stay, and an API of promoted functions that changes often. */
export const fluxPilot: System = {
  name: 'flux-pilot',
  environments: Object.fromEntries(Object.entries(fluxPilotEnvironments).map(([name, data]) => [name, toDefaults(data)])),
  stackNames: (environment) => Object.values(stackNames(environment)),
  dataResources: (target) => [artifactsResource(target)],
  synthesize: async (request) => {
    const { toBlueprint } = await import('./blueprint.ts');
    const blueprint = toBlueprint(request);
    const { synthesizeStacks } = await import('./stacks.ts');
    await inTask(() => synthesizeStacks(blueprint));
  },
};
