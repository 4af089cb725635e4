import { balancer } from './statements/balancer.ts';
import { cloudWeave } from './statements/cloudweave.ts';
import { fluxPilot } from './statements/flux-pilot.ts';
import { monitoring } from './statements/monitoring.ts';
import { spaceport } from './statements/spaceport.ts';
import type { Statement } from './statements/statement.ts';

/** What the document of each system says, statement by statement, with what shows it; by the name of the system. */
export const statements: Readonly<Record<string, readonly Statement[]>> = {
  spaceport,
  monitoring,
  'flux-pilot': fluxPilot,
  balancer,
  cloudweave: cloudWeave,
};
