import { join } from 'node:path';
import { finding, Stop, type Finding } from '../finding.ts';
import { version } from '../version.ts';
import type {
  AppMessage,
  Assembly,
  Asset,
  BootstrapNeed,
  Destination,
  LookUpRole,
  MissingContext,
  Stack,
  StackRoles,
  Template,
} from './assembly.ts';
import { withoutLoops } from './for-each.ts';
import { readNested } from './nested.ts';
import { toPlaces, type Metadata } from './sources.ts';

/** Gives the text of a file below the assembly, or undefined when it is not there. */
export type ReadText = (path: string) => string | undefined;

/** An entry of the manifest of an assembly. */
export interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly metadata?: Metadata;
  readonly additionalMetadataFile?: string;
}
interface Manifest {
  readonly version: string;
  readonly artifacts?: Readonly<Record<string, Artifact>>;
  readonly missing?: readonly { readonly key: string; readonly provider: string }[];
}

/** One entry of an asset manifest; files have bucket and key, images repository and tag. */
interface AssetEntry {
  readonly displayName?: string;
  readonly source?: { readonly path?: string; readonly directory?: string };
  readonly destinations?: Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;
}

/** The newest major version of the cloud assembly schema whose shape is known here. */
const knownSchema = 55;

/**
 * Gives the cloud assembly in a folder as plain data; the stacks of stages too.
 *
 * @throws Stop with RT050 when there is no manifest, with RT051 for every file that is missing or no JSON, with PF108 for one that is too new.
 * @source cloud assembly schema, manifest.json
 */
