import { createLog } from '../../../../handlers/log.ts';
import { serve } from '../serve.ts';
import { respond } from './respond.ts';

/** Lambda calls this for `POST /drone-paths`. */
export const handler = serve(
  respond,
  createLog(
    (line) => process.stdout.write(line),
    () => new Date(),
  ),
);
