import { parentPort } from 'node:worker_threads';
import type { SynthRequest, System } from '../system.ts';

/** What the worker is asked. */
export interface SynthOrder {
  readonly system: string;
  readonly request: SynthRequest;
}

/** What it replies when the assembly is in its folder; otherwise it is an error in the words of the system. */
export interface Synthesized {
  readonly outdir: string;
}

/** Serves orders to the thread that started this one; the system that is named `ahead` is loaded at once. */
export function serveSynthesis(systems: readonly System[], ahead: string | undefined): void {
  const find = (name: string | undefined) => systems.find((s) => s.name === name);
  find(ahead)
    ?.load()
    .catch(() => undefined); // synthesizing says it
  parentPort?.on('message', ({ system, request }: SynthOrder) => {
    void synthesize(find(system), request).then((reply) => parentPort?.postMessage(reply));
  });
}

async function synthesize(system: System | undefined, request: SynthRequest): Promise<Synthesized | { readonly error: string }> {
  try {
    await system?.synthesize(request);
    return { outdir: request.outdir };
  } catch (e) {
    return { error: e instanceof Error ? e.message : String(e) };
  }
}
