import { createFunctionLog } from '../../../../handlers/log.ts';
import type { RestEvent, RestResult } from '../rest.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { answer } from './answer.ts';

const allowedOrigins = readVariables(process.env, ['ALLOWED_ORIGINS']).ALLOWED_ORIGINS.split(',');
const log = createFunctionLog();

/** Lambda calls this for every route of a function, until a set is promoted. */
export const handler = async (event: RestEvent): Promise<RestResult> => answer(event, allowedOrigins, log);
