import { known, type Answer } from './answer.ts';
import { nestedStackType, type NestedStack, type Resource, type Template } from './assembly/assembly.ts';
import { toNestedScope } from './assembly/nested-scope.ts';
import { toNestedPath } from './assembly/nested.ts';
import { judgeNestedChange, unreadable } from './plan/change.ts';
import { createPool, type Pool } from './pool.ts';
import type { StackResource } from './stack-readings.ts';
import { isSure, toLiveScope, toPolicy, toResources, type ReadTemplate, type TemplateResource } from './template-facts.ts';
import type { Cloud } from './world.ts';

/** What AWS has of a nested stack; without a `live` nothing was asked. */
type Found = Pick<ReadTemplate, 'live' | 'liveTemplate' | 'unread' | 'listedAs'>;

/** How many nested stacks of one stack are read at once. */
const atOnce = 10;

/**
 * Reads the stacks nested in one, and in these, beside what AWS has of them; one that goes is there with an empty template.
 *
 * Cost: one call for a live stack that has any nested in it, and two for each of these that is live; one where nothing changes.
 */
export async function readNested(
  parent: ReadTemplate,
  cloud: Cloud | undefined,
  pool: Pool = createPool(atOnce),
): Promise<readonly ReadTemplate[]> {
  const wanted = parent.resources.flatMap((resource) => {
    const nested = parent.stack.nested.find((n) => n.logicalId === resource.logicalId);
    return nested ? [{ nested, resource }] : [];
  });
  const there = await pool(() => listNested(parent, wanted.length > 0, cloud));
  const look = (logicalId: string) => pool(() => find(logicalId, there, parent, cloud));
  const going = there?.kind === 'known' ? toGoing(parent, there.value) : [];
  const read = await Promise.all([
    ...wanted.map(async ({ nested, resource }) => toRead(nested, resource, parent, await look(nested.logicalId))),
    ...going.map(async (logicalId) => toGone(logicalId, parent, await look(logicalId))),
  ]);
  const all = await Promise.all(read.map(async (one) => [one, ...(await readNested(one, cloud, pool))]));
  return all.flat();
}

type There = Answer<ReadonlyMap<string, StackResource>> | undefined;

/** Gives the nested stacks that a live stack has; undefined where it is not there, or not known to be. */
async function listNested({ live, liveTemplate, change, stack }: ReadTemplate, has: boolean, cloud: Cloud | undefined): Promise<There> {
  const isThere = live?.kind === 'known' && live.value && (change.action === 'update' || change.action === 'unchanged');
  if (!cloud || !isThere || !(has || Object.values(liveTemplate?.Resources ?? {}).some(isNested))) return undefined;
  const answer = await cloud.readings.stackResources({ stack: stack.name });
  if (answer.kind === 'unknown') return answer;
  const isKept = ({ type, physicalId, status }: StackResource) => type === nestedStackType && physicalId && status !== 'DELETE_COMPLETE';
  return known(new Map([...(answer.value ?? [])].filter(([, r]) => isKept(r))));
}

const isNested = ({ Type }: Resource): boolean => Type === nestedStackType;

/** Gives those that the template lets go of, and that are not kept beside it. */
function toGoing(parent: ReadTemplate, there: ReadonlyMap<string, StackResource>): readonly string[] {
  const { change, resources, liveTemplate } = parent;
  if (change.action !== 'update') return [];
  const isRetained = (id: string) => toPolicy(liveTemplate?.Resources?.[id]?.DeletionPolicy, toLiveScope(parent)).startsWith('Retain');
  const isLeft = (id: string) => resources.some((r) => r.logicalId === id && r.type === nestedStackType);
  return [...there.keys()].filter((id) => !isLeft(id) && !isRetained(id)).sort();
}

