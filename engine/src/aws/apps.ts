import { toSynthFailure } from '../cause/app-output.ts';
import { Stop } from '../finding.ts';
import type { AppOrder, Apps } from '../world.ts';
import { toClientConfig, type IdToken } from './identity.ts';
import { createToolkit, loadToolkit, type ToolkitMessage } from './toolkit.ts';

/**
 * Makes the port that runs the command of an app through the CDK toolkit, as the CDK CLI runs it.
 *
 * With `lookUpAs` missing context is looked up in AWS and noted in cdk.context.json; without it missing context is an error.
 */
export function createApps(idToken: IdToken): Apps {
  return {
    synthesize: async (order) => {
      const output: string[] = [];
      try {
        await synthesizeApp(order, idToken, (m) => output.push(...toOutput(m)));
      } catch (thrown) {
        throw new Stop(toSynthFailure(order.command, (thrown as Error).message, output), { cause: thrown });
      }
    },
  };
}

async function synthesizeApp(
  { command, context, directory, outdir, lookUpAs }: AppOrder,
  idToken: IdToken,
  onMessage: (message: ToolkitMessage) => void,
): Promise<void> {
  const { CdkAppMultiContext } = await loadToolkit();
  const toolkit = await createToolkit(lookUpAs && toClientConfig(lookUpAs, idToken), onMessage);
  const asks = lookUpAs !== undefined;
  const contextStore = new CdkAppMultiContext(directory, context);
  const source = await toolkit.fromCdkApp(command, {
    workingDirectory: directory,
    outdir,
    contextStore,
    lookups: asks,
    resolveDefaultEnvironment: asks,
  });
  const assembly = await toolkit.synth(source);
  await assembly.dispose();
}

const toOutput = ({ code, level, message }: ToolkitMessage): string[] =>
  code?.startsWith('CDK_ASSEMBLY_') || level === 'error' ? message.split('\n').filter(Boolean) : [];
