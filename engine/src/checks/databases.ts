import { toText } from '../assembly/evaluate.ts';
import { finding, type Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, type Check } from './check.ts';
import { toPart } from './properties.ts';
import { isMade, isPropertyTouched, toAsked, toTouched, type Touched } from './touched.ts';
import { toLiveResources } from '../template-facts.ts';

/**
 * Whether RDS offers the engine versions and instance classes of databases here, and the way from the version that is there.
 *
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBEngineVersions.html
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeOrderableDBInstanceOptions.html
 */
export const databases: Check = {
  name: 'databases',
  tier: 'read',
  judge: ({ templates }, ask) =>
    toTouched(toAsked(templates), (type) => /^AWS::RDS::DB(Cluster|Instance)$/.test(type)).flatMap((database) =>
      judgeDatabase(database, ask),
    ),
};

function judgeDatabase(database: Touched, ask: Ask): readonly Finding[] {
  const { facts, properties, place } = database;
  const engine = toText(properties['Engine']);
  const version = toText(properties['EngineVersion']);
  const isVersionTouched = version !== undefined && isPropertyTouched(database, 'EngineVersion');
  const isClassTouched = isPropertyTouched(database, 'DBInstanceClass');
  if (!engine || !(isVersionTouched || isClassTouched)) return [];
  return judgeAnswer(ask(facts.at, 'engineVersions', { engine }), `versions of ${engine}`, place, (offered) => [
    ...(isVersionTouched ? judgeVersion(database, engine, version, offered, ask) : []),
    ...(isClassTouched ? judgeClass(database, engine, version !== undefined && offered.has(version) ? version : undefined, ask) : []),
  ]);
}

/** What can be made, and for each what it can be upgraded to. */
type Offered = ReadonlyMap<string, readonly { readonly version: string; readonly isMajor: boolean }[]>;

/** A version may be given by its beginning: `16` is any 16.x. */
const fits = (wanted: string, version: string): boolean => version === wanted || version.startsWith(`${wanted}.`);

function judgeVersion(database: Touched, engine: string, wanted: string, offered: Offered, ask: Ask): readonly Finding[] {
  const { facts, place, properties, type } = database;
  if (isMade(database)) {
    if ([...offered.keys()].some((v) => fits(wanted, v))) return [];
    const newest = [...offered.keys()].slice(-3).join(', ');
    return [finding('PF275', `${engine} ${wanted} is not offered in ${facts.at.region}; the last in the list are ${newest}.`, place)];
  }
  const from = toVersionThere(database, offered, ask);
  const targets = from === undefined ? undefined : offered.get(from);
  if (from === undefined || !targets || fits(wanted, from)) return [];
  const target = targets.find((t) => fits(wanted, t.version));
  if (!target) {
    const possible = targets.map((t) => t.version).join(', ') || 'nothing else';
    return [finding('PF276', `${engine} cannot go from ${from} to ${wanted}; it can go to ${possible}.`, place)];
  }
  const allows = properties['AllowMajorVersionUpgrade'];
  if (!target.isMajor || type !== 'AWS::RDS::DBInstance' || (allows !== undefined && toText(allows) !== 'false')) return [];
  return [finding('PF276', `${engine} goes from ${from} to the major version ${wanted} without AllowMajorVersionUpgrade.`, place)];
}

/** The version of the live template where it names one exactly; otherwise that of the database itself. */
function toVersionThere({ facts, logicalId }: Touched, offered: Offered, ask: Ask): string | undefined {
  const named = toText(toLiveResources(facts).find((r) => r.logicalId === logicalId)?.properties['EngineVersion']);
  if (named !== undefined && offered.has(named)) return named;
  const resources = ask(facts.at, 'stackResources', { stack: facts.stack.name });
  const found = resources?.kind === 'known' ? resources.value?.get(logicalId) : undefined;
  const live = found?.physicalId ? ask(facts.at, 'resource', { type: found.type, identifier: found.physicalId }) : undefined;
  return live?.kind === 'known' ? toText(toPart(live.value, 'EngineVersion')) : undefined;
}

/** `db.serverless` is no class that could be ordered. */
function judgeClass({ facts, properties, place }: Touched, engine: string, version: string | undefined, ask: Ask): readonly Finding[] {
  const instanceClass = toText(properties['DBInstanceClass']);
  if (!instanceClass || instanceClass === 'db.serverless') return [];
  const of = { engine, instanceClass, ...(version === undefined ? {} : { version }) };
  return judgeAnswer(ask(facts.at, 'databaseZones', of), `offers of ${instanceClass}`, place, (zones) => {
    const zone = toText(properties['AvailabilityZone']);
    const what = `${instanceClass} for ${engine}${version === undefined ? '' : ` ${version}`}`;
    if (zones.length === 0) return [finding('PF277', `${what} is not offered in ${facts.at.region}.`, place)];
    return zone && !zones.includes(zone)
      ? [finding('PF277', `${what} is not offered in ${zone}, only in ${zones.join(', ')}.`, place)]
      : [];
  });
}
