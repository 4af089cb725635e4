import type { Cloud, World } from '../../../engine/src/world.ts';
import type { Request } from './request.ts';

/** One attempt to promote, once it is known who makes it: what every record and manifest of it says. */
export interface Attempt {
  /** Its target has the account that was reached. */
  readonly request: Request;
  readonly cloud: Cloud;
  /** When the attempt began, ISO 8601. */
  readonly time: string;
  readonly run: World['run'];
}
