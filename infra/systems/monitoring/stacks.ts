import { createApp } from '../../lib/app.ts';
import { refuseBadNames } from '../../lib/literal-names.ts';
import { ApiStack } from './api-stack.ts';
import type { Blueprint } from './blueprint.ts';
import { ComputeStack, type Foundation } from './compute-stack.ts';
import { IntegrationsStack } from './integrations-stack.ts';
import { MessagingStack } from './messaging-stack.ts';
import { MonitoringStack } from './monitoring-stack.ts';
import { NetworkingStack } from './networking-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { SecurityStack } from './security-stack.ts';
import { StorageStack } from './storage-stack.ts';

/**
 * Builds the nine stacks and writes their cloud assembly into the blueprint's `outdir`.
 *
 * @throws Error that lists every name in the stacks that is not allowed.
 */
export function synthesizeStacks(blueprint: Blueprint): void {
  const { request, data, stacks } = blueprint;
  const app = createApp(request, {
    system: 'monitoring',
    environment: request.environment,
    owner: data.owner,
    'cost-centre': data.costCentre,
  });
  const { network } = new NetworkingStack(app, stacks.networking, blueprint);
  const security = new SecurityStack(app, stacks.security, blueprint);
  const storage = new StorageStack(app, stacks.storage, blueprint, security);
  const messaging = new MessagingStack(app, stacks.messaging, blueprint, security);
  const foundation: Foundation = { network, security, storage, messaging };

  const compute = new ComputeStack(app, stacks.compute, blueprint, foundation);
  const api = new ApiStack(app, stacks.api, blueprint, compute, security);
  const monitoring = new MonitoringStack(app, stacks.monitoring, blueprint, foundation, compute, api);

  const integrations = new IntegrationsStack(app, stacks.integrations, blueprint, foundation, compute);
  for (const needed of [api, monitoring]) integrations.addStackDependency(needed, 'the integrations come last');
  new PipelineStack(app, stacks.pipeline, blueprint);
  refuseBadNames(app);
  app.synth();
}
