import { finding } from '../finding.ts';
import { toPlace, type Check } from './check.ts';

/** What the app said of its own constructs, cdk-nag's rules among it: with an error, the CDK deploys none of its stacks. */
export const appMessages: Check = {
  name: 'messages of the app',
  tier: 'static',
  judge: ({ stacks }) =>
    stacks.flatMap(({ stack }) => {
      const ids = new Map([...stack.paths].map(([id, path]) => [path, id]));
      return stack.messages.map(({ level, constructPath, text }) => {
        const id = ids.get(constructPath.replace(/\/Resource$/, ''));
        const place = { ...toPlace(stack, id), constructPath: constructPath.replace(/\/Resource$/, '') };
        return finding(level === 'error' ? 'PF172' : 'PF173', text, place);
      });
    }),
};
