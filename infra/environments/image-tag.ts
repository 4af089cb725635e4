import { z } from 'zod';

/**
 * What the tag of a container's image may be.
 *
 * @source https://github.com/opencontainers/distribution-spec/blob/main/spec.md (the form of a tag)
 */
export const imageTag = z
  .string()
  .regex(/^\w[\w.-]{0,127}$/, 'letters, digits and _ . - are allowed, at most 128, with a letter, digit or _ first');
