import type { SynthRequest, System } from '../system.ts';
import { createThread } from './thread.ts';
import type { SynthOrder, Synthesized } from './synthesis-worker.ts';

/** Where systems are synthesized: on a core of its own, while the run loads what it needs and reads from AWS. */
export interface Synthesis {
  /** Begins to load a system, before anybody knows whether its name is one. */
  ahead(system: string): void;
  /** Gives the system that is synthesized there; without a bundle, as in a source tree, the one that is synthesized here. */
  of(system: System): System;
  stop(): Promise<void>;
}

/** Makes the place where systems are synthesized: a thread of the bundle, which loads the CDK. */
export function createSynthesis(bundle: string): Synthesis {
  const thread = createThread<SynthOrder, Synthesized>(bundle, 'synthesis');
  return {
    ahead: (system) => void thread.start(system),
    of: (system) => ({
      ...system,
      synthesize: async (request: SynthRequest) => {
        if (!thread.start(system.name)) return system.synthesize(request);
        const reply = await thread.ask({ system: system.name, request });
        if ('error' in reply) throw new Error(reply.error);
      },
      load: async () => (thread.start(system.name) ? undefined : system.load()),
    }),
    stop: thread.stop,
  };
}
