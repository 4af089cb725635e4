import { z } from 'zod';

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost')) && !text.includes('*');
}
const origin = z
  .string()
  .refine(isOrigin, 'an origin such as https://example.com is allowed: https (or http for localhost), no path, no *');
const contentType = z
  .string()
  .max(100)
  .regex(
    /^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/,
    'a content type such as image/jpeg is allowed, in lowercase and without parameters',
  );

const mail = z.email('an address such as team@example.com is allowed').max(254);
const imageTag = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'a tag of an image is allowed: letters, digits and _ . -, at most 128');

/**
 * What a project may set for spaceport; all of it has a default.
 *
 * `maxUploadBytes` goes up to what S3 takes in one PUT.
 *
 * @source https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html (5 GB in one operation)
 */
export const settingsSchema = z.strictObject({
  /** The origins whose pages may call the API and upload; none means that no browser page of another origin may. */
  allowedOrigins: z.array(origin).max(20).default([]),
  /** How long an upload address works. */
  uploadUrlSeconds: z.int().min(60).max(3600).default(900),
  maxUploadBytes: z.int().min(1).max(5_368_709_120).default(5_368_709_120),
  /** They go to the functions in an environment variable, and all of those together have 4 KB. */
  uploadContentTypes: z
    .array(contentType)
    .min(1)
    .max(20)
    .default(['application/zip', 'image/jpeg', 'image/png', 'image/tiff', 'text/csv', 'video/mp4', 'video/quicktime']),
  /** Who gets a mail when an alarm goes off or ends; each confirms once. */
  alarmEmails: z.array(mail).max(20).default([]),
  /** Who gets a mail when the pipeline has ended with a job. */
  resultEmails: z.array(mail).max(20).default([]),
  /** The images that the pipeline runs, by their tags in the two repositories. */
  sfmImageTag: imageTag.default('latest'),
  threeDgsImageTag: imageTag.default('latest'),
});

/** The settings of spaceport with their defaults. */
export type Settings = z.infer<typeof settingsSchema>;
