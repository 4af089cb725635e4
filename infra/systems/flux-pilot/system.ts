import { fluxPilotEnvironments } from '../../environments/flux-pilot.ts';
import { defineSystem } from '../../lib/define-system.ts';
import { artifactsResource } from './data-resources.ts';
import { stackNames } from './stack-names.ts';

/** The pilot of Flux Systems: a database and users that stay, and an API of promoted functions that changes often. */
export const fluxPilot = defineSystem({
  name: 'flux-pilot',
  environments: fluxPilotEnvironments,
  stackNames: (environment) => Object.values(stackNames(environment)),
  dataResources: (target) => [artifactsResource(target)],
  loadBlueprint: () => import('./blueprint.ts'),
  loadStacks: () => import('./stacks.ts'),
});
