import { createApp } from '../../lib/app.ts';
import { refuseBadNames } from '../../lib/literal-names.ts';
import { AppStack } from './app-stack.ts';
import { ArtifactStack } from './artifact-stack.ts';
import { BaseStack } from './base-stack.ts';
import type { Blueprint } from './blueprint.ts';

/**
 * Builds the three stacks and writes their cloud assembly into the blueprint's `outdir`.
 *
 * The application refers to the base stack by the names of its exports alone; the dependency only tells the order.
 *
 * @throws Error that lists every name in the stacks that is not allowed.
 */
export function synthesizeStacks(blueprint: Blueprint): void {
  const { request, data, stacks } = blueprint;
  const app = createApp(request, {
    system: 'flux-pilot',
    environment: request.environment,
    owner: data.owner,
    'cost-centre': data.costCentre,
  });
  const { bucket } = new ArtifactStack(app, stacks.artifacts, blueprint);
  const base = new BaseStack(app, stacks.base, blueprint);
  const application = new AppStack(app, stacks.app, blueprint, bucket);
  application.addStackDependency(base);
  refuseBadNames(app);
  app.synth();
}
