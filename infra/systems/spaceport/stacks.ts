import { createApp } from '../../lib/app.ts';
import { refuseBadNames } from '../../lib/literal-names.ts';
import { AuthStack } from './auth-stack.ts';
import type { Blueprint } from './blueprint.ts';
import { MainStack } from './main-stack.ts';
import { MlPipelineStack } from './ml-pipeline-stack.ts';

/**
 * Builds the three stacks and writes their cloud assembly into the blueprint's `outdir`.
 *
 * @throws Error that lists every name in the stacks that is not allowed.
 */
export function synthesizeStacks(blueprint: Blueprint): void {
  const { request, data, stacks } = blueprint;
  const app = createApp(request, {
    system: 'spaceport',
    environment: request.environment,
    owner: data.owner,
    'cost-centre': data.costCentre,
  });
  const auth = new AuthStack(app, stacks.auth, blueprint);
  const main = new MainStack(app, stacks.main, blueprint, auth);
  new MlPipelineStack(app, stacks.mlPipeline, blueprint, auth, main);
  refuseBadNames(app);
  app.synth();
}
