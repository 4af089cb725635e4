import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { IAMClient } from '@aws-sdk/client-iam';
import { known } from '../answer.ts';
import { once } from '../once.ts';
import type { Readings } from '../readings.ts';
import { ask, clientDefaults, type ClientConfig } from './call.ts';

/** Makes the readings of what principals may do: which roles the caller can assume, what policies allow, what IAM has room for. */
export function createPrincipalReadings(config: ClientConfig): Pick<Readings, 'refusal' | 'denied' | 'iamSummary'> {
  const sts = new STSClient({ ...clientDefaults, ...config });
  const load = once(async () => {
    const sdk = await import('@aws-sdk/client-iam');
    const client: IAMClient = new sdk.IAMClient({ ...clientDefaults, ...config });
    return { sdk, client };
  });
  return {
    refusal: async ({ role, externalId }) => {
      const answer = await ask('sts:AssumeRole', role, () =>
        sts.send(
          new AssumeRoleCommand({
            RoleArn: role,
            RoleSessionName: 'spaceport-preflight',
            DurationSeconds: 900,
            ...(externalId ? { ExternalId: externalId } : {}),
          }),
        ),
      );
      if (answer.kind === 'known') return known(undefined);
      return answer.because.why === 'denied' ? known(answer.because.message) : answer;
    },
    denied: ({ principal, actions, resource, service }) =>
      ask('iam:SimulatePrincipalPolicy', principal, async () => {
        const { sdk, client } = await load();
        const { EvaluationResults = [] } = await client.send(
          new sdk.SimulatePrincipalPolicyCommand({
            PolicySourceArn: principal,
            ActionNames: [...actions],
            ResourceArns: [resource],
            ...(service
              ? { ContextEntries: [{ ContextKeyName: 'iam:PassedToService', ContextKeyType: 'string', ContextKeyValues: [service] }] }
              : {}),
          }),
        );
        // What depends on a value that is not known here may be allowed where it is.
        return EvaluationResults.filter((r) => r.EvalDecision !== 'allowed' && !r.MissingContextValues?.length).map(
          (r) => r.EvalActionName ?? '',
        );
      }),
    iamSummary: () =>
      ask('iam:GetAccountSummary', '*', async () => {
        const { sdk, client } = await load();
        return (await client.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap ?? {};
      }),
  };
}
