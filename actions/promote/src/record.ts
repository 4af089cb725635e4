import { z } from 'zod';
import type { Finding } from '../../../engine/src/finding.ts';
import { version } from '../../../engine/src/version.ts';
import type { Attempt } from './attempt.ts';
import { locationSchema, runSchema } from './manifest.ts';

/** The shape of a record: what one attempt to promote was, and what it came to. */
export const recordSchema = z
  .object({
    schema: z.literal(1),
    action: z.string().describe('Version of the action that wrote it.'),
    result: z
      .enum(['started', 'promoted', 'unchanged', 'refused', 'failed', 'cancelled'])
      .describe('What the attempt came to; `started` is written before the first copy and never changed.'),
    promotion: z.string(),
    actor: z.string().describe('Who started the run.'),
    reason: z.string().describe('Why, in their words.'),
    confirmation: z.string().describe('What was typed to confirm; it is the name of the target unless the attempt was refused.'),
    from: locationSchema,
    to: locationSchema,
    time: z.iso.datetime().describe('When the attempt began.'),
    written: z.iso.datetime().describe('When this record was written.'),
    run: runSchema,
    set: z
      .object({
        digest: z.string(),
        previousDigest: z.string().optional().describe('The set that was current when the attempt began.'),
        artifacts: z.int().min(0).describe('How many.'),
        sizeBytes: z.int().min(0),
        copied: z.int().min(0).describe('How many of them this attempt copied.'),
      })
      .optional()
      .describe('Left out when the set could not be read.'),
    manifest: z.string().optional().describe('Where the manifest is that names the set now: an s3:// URI.'),
    findings: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .describe('The record of one attempt to promote artifacts.');

/** The record of one attempt. */
export type PromotionRecord = z.infer<typeof recordSchema>;

/** What an attempt came to so far. */
export interface Progressed {
  readonly result: PromotionRecord['result'];
  readonly set?: PromotionRecord['set'];
  readonly manifest?: string;
  readonly findings: readonly Finding[];
}

/** Gives the record of an attempt. `written` is milliseconds since the epoch. */
export function toRecord(attempt: Attempt, progressed: Progressed, written: number): PromotionRecord {
  const { request, run, time } = attempt;
  const { result, set, manifest, findings } = progressed;
  return {
    schema: 1,
    action: version,
    result,
    promotion: request.promotion,
    actor: run.actor,
    reason: request.reason,
    confirmation: request.confirm,
    from: request.from,
    to: request.to,
    time,
    written: new Date(written).toISOString(),
    run,
    ...(set ? { set } : {}),
    ...(manifest ? { manifest } : {}),
    findings: findings.map(({ code, message }) => ({ code, message })),
  };
}
