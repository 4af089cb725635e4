import { GetParameterCommand, paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import { known } from '../answer.ts';
import type { Bootstraps } from '../world.ts';
import { ask, clientDefaults, toErrorName, type ClientConfig } from './call.ts';

/** Makes the port that reads what `cdk bootstrap` left: the SSM parameters below /cdk-bootstrap. */
export function createBootstraps(config: ClientConfig): Bootstraps {
  const client = new SSMClient({ ...clientDefaults, ...config });
  return {
    version: (parameter) =>
      ask(
        'ssm:GetParameter',
        parameter,
        async () => toVersion((await client.send(new GetParameterCommand({ Name: parameter }))).Parameter?.Value),
        (e) => toErrorName(e) === 'ParameterNotFound',
      ),
    qualifiers: async () => {
      const answer = await ask('ssm:GetParametersByPath', '/cdk-bootstrap', async () => {
        const found = new Set<string>();
        for await (const page of paginateGetParametersByPath({ client }, { Path: '/cdk-bootstrap', Recursive: true })) {
          for (const p of page.Parameters ?? []) found.add(/^\/cdk-bootstrap\/([^/]+)\/version$/.exec(p.Name ?? '')?.[1] ?? '');
        }
        return [...found].filter(Boolean).sort();
      });
      return answer.kind === 'known' ? known(answer.value ?? []) : answer;
    },
  };
}

/** What is no number counts as the oldest version. */
const toVersion = (value: string | undefined): number => Number.parseInt(value ?? '', 10) || 0;
