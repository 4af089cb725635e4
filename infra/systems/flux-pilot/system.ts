import type { EnvironmentDefaults, System } from '../../../engine/src/system.ts';
import { fluxPilotEnvironments, type FluxPilotEnvironment } from '../../environments/flux-pilot.ts';
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
    await asTask(() => synthesizeStacks(blueprint));
  },
};

/** Performs work in a task of its own: the CDK writes each construct's call stack, and the caller's part would differ from one run to the next. */
function asTask(work: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}
