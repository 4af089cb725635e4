import { queue } from '../../../test/fakes/assembly.ts';
import { live, testCases, type Stacks } from '../../../test/fakes/check-cases.ts';

const guarded: Stacks = { Shop: { resources: { Queue: queue() }, protected: true } };
const open: Stacks = { Shop: { resources: { Queue: queue() } } };

testCases(
  ['PF224'],
  [
    {
      code: 'PF224',
      name: 'a stack that loses its protection',
      stacks: open,
      options: live(guarded),
      told: ['Shop: Shop is protected from deletion, and would not be any more.'],
    },
    { code: 'PF224', name: 'one that keeps it', stacks: { Shop: { ...guarded['Shop'], tags: { a: 'b' } } }, options: live(guarded) },
    { code: 'PF224', name: 'one that gets it', stacks: guarded, options: live(open) },
    { code: 'PF224', name: 'one that never had it', stacks: { Shop: { ...open['Shop'], tags: { a: 'b' } } }, options: live(open) },
    { code: 'PF224', name: 'a new stack', stacks: open },
  ],
);
