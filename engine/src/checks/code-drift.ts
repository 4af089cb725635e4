import { toText } from '../assembly/evaluate.ts';
import { toServiceName } from '../cause/tasks.ts';
import { isNoteOf, noteTag, parseRevisionNote, type CodeGiver, type FunctionNote, type TaskDefinition } from '../code.ts';
import type { Facts } from '../facts.ts';
import { finding, type Finding } from '../finding.ts';
import type { StackResource } from '../stack-readings.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { toRunningFunction, toRunningImages } from '../running-code.ts';
import { toCodeWords, toTemplateCode, type TemplateCode } from '../template-code.ts';
import { toReferred } from './properties.ts';
import { toLiveResources, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

/**
 * Whether services and functions run code that their stack does not know, as `mode: code` and swaps leave it: of stacks that do not change,
 * too, because nothing else would tell of it.
 *
 * A service tells by its revision, which is then not that of its stack; a function by its note, as long as that is of the code that it has,
 * and its stack has not been given the same since. A deployment that swaps puts the code of the template in the place of any with a note:
 * that it replaces what an earlier swap gave is what it is for.
 */
export const codeDrift: Check = {
  name: 'code other than that of the stack',
  tier: 'read',
  judge: ({ templates, swapsCode, at }, ask) =>
    templates.flatMap((facts) => judgeStack(facts, { swaps: swapsCode && facts.at.account === at.account && !facts.parent }, ask)),
};

const types: ReadonlySet<string> = new Set(['AWS::ECS::Service', 'AWS::Lambda::Function']);

/** Whether this deployment gives what runs code with a note that of the template. */
interface Deployment {
  readonly swaps: Facts['swapsCode'];
}

function judgeStack(facts: TemplateFacts, deployment: Deployment, ask: Ask): readonly Finding[] {
  const { stack, at, live } = facts;
  if (live?.kind !== 'known' || !/_COMPLETE$/.test(live.value?.status ?? '')) return [];
  const own = toLiveResources(facts).filter((r) => types.has(r.type));
  if (own.length === 0) return [];
  return judgeAnswer(ask(at, 'stackResources', { stack: stack.name }), `code of ${stack.name}`, toPlace(stack), (there) =>
    own.flatMap((resource) => {
      const found = there?.get(resource.logicalId);
      if (!found?.physicalId) return [];
      return resource.type === 'AWS::ECS::Service'
        ? judgeService(resource, found, there ?? new Map(), facts, deployment, ask)
        : judgeFunction(resource, found, facts, deployment, ask);
    }),
  );
}

function judgeService(
  resource: TemplateResource,
  { physicalId }: StackResource,
  there: ReadonlyMap<string, StackResource>,
  facts: TemplateFacts,
  { swaps }: Deployment,
  ask: Ask,
): readonly Finding[] {
  const { stack, at } = facts;
  const name = toServiceName(physicalId);
  const taskId = toReferred(resource.properties['TaskDefinition']) ?? '';
  const own = there.get(taskId)?.physicalId;
  if (!name || !own) return [];
  const place = toPlace(stack, resource.logicalId);
  const what = `code of ${stack.name}/${resource.logicalId}`;
  return judgeAnswer(ask(at, 'serviceCode', name), what, place, (service) => {
    if (!service || service.taskDefinition === own || service.controller !== 'ECS') return [];
    return judgeAnswer(ask(at, 'taskDefinition', { arn: service.taskDefinition }), what, place, (running) => {
      if (!running) return [];
      const { others, open } = toRunningImages(running, taskId, facts, ask);
      if (others.length === 0 && open.length < running.containers.length) return [];
      const note = running.tags[noteTag];
      const by = note === undefined ? undefined : parseRevisionNote(note);
      if (swaps && by === 'method: hotswap') return [];
      const changes = facts.changes.filter((c) => c.logicalId === taskId || c.logicalId === resource.logicalId);
      const [images, wanted] = [others.map((c) => c.image), others.map((c) => c.wanted)].map((names) => [...new Set(names)].join(', '));
      const says = `${stack.name}/${resource.logicalId} runs ${images || service.taskDefinition} ${toSince(running, by)}`;
      const other = wanted ? `the image ${wanted}` : 'a revision of its own';
      return [toFinding(says, other, changes.length > 0 || (swaps && by !== undefined), place)];
    });
  });
}

const toSince = ({ registeredMs }: TaskDefinition, by: CodeGiver | undefined): string => {
  const since = `since ${new Date(registeredMs).toISOString().slice(0, 10)}`;
  return by === undefined ? `${since}, by a revision that is not of its stack` : `${since} by ${by}`;
};

function judgeFunction(
  resource: TemplateResource,
  { physicalId: name }: StackResource,
  facts: TemplateFacts,
  { swaps }: Deployment,
  ask: Ask,
): readonly Finding[] {
  const { stack, at } = facts;
  const place = toPlace(stack, resource.logicalId);
  const what = `code of ${stack.name}/${resource.logicalId}`;
  return judgeAnswer(toRunningFunction(name, at, ask), what, place, ({ note, holds }) => {
    if (!note || !holds || (swaps && note.by === 'method: hotswap')) return [];
    const wanted = facts.resources.find((r) => r.logicalId === resource.logicalId);
    const [live, next] = [resource, wanted].map((r) => r && toTemplateCode(r, facts, ask));
    const isNoted = (c: TemplateCode | undefined) => c !== undefined && isNoteOf(note, toCodeWords(c));
    if (isNoted(next) && !isNoted(live)) return judgeVersions(resource, note, facts);
    if (isNoted(next) || isNoted(live)) return [];
    const says = `${stack.name}/${resource.logicalId} runs ${note.what} since ${note.day} by ${note.by}`;
    const change = facts.changes.find((c) => c.logicalId === resource.logicalId);
    const isTouched = change !== undefined && (change.action !== 'update' || change.properties.some((p) => /^Code\b/.test(p.path)));
    return [toFinding(says, 'the code of the template', isTouched || swaps, place)];
  });
}

/**
 * `mode: code` published a version of the code for the aliases of the stack: a new one of the same function would be that one.
 *
 * @source https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
 */
function judgeVersions({ logicalId, properties }: TemplateResource, { by, what }: FunctionNote, facts: TemplateFacts): readonly Finding[] {
  const isOf = ({ properties: { FunctionName: of } }: TemplateResource) =>
    toReferred(of) === logicalId || (properties['FunctionName'] !== undefined && toText(of) === toText(properties['FunctionName']));
  const change = facts.changes.find((c) => c.logicalId === logicalId);
  const isCodeAlone = change?.properties.every((p) => /^Code\b/.test(p.path)) === true;
  const hasAlias = toLiveResources(facts).some((r) => r.type === 'AWS::Lambda::Alias' && isOf(r));
  if (by !== 'mode: code' || !hasAlias || !isCodeAlone) return [];
  const created = new Set(facts.changes.flatMap((c) => (c.action === 'create' ? c.logicalId : [])));
  return facts.resources
    .filter((r) => r.type === 'AWS::Lambda::Version' && created.has(r.logicalId) && isOf(r))
    .map((r) => finding('PF208', `${by} published ${what} as a version of ${logicalId}.`, toPlace(facts.stack, r.logicalId)));
}

const toFinding = (says: string, other: string, isTaken: boolean, place: Finding['place']): Finding =>
  isTaken
    ? finding('PF205', `${says}; this deployment puts ${other} in its place.`, place)
    : finding('PF204', `${says}; its stack has ${other}, and this deployment does not change that.`, place);
