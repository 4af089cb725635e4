import { toPartition } from '../assembly/surroundings.ts';
import { isOpen, toText } from '../assembly/evaluate.ts';
import { toServiceName } from '../cause/tasks.ts';
import { noteTag, parseFunctionNote, parseImage, type TaskDefinition } from '../code.ts';
import { finding, type Finding } from '../finding.ts';
import type { StackResource } from '../readings.ts';
import type { Ask } from './ask.ts';
import { judgeAnswer, toPlace, type Check } from './check.ts';
import { close } from './live.ts';
import { toList, toPart, toReferred } from './properties.ts';
import { toLiveResources, type TemplateFacts, type TemplateResource } from '../template-facts.ts';

/**
 * Whether services and functions run code that their stack does not know, as `mode: code` leaves it: of stacks that do not change, too,
 * because nothing else would tell of it.
 *
 * A service tells by its revision, which is then not that of its stack; a function by its note, as long as that is of the code that it has.
 */
export const codeDrift: Check = {
  name: 'code other than that of the stack',
  tier: 'read',
  judge: ({ templates }, ask) => templates.flatMap((facts) => judgeStack(facts, ask)),
};

const types: ReadonlySet<string> = new Set(['AWS::ECS::Service', 'AWS::Lambda::Function']);

function judgeStack(facts: TemplateFacts, ask: Ask): readonly Finding[] {
  const { stack, at, live } = facts;
  if (live?.kind !== 'known' || !/_COMPLETE$/.test(live.value?.status ?? '')) return [];
  const own = toLiveResources(facts).filter((r) => types.has(r.type));
  if (own.length === 0) return [];
  return judgeAnswer(ask(at, 'stackResources', { stack: stack.name }), `code of ${stack.name}`, toPlace(stack), (there) =>
    own.flatMap((resource) => {
      const found = there?.get(resource.logicalId);
      if (!found?.physicalId) return [];
      return resource.type === 'AWS::ECS::Service'
        ? judgeService(resource, found, there ?? new Map(), facts, ask)
        : judgeFunction(resource, found, facts, ask);
    }),
  );
}

function judgeService(
  resource: TemplateResource,
  { physicalId }: StackResource,
  there: ReadonlyMap<string, StackResource>,
  facts: TemplateFacts,
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
      const wanted = toImages(
        facts.resources.find((r) => r.logicalId === taskId),
        facts,
        ask,
      );
      if (!running || isSame(running, wanted)) return [];
      const changes = facts.changes.filter((c) => c.logicalId === taskId || c.logicalId === resource.logicalId);
      const images = running.containers.filter((c) => wanted.get(c.name) !== c.image).map((c) => c.image);
      const says = `${stack.name}/${resource.logicalId} runs ${images.join(', ') || service.taskDefinition} ${toSince(running)}`;
      return [
        toFinding(says, `the image ${[...wanted.values()].filter((i) => !images.includes(i)).join(', ')}`, changes.length > 0, place),
      ];
    });
  });
}

const toSince = ({ registeredMs, tags }: TaskDefinition): string => {
  const since = `since ${new Date(registeredMs).toISOString().slice(0, 10)}`;
  return tags[noteTag] === undefined ? `${since}, by a revision that is not of its stack` : `${since} by mode: code`;
};

/** Gives the images of a task of the new template by container, as far as they are known. */
function toImages(task: TemplateResource | undefined, facts: TemplateFacts, ask: Ask): ReadonlyMap<string, string> {
  const containers = toList(task?.properties['ContainerDefinitions']);
  return new Map(
    containers.flatMap((c): [string, string][] => {
      const image = close(toPart(c, 'Image'), facts, ask);
      const name = toText(toPart(c, 'Name'));
      return name === undefined || isOpen(image) ? [] : [[name, toText(image) ?? '']];
    }),
  );
}

/** What the template leaves open cannot be told from what runs. */
const isSame = ({ containers }: TaskDefinition, wanted: ReadonlyMap<string, string>): boolean =>
  wanted.size > 0 && containers.every((c) => !wanted.has(c.name) || toNormal(wanted.get(c.name) ?? '') === toNormal(c.image));

const toNormal = (image: string): string => {
  const parsed = parseImage(image);
  return parsed ? `${parsed.base} ${parsed.digest ?? parsed.tag ?? ''}` : image;
};

function judgeFunction(
  resource: TemplateResource,
  { physicalId: name }: StackResource,
  facts: TemplateFacts,
  ask: Ask,
): readonly Finding[] {
  const { stack, at } = facts;
  const place = toPlace(stack, resource.logicalId);
  const what = `code of ${stack.name}/${resource.logicalId}`;
  const arn = `arn:${toPartition(at.region)}:lambda:${at.region}:${at.account}:function:${name}`;
  return judgeAnswer(ask(at, 'functionTags', { arn }), what, place, (tags) => {
    const note = parseFunctionNote(tags?.[noteTag] ?? '');
    if (!note) return [];
    return judgeAnswer(ask(at, 'functionCode', { name }), what, place, (code) => {
      if (code?.sha256 !== note.sha256) return [];
      const says = `${stack.name}/${resource.logicalId} runs ${note.what} since ${note.day} by mode: code`;
      const change = facts.changes.find((c) => c.logicalId === resource.logicalId);
      const isTouched = change !== undefined && (change.action !== 'update' || change.properties.some((p) => /^Code\b/.test(p.path)));
      return [toFinding(says, 'the code of the template', isTouched, place)];
    });
  });
}

const toFinding = (says: string, other: string, isTaken: boolean, place: Finding['place']): Finding =>
  isTaken
    ? finding('PF205', `${says}; this deployment puts ${other} in its place.`, place)
    : finding('PF204', `${says}; its stack has ${other}, and this deployment does not change that.`, place);
