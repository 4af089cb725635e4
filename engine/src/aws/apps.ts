import { finding, Stop } from '../finding.ts';
import type { Apps } from '../world.ts';
import { createToolkit, loadToolkit, type ToolkitMessage } from './toolkit.ts';

/** How many lines of an app's own output a finding shows. */
const shownLines = 12;

/** Makes the port that runs the command of an app through the CDK toolkit: context look-ups are made as the CDK CLI makes them. */
export function createApps(): Apps {
  return {
    synthesize: async (command, context, directory, outdir) => {
      const output: string[] = [];
      try {
        const { CdkAppMultiContext } = await loadToolkit();
        const toolkit = await createToolkit(undefined, (m) => output.push(...toOutput(m)));
        const source = await toolkit.fromCdkApp(command, { workingDirectory: directory, outdir, contextStore: new CdkAppMultiContext(directory, context) });
        await using assembly = await toolkit.synth(source);
        void assembly;
      } catch (thrown) {
        const said = output.slice(-shownLines).join('\n');
        throw new Stop(finding('RT052', `\`${command}\` failed: ${(thrown as Error).message}${said ? `\n${said}` : ''}`), { cause: thrown });
      }
    },
  };
}

const toOutput = ({ code, level, message }: ToolkitMessage): string[] => (code?.startsWith('CDK_ASSEMBLY_') || level === 'error' ? message.split('\n').filter(Boolean) : []);
