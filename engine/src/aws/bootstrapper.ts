import type { Bootstrapper } from '../stack-changes.ts';
import type { ClientConfig } from './call.ts';
import { isLost } from './deployer.ts';
import { createToolkit, loadToolkit } from './toolkit.ts';

/** Makes the port that bootstraps accounts and regions through the CDK toolkit, with the template that it brings. */
export function createBootstrapper(config: ClientConfig): Bootstrapper {
  return {
    version: async () => {
      const { BootstrapTemplate } = await loadToolkit();
      return toVersion((await BootstrapTemplate.fromSource()).asJSON());
    },
    bootstrap: async (order) => {
      const { BootstrapEnvironments, BootstrapStackParameters } = await loadToolkit();
      const { account, region, stackName, qualifier, trust, trustForLookUp, executionPolicies, protects } = order;
      try {
        const toolkit = await createToolkit(config, () => {}, { toolkitStackName: stackName });
        const parameters = BootstrapStackParameters.withExisting({
          qualifier,
          ...(trust ? { trustedAccounts: [...trust] } : {}),
          ...(trustForLookUp ? { trustedAccountsForLookup: [...trustForLookUp] } : {}),
          ...(executionPolicies ? { cloudFormationExecutionPolicies: [...executionPolicies] } : {}),
        });
        const environments = BootstrapEnvironments.fromList([`aws://${account}/${region}`]);
        const done = await toolkit.bootstrap(environments, { parameters, ...(protects ? { terminationProtection: true } : {}) });
        return { noOp: done.environments.every((e) => e.status === 'no-op') };
      } catch (thrown) {
        return { error: thrown instanceof Error ? thrown.message : String(thrown), ...(isLost(thrown) ? { isLost: true } : {}) };
      }
    },
  };
}

/** Gives the version that a template of the bootstrap writes into its parameter. */
function toVersion(json: string): number {
  const { Resources } = JSON.parse(json) as { Resources: { CdkBootstrapVersion: { Properties: { Value: string } } } };
  return Number.parseInt(Resources.CdkBootstrapVersion.Properties.Value, 10);
}
