import { spaceportEnvironments } from '../../environments/spaceport.ts';
import { defineSystem } from '../../lib/define-system.ts';
import { dataResources } from './data-resources.ts';
import { stackNames } from './stack-names.ts';

/** The photogrammetry platform: sign-in, uploads with their metadata, projects, flight paths, and the ML pipeline. */
export const spaceport = defineSystem({
  name: 'spaceport',
  environments: spaceportEnvironments,
  stackNames: (environment) => Object.values(stackNames(environment)),
  dataResources: (target) => Object.values(dataResources(target)),
  loadBlueprint: () => import('./blueprint.ts'),
  loadStacks: () => import('./stacks.ts'),
});
