import { posix } from 'node:path';
import { findUses, type Import } from './imports.ts';
import { zones, type Zone } from './zones.ts';

/** A file in its zone; `unit` is the action or system it belongs to, where its zone has such. */
interface Placed {
  readonly path: string;
  readonly zone: Zone;
  readonly unit: string | undefined;
}

/**
 * Gives every breach of the rules on who may import whom, one line each, in order; none when all is well.
 *
 * `sources` are the texts of all files by path. A file in no zone is a breach, and so is a cycle of imports; imports of
 * types count for the zones, but make no cycle.
 */
export function judgeBoundaries(sources: ReadonlyMap<string, string>): readonly string[] {
  const breaches: string[] = [];
  const graph = new Map<string, readonly string[]>();
  for (const [path, source] of sources) {
    const file = place(path);
    if (!file) {
      breaches.push(`${path} is in no zone: put it where it belongs, or add a zone to tools/zones.ts.`);
      continue;
    }
    const { imports, ambient } = findUses(source, path);
    breaches.push(...imports.flatMap((i) => judgeImport(file, i, sources)));
    if (file.zone.pure)
      breaches.push(...ambient.map((use) => `${path} uses ${use}: the zone «${file.zone.name}» is pure, take it as an argument.`));
    graph.set(
      path,
      imports.filter((i) => !i.typeOnly && isOwn(i.specifier)).map((i) => resolve(path, i.specifier)),
    );
  }
  return [...breaches.sort(), ...findCycles(graph).map((cycle) => `${cycle.join(' -> ')}: these files import one another in a circle.`)];
}

function place(path: string): Placed | undefined {
  for (const zone of zones) {
    const match = zone.files.exec(path);
    if (match) return { path, zone, unit: match[1] };
  }
  return undefined;
}

const isOwn = (specifier: string): boolean => /^\.\.?\//.test(specifier) && !specifier.includes('node_modules/');

const resolve = (path: string, specifier: string): string => posix.join(posix.dirname(path), specifier);

function judgeImport(file: Placed, { specifier }: Import, sources: ReadonlyMap<string, string>): readonly string[] {
  const { path, zone } = file;
  if (!isOwn(specifier)) {
    const name = specifier.replace(/^\.[./]*?node_modules\//, '');
    if (name === 'aws-cdk-lib')
      return [`${path} imports aws-cdk-lib: import aws-cdk-lib/core and the services needed, the root adds 40 MB to the bundle.`];
    return zone.packages.test(name) ? [] : [`${path} imports ${name}: the zone «${zone.name}» may not use that package.`];
  }
  const target = resolve(path, specifier);
  const to = sources.has(target) ? place(target) : undefined;
  if (!sources.has(target)) return [`${path} imports ${specifier}: there is no such source file.`];
  if (!to || mayImport(file, to)) return [];
  const stranger =
    file.unit && to.unit && file.unit !== to.unit
      ? `${file.unit} may not import ${to.unit}`
      : `the zone «${zone.name}» may not import «${to.zone.name}»`;
  return [`${path} imports ${target}: ${stranger}.`];
}

function mayImport(from: Placed, to: Placed): boolean {
  if (from.zone.imports.includes(to.zone.name)) return true;
  return (from.zone === to.zone || (from.zone.own?.includes(to.zone.name) ?? false)) && from.unit === to.unit;
}

/** Gives one cycle for each knot of files, beginning with its first file. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path]);
    if (at >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of [...graph.keys()].sort()) walk(path, []);
  return cycles;
}
