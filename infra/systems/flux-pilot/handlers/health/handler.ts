import { createFunctionLog } from '../../../../handlers/log.ts';
import type { RestEvent, RestResult } from '../rest.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { check } from './check.ts';
import { connectTo } from './connect.ts';

const variables = readVariables(process.env, ['DB_HOST', 'DB_PORT', 'SET_DIGEST']);
const world = {
  connect: () => connectTo(variables.DB_HOST, Number(variables.DB_PORT), 3000),
  setDigest: variables.SET_DIGEST,
  log: createFunctionLog(),
};

/** Lambda calls this for `GET /health`. */
export const handler = (event: RestEvent): Promise<RestResult> => check(event, world);
