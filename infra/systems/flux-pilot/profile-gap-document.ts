// Writes what separates the pilot's profile from production's into the runbook; run it after a change of the profiles.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { securityProfiles } from '../../environments/flux-pilot-profiles.ts';
import { toGaps, toGapTable } from './profile-gap.ts';

const path = join(import.meta.dirname, '../../../docs/runbook/flux-pilot.md');
const table = toGapTable(toGaps(securityProfiles.pilot, securityProfiles.production));
writeFileSync(path, readFileSync(path, 'utf8').replace(/<!-- gaps -->[^]*<!-- \/gaps -->/, `<!-- gaps -->\n\n${table}\n<!-- /gaps -->`));