async function find(logicalId: string, there: There, parent: ReadTemplate, cloud: Cloud | undefined): Promise<Found> {
  if (!cloud) return { unread: [] };
  if (!there)
    return parent.live?.kind === 'unknown' ? { live: parent.live, unread: [parent.live.because] } : { live: known(undefined), unread: [] };
  if (there.kind === 'unknown') return { live: there, unread: [there.because] };
  const id = there.value.get(logicalId)?.physicalId;
  if (id === undefined) return { live: known(undefined), unread: [] };
  const isSame = parent.change.action === 'unchanged';
  const [live, template] = await Promise.all([cloud.stacks.describe(id), isSame ? undefined : cloud.stacks.template(id)]);
  const unread = [live, template].flatMap((answer) => (answer?.kind === 'unknown' ? [answer.because] : []));
  return { live, unread, listedAs: id, ...(template?.kind === 'known' && template.value ? { liveTemplate: template.value } : {}) };
}

/** Where it cannot be described, its ARN still has its name. */
const toName = ({ live, listedAs = '' }: Found): string | undefined =>
  live?.kind === 'known' ? live.value?.name : /:stack\/([^/]+)\//.exec(listedAs)?.[1];

function toRead(nested: NestedStack, resource: TemplateResource, parent: ReadTemplate, found: Found): ReadTemplate {
  const name = toName(found);
  const stack = { ...nested, ...(name === undefined ? {} : { name }) };
  const scope = toNestedScope(nested, resource.properties['Parameters'], parent.scope, name);
  const liveTemplate = parent.change.action === 'unchanged' && name !== undefined ? nested.template : found.liveTemplate;
  const isConditional = !isSure(resource.resource, parent);
  const own = {
    stack,
    root: parent.root,
    parent,
    at: parent.at,
    scope,
    isConditional,
    ...found,
    ...(liveTemplate ? { liveTemplate } : {}),
  };
  return { ...own, ...toResources(stack, scope, isConditional), change: toChange(nested, parent, scope.parameters, found) };
}

function toChange(
  stack: NestedStack,
  parent: ReadTemplate,
  parameters: ReadTemplate['scope']['parameters'],
  { live, liveTemplate }: Found,
): ReadTemplate['change'] {
  const { action } = parent.change;
  if (!live || action === 'create' || action === 'recover') return { action: 'create', because: 'the stack around it is made' };
  if (action === 'unchanged') return { action, because: 'the stack around it is' };
  if (live.kind === 'unknown') return unreadable;
  const before = toGivenWords(parent.liveTemplate, stack.logicalId);
  const after = toGivenWords(parent.stack.template, stack.logicalId);
  return judgeNestedChange({ stack, live: live.value, liveTemplate, parameters, given: { before, after } });
}

const toGivenWords = (template: Template | undefined, logicalId: string): Readonly<Record<string, unknown>> =>
  (template?.Resources?.[logicalId]?.Properties?.['Parameters'] ?? {}) as Readonly<Record<string, unknown>>;

const empty = { templateFile: '', templateBytes: 0, template: {}, paths: new Map(), sources: new Map(), nested: [] };

/** One that goes; without a known live stack there is nothing known of it, and of one that somebody deleted there is nothing. */
function toGone(logicalId: string, parent: ReadTemplate, found: Found): ReadTemplate {
  const { stack: around, root, at } = parent;
  const displayName = toNestedPath(logicalId, parent.liveTemplate?.Resources?.[logicalId], around);
  const id = `${around.id}/${logicalId}`;
  const stack = { ...empty, id, name: toName(found) ?? displayName, displayName, within: around.within ?? around.name };
  const change = { action: 'update', because: 'the stack around it lets go of it' } as const;
  return {
    stack,
    root,
    parent,
    at,
    scope: { stack, at, parameters: {} },
    resources: [],
    named: [],
    ...found,
    ...(isDeleted(found) ? { liveTemplate: {}, unread: [] } : {}),
    change,
  };
}

const isDeleted = ({ live }: Found): boolean => live?.kind === 'known' && (live.value?.status ?? 'DELETE_COMPLETE') === 'DELETE_COMPLETE';
