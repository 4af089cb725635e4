import { createFunctionLog } from '../../../../handlers/log.ts';
import { createMetrics } from '../../../../handlers/metrics.ts';
import { perform } from '../../../../handlers/perform.ts';
import { toCredentials } from '../../../../handlers/sign.ts';
import { readVariables } from '../../../../handlers/variables.ts';
import { checkRestore, type RestoreEvent } from './check-restore.ts';
import { createRestores } from './restores.ts';

const variables = readVariables(process.env, ['AWS_REGION', 'ENVIRONMENT', 'RECOVERY_TIME_HOURS', 'RECOVERY_POINT_HOURS']);
const now = (): Date => new Date();
const endpoint = process.env['AWS_ENDPOINT_URL'];

const world = {
  metrics: createMetrics((line) => void process.stdout.write(line), now, { namespace: 'CloudWeave', environment: variables.ENVIRONMENT }),
  promised: { timeHours: Number(variables.RECOVERY_TIME_HOURS), pointHours: Number(variables.RECOVERY_POINT_HOURS) },
  restores: createRestores({
    region: variables.AWS_REGION,
    fetch,
    now,
    credentials: () => toCredentials(process.env),
    ...(endpoint ? { endpoint } : {}),
  }),
};

/** EventBridge calls this when a restore came to its end. */
export const handler = perform((event: RestoreEvent) => checkRestore(event, world), createFunctionLog());
