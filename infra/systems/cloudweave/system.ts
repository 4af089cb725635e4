import { cloudWeaveEnvironments } from '../../environments/cloudweave.ts';
import { defineSystem } from '../../lib/define-system.ts';
import { dataResources } from './data-resources.ts';
import { stackNames } from './stack-names.ts';

/** CloudWeave: a website and its API in containers, with their database, cache, edge and recovery. */
export const cloudWeave = defineSystem({
  name: 'cloudweave',
  environments: cloudWeaveEnvironments,
  takesImageTag: true,
  stackNames: (environment) => Object.values(stackNames(environment)),
  dataResources: (target) => Object.values(dataResources(target)),
  loadBlueprint: () => import('./blueprint.ts'),
  loadStacks: () => import('./stacks.ts'),
});
