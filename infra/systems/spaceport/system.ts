import type { EnvironmentDefaults, System } from '../../../engine/src/system.ts';
import { spaceportEnvironments, type SpaceportEnvironment } from '../../environments/spaceport.ts';
import { inTask } from '../../lib/in-task.ts';
import { dataResources } from './data-resources.ts';
import { stackNames } from './stack-names.ts';

const toDefaults = ({ branches, githubEnvironment, protected: guarded }: SpaceportEnvironment): EnvironmentDefaults => ({
  branches,
  githubEnvironment,
  protected: guarded,
});

/** The photogrammetry platform: sign-in, uploads with their metadata, projects, flight paths, and the ML pipeline. */
export const spaceport: System = {
  name: 'spaceport',
  environments: Object.fromEntries(Object.entries(spaceportEnvironments).map(([name, data]) => [name, toDefaults(data)])),
  stackNames: (environment) => Object.values(stackNames(environment)),
  dataResources: (target) => Object.values(dataResources(target)),
  synthesize: async (request) => {
    const { toBlueprint } = await import('./blueprint.ts');
    const blueprint = toBlueprint(request);
    const { synthesizeStacks } = await import('./stacks.ts');
    await inTask(() => synthesizeStacks(blueprint));
  },
};
