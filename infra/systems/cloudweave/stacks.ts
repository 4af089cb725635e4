import { createApp } from '../../lib/app.ts';
import { refuseBadNames } from '../../lib/literal-names.ts';
import type { Blueprint } from './blueprint.ts';
import { DataStack } from './data-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { FlagsStack } from './flags-stack.ts';
import { FoundationStack } from './foundation-stack.ts';
import { MonitoringStack } from './monitoring-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { RecoveryStack } from './recovery-stack.ts';
import { ServicesStack, type Ground } from './services-stack.ts';

/**
 * Builds the eight stacks and writes their cloud assembly into the blueprint's `outdir`.
 *
 * @throws Error that lists every name in the stacks that is not allowed.
 */
export function synthesizeStacks(blueprint: Blueprint): void {
  const { request, data, stacks } = blueprint;
  const app = createApp(request, {
    system: 'cloudweave',
    environment: request.environment,
    owner: data.owner,
    'cost-centre': data.costCentre,
  });
  const network = new NetworkStack(app, stacks.network, blueprint);
  const foundation = new FoundationStack(app, stacks.foundation, blueprint);
  const store = new DataStack(app, stacks.data, blueprint, network, foundation);
  const ground: Ground = { network, foundation, data: store };
  const services = new ServicesStack(app, stacks.services, blueprint, ground);
  new FlagsStack(app, stacks.flags, blueprint, services);
  const edge = new EdgeStack(app, stacks.edge, blueprint, foundation, services);
  new RecoveryStack(app, stacks.recovery, blueprint, network, foundation, store);
  new MonitoringStack(app, stacks.monitoring, blueprint, ground, services, edge);
  refuseBadNames(app);
  app.synth();
}
