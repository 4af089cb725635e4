/**
 * What is known of one circuit, which stands between a function and something that may fail.
 *
 * - `closed`: calls pass; `failures` is how many failed in a row.
 * - `open`: no call passes before `until`.
 * - `half-open`: one call tries; nobody else does before `until`, when it counts as lost.
 *
 * Times are in ms since 1970. `version` grows with every change.
 */
export interface Circuit {
  readonly state: 'closed' | 'open' | 'half-open';
  readonly failures: number;
  readonly until: number;
  readonly version: number;
}

/** After how many failures in a row a circuit opens, and for how long; how long the one call that tries may take. */
export interface CircuitLimits {
  readonly failures: number;
  readonly openMs: number;
  readonly tryMs: number;
}

/** Whether a call may pass: like all others, as the one that tries (once `next` is kept), or not before a time. */
export type Admission =
  | { readonly kind: 'pass' }
  | { readonly kind: 'try'; readonly next: Circuit }
  | { readonly kind: 'refuse'; readonly until: number };

/** The circuit of something that was never called. */
export const unused: Circuit = { state: 'closed', failures: 0, until: 0, version: 0 };

/** Decides whether a call may pass now. */
export function admit(circuit: Circuit, now: number, { tryMs }: CircuitLimits): Admission {
  if (circuit.state === 'closed') return { kind: 'pass' };
  if (now < circuit.until) return { kind: 'refuse', until: circuit.until };
  return { kind: 'try', next: { ...circuit, state: 'half-open', until: now + tryMs, version: circuit.version + 1 } };
}

/** Gives the circuit after a call that succeeded; the same one when nothing changes. */
export function afterSuccess(circuit: Circuit): Circuit {
  if (circuit.state === 'closed' && circuit.failures === 0) return circuit;
  // Of a call from before it opened: it says nothing of now, and the one that tries will.
  if (circuit.state === 'open') return circuit;
  return { ...unused, version: circuit.version + 1 };
}

/** Gives the circuit after a call that failed; the same one when it is open already. */
export function afterFailure(circuit: Circuit, now: number, limits: CircuitLimits): Circuit {
  if (circuit.state === 'open') return circuit;
  const failures = circuit.failures + 1;
  const opens = circuit.state === 'half-open' || failures >= limits.failures;
  const version = circuit.version + 1;
  return opens ? { state: 'open', failures, until: now + limits.openMs, version } : { ...circuit, failures, version };
}
