import type { Bootstrapper } from '../../engine/src/stack-changes.ts';
import type { FakeAws, FakeStack } from './account.ts';

/** The version of the bootstrap that the fake makes. */
export const ownVersion = 30;

/** Makes the port that bootstraps an account of the fake; scripts of deployments hold for its stack, too. */
export function createFakeBootstrapper(aws: FakeAws, region: string): Bootstrapper {
  return {
    version: async () => ownVersion,
    bootstrap: async (order) => {
      aws.calls.push(`${region} bootstrap ${order.stackName}`);
      aws.bootstrapOrders.push(order);
      const { stackName: name, qualifier, trust, trustForLookUp, executionPolicies, protects } = order;
      const key = `${region} ${name}`;
      const before = aws.stacks.get(key);
      const parameters = {
        TrustedAccounts: '',
        TrustedAccountsForLookup: '',
        CloudFormationExecutionPolicies: '',
        ...before?.parameters,
        Qualifier: qualifier,
        ...(trust ? { TrustedAccounts: trust.join(',') } : {}),
        ...(trustForLookUp ? { TrustedAccountsForLookup: trustForLookUp.join(',') } : {}),
        ...(executionPolicies ? { CloudFormationExecutionPolicies: executionPolicies.join(',') } : {}),
      };
      const { error, endsIn, atEnd } = aws.scripts.get(name) ?? {};
      const after: FakeStack = {
        id: `arn:aws:cloudformation:${region}:${aws.account}:stack/${name}/1`,
        name,
        status: endsIn ?? `${before ? 'UPDATE' : 'CREATE'}_COMPLETE`,
        statusReason: '',
        parameters,
        tags: {},
        outputs: { BootstrapVersion: { value: String(ownVersion) } },
        terminationProtection: protects || (before?.terminationProtection ?? false),
        template: {},
        names: {},
      };
      aws.stacks.set(key, after);
      if (!endsIn) aws.bootstraps.set(`${region} /cdk-bootstrap/${qualifier}/version`, ownVersion);
      atEnd?.();
      const noOp = before !== undefined && JSON.stringify(before.parameters) === JSON.stringify(parameters);
      return { noOp, ...(error === undefined ? {} : { error }) };
    },
  };
}
