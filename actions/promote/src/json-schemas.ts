import { z } from 'zod';
import { manifestSchema } from './manifest.ts';
import { recordSchema } from './record.ts';

/** Gives the JSON Schemas that are published for what a promotion writes, by name of file. */
export function toJsonSchemas(): Readonly<{ [file: string]: unknown }> {
  return {
    'manifest.schema.json': z.toJSONSchema(manifestSchema),
    'record.schema.json': z.toJSONSchema(recordSchema),
  };
}