export function parseAssembly(dir: string, read: ReadText): Assembly {
  if (read(join(dir, 'manifest.json')) === undefined)
    throw new Stop(finding('RT050', `There is no manifest.json in ${dir}.`, { file: dir }));
  const reader = new Reader(read);
  const { stacks, missing } = reader.manifest(dir);
  if (reader.problems.length) throw new Stop(reader.problems);
  return { dir, missing, stacks: stacks.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Reads the files of one assembly and collects what is wrong with them. */
class Reader {
  readonly problems: Finding[] = [];
  private readonly read: ReadText;

  constructor(read: ReadText) {
    this.read = read;
  }

  manifest(dir: string): { stacks: Stack[]; missing: MissingContext[] } {
    const manifest = this.json<Manifest>(join(dir, 'manifest.json')) ?? { version: '0' };
    if (Number.parseInt(manifest.version, 10) > knownSchema) {
      const message = `${dir} has schema ${manifest.version}; ${version} of these actions reads up to ${knownSchema}.`;
      this.problems.push(finding('PF108', message, { file: join(dir, 'manifest.json') }));
    }
    const artifacts = manifest.artifacts ?? {};
    const stacks: Stack[] = [];
    const missing: MissingContext[] = (manifest.missing ?? []).map(({ key, provider }) => ({ key, provider }));
    for (const [id, artifact] of Object.entries(artifacts)) {
      if (artifact.type === 'aws:cloudformation:stack') stacks.push(this.stack(dir, id, artifact, artifacts));
      if (artifact.type === 'cdk:cloud-assembly') {
        const inner = this.manifest(join(dir, String(artifact.properties?.['directoryName'])));
        stacks.push(...inner.stacks);
        missing.push(...inner.missing);
      }
    }
    return { stacks, missing };
  }

  private stack(dir: string, id: string, artifact: Artifact, artifacts: Readonly<Record<string, Artifact>>): Stack {
    const p = artifact.properties ?? {};
    const templateFile = join(dir, String(p['templateFile']));
    const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment ?? '') ?? [];
    const more = artifact.additionalMetadataFile ? this.json<Metadata>(join(dir, artifact.additionalMetadataFile)) : undefined;
    const metadata = [...Object.entries(artifact.metadata ?? {}), ...Object.entries(more ?? {})];
    const displayName = artifact.displayName ?? id;
    const needs = artifact.dependencies ?? [];
    const template = withoutLoops(this.json<Template>(templateFile) ?? {});
    const assets = needs.flatMap((d) => (artifacts[d]?.type === 'cdk:asset-manifest' ? this.assets(dir, artifacts[d]) : []));
    const own = {
      id,
      name: String(p['stackName'] ?? id),
      displayName,
      templateFile,
      template,
      ...toPlaces(metadata, displayName, template),
    };
    return {
      ...own,
      nested: readNested(own, { within: own.name, assets, metadata, read: this.read }),
      ...(account && account !== 'unknown-account' ? { account } : {}),
      ...(region && region !== 'unknown-region' ? { region } : {}),
      templateBytes: new TextEncoder().encode(this.read(templateFile) ?? '').length,
      isTemplateAsset: typeof p['stackTemplateAssetObjectUrl'] === 'string',
      parameters: (p['parameters'] ?? {}) as Record<string, string>,
      tags: (p['tags'] ?? {}) as Record<string, string>,
      terminationProtection: p['terminationProtection'] === true,
      ...(Array.isArray(p['notificationArns']) ? { notificationArns: p['notificationArns'].map(String).sort() } : {}),
      dependencies: needs.filter((d) => artifacts[d]?.type === 'aws:cloudformation:stack').sort(),
      ...toBootstrapNeed(p),
      roles: toRoles(p),
      ...toLookUp(p),
      assets,
      messages: toMessages(metadata),
    };
  }

  private assets(dir: string, artifact: Artifact): Asset[] {
    type Entries = Readonly<Record<string, AssetEntry>>;
    const manifest = this.json<{ files?: Entries; dockerImages?: Entries }>(join(dir, String(artifact.properties?.['file'])));
    const of = (kind: Asset['kind'], entries: Entries = {}) =>
      Object.entries(entries).map(([id, { displayName = id, source, destinations = {} }]): Asset => {
        const path = source?.path ?? source?.directory;
        return {
          id,
          kind,
          displayName,
          ...(path ? { path: join(dir, path) } : {}),
          destinations: Object.values(destinations).map(toDestination),
        };
      });
    return [...of('file', manifest?.files), ...of('image', manifest?.dockerImages)];
  }

  private json<T>(file: string): T | undefined {
    const text = this.read(file);
    if (text === undefined) {
      this.problems.push(finding('RT051', `${file} is named in the manifest and is not there.`));
      return undefined;
    }
    try {
      return JSON.parse(text) as T;
    } catch (e) {
      this.problems.push(finding('RT051', `${file} is no JSON: ${(e as Error).message}.`));
      return undefined;
    }
  }
}

function toDestination({
  bucketName,
  objectKey,
  repositoryName,
  imageTag,
  region,
  assumeRoleArn,
  assumeRoleExternalId,
}: NonNullable<AssetEntry['destinations']>[string]): Destination {
  return {
    store: bucketName ?? repositoryName ?? '',
    name: objectKey ?? imageTag ?? '',
    ...(region ? { region } : {}),
    ...(assumeRoleArn ? { role: assumeRoleArn } : {}),
    ...(assumeRoleExternalId ? { externalId: assumeRoleExternalId } : {}),
  };
}

function toBootstrapNeed(p: Readonly<Record<string, unknown>>): { bootstrap?: BootstrapNeed } {
  const parameter = p['bootstrapStackVersionSsmParameter'];
  if (typeof parameter !== 'string') return {};
  const qualifier = /^\/cdk-bootstrap\/([^/]+)\/version$/.exec(parameter)?.[1] ?? '';
  return { bootstrap: { qualifier, parameter, version: Number(p['requiresBootstrapStackVersion'] ?? 0) } };
}

function toMessages(metadata: readonly (readonly [string, Metadata[string]])[]): readonly AppMessage[] {
  const levels: Readonly<Record<string, AppMessage['level']>> = { 'aws:cdk:error': 'error', 'aws:cdk:warning': 'warning' };
  return metadata.flatMap(([path, entries]) =>
    entries.flatMap(({ type, data }): AppMessage[] => {
      const level = levels[type];
      return level ? [{ level, constructPath: path.replace(/^\//, ''), text: String(data) }] : [];
    }),
  );
}

function toRoles(p: Readonly<Record<string, unknown>>): StackRoles {
  const text = (key: string) => (typeof p[key] === 'string' ? p[key] : undefined);
  const [deploy, externalId, execution] = ['assumeRoleArn', 'assumeRoleExternalId', 'cloudFormationExecutionRoleArn'].map(text);
  return { ...(deploy ? { deploy } : {}), ...(externalId ? { externalId } : {}), ...(execution ? { execution } : {}) };
}

function toLookUp(p: Readonly<Record<string, unknown>>): { lookUp?: LookUpRole } {
  const { arn, assumeRoleExternalId: externalId } = (p['lookupRole'] ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof arn !== 'string') return {};
  return { lookUp: { arn, ...(typeof externalId === 'string' ? { externalId } : {}) } };
}
