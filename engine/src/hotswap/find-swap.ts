import { toSentence, type Answer } from '../answer.ts';
import { isOpen, toText } from '../assembly/evaluate.ts';
import { toMentions } from '../assembly/mentions.ts';
import { toServiceName, type ServiceName } from '../cause/tasks.ts';
import type { Ask } from '../checks/ask.ts';
import { close } from '../checks/live.ts';
import { toPart, toReferred } from '../checks/properties.ts';
import { isNoteOf, lentBreaker, noteTag, toUnderWay, type ServiceCode } from '../code.ts';
import type { StackFacts } from '../facts.ts';
import { toRunningFunction, toRunningImages } from '../running-code.ts';
import type { TemplateResource } from '../template-facts.ts';
import type { StackResource } from '../stack-readings.ts';
import { toCodeWords, toTemplateCode, type TemplateCode } from '../template-code.ts';
import type { CodeChange } from './code-change.ts';

/** A function or service of a stack that is to run other code than it does. */
export type SwapTarget = { readonly logicalId: string } & (
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly code: TemplateCode;
      /** The version that each alias has to lead to, where it leads elsewhere; `$LATEST` is what the function is at any time. */
      readonly leads: Readonly<Record<string, string>>;
      /** Whether the code is that of the live template: nothing has to be noted then. */
      readonly isOfStack: boolean;
      /** Whether it has the code, or some that nobody knows, and only aliases have to lead elsewhere. */
      readonly leadsOnly: boolean;
    }
  | {
      readonly kind: 'service';
      readonly service: ServiceName;
      /** The image of each container that is to run another one. */
      readonly images: Readonly<Record<string, string>>;
      /** ARN of the revision to run, where it is there: that of the stack, or the one whose release is only to be finished. */
      readonly revision?: string;
      /** ARN of the revision that ran before, where the release of the one to run is only to be finished. */
      readonly former?: string;
      /** Whether a swap that did not end left its circuit breaker on. */
      readonly hasLentBreaker: boolean;
    }
);

/** What of a stack has to run other code, and what stands against it. */
export interface Swap {
  readonly targets: readonly SwapTarget[];
  readonly obstacles: readonly string[];
}

/** What is asked of one stack: `change` is what its new template gives other code than the live one. */
interface Question {
  readonly facts: StackFacts;
  readonly change: CodeChange;
  readonly there: ReadonlyMap<string, StackResource>;
  readonly ask: Ask;
}

/**
 * Gives what of a stack runs other code than its new template says.
 *
 * What runs is what the live template says; of a service that runs another revision with a note, its images, and of a function whose note
 * is of the code that it has, what the note says. What somebody changed by hand has no note, and counts as the code of the stack; an alias
 * that leads to it by hand, too.
 */
export function findSwap(facts: StackFacts, change: CodeChange, ask: Ask): Swap {
  const { stack, at, resources } = facts;
  const there = settle(ask(at, 'stackResources', { stack: stack.name }));
  if ('obstacle' in there) return { targets: [], obstacles: [there.obstacle] };
  if (!there.value) return { targets: [], obstacles: [] };
  const question = { facts, change, there: there.value, ask };
  const found = resources.flatMap((resource): readonly (SwapTarget | string)[] => {
    if (resource.type === 'AWS::Lambda::Function') return findFunction(resource, question);
    return resource.type === 'AWS::ECS::Service' ? findService(resource, question) : [];
  });
  return {
    targets: found.filter((f) => typeof f !== 'string'),
    obstacles: found.filter((f) => typeof f === 'string').map((why) => `${stack.name}/${why}`),
  };
}

/** Gives what an answer holds; nothing as long as it is not there, and why it cannot be had. */
function settle<T>(answer: Answer<T> | undefined): { readonly value?: T } | { readonly obstacle: string } {
  if (!answer) return {};
  return answer.kind === 'known' ? { value: answer.value } : { obstacle: toSentence(answer.because) };
}

function findFunction(resource: TemplateResource, question: Question): readonly (SwapTarget | string)[] {
  const { facts, change, there, ask } = question;
  const { logicalId } = resource;
  const isChanged = change.functions.has(logicalId);
  const name = there.get(logicalId)?.physicalId;
  if (!name) return isChanged ? [`${logicalId} is not there`] : [];
  const running = settle(toRunningFunction(name, facts.at, ask));
  const leads = findLeads(logicalId, name, question);
  for (const seen of [running, leads]) if ('obstacle' in seen) return [`${logicalId}: ${seen.obstacle}`];
  const { note, holds } = ('value' in running && running.value) || { note: undefined, holds: false };
  const wanted = toTemplateCode(resource, facts, ask);
  const isOther = note && holds ? !wanted || !isNoteOf(note, toCodeWords(wanted)) : isChanged;
  const own = 'leads' in leads ? leads.leads : [];
  const led = own.filter((lead) => isOther || change.aliases.has(lead.logicalId) || (note && lead.from === '$LATEST'));
  if (!isOther && led.length === 0) return [];
  if (!wanted) return [`${logicalId} runs other code than that of the template, which is not an object of S3 or an image that is known`];
  const pairs = led.map(({ alias, to }) => [alias, to]);
  return [
    { logicalId, kind: 'function', name, code: wanted, leads: Object.fromEntries(pairs), isOfStack: !isChanged, leadsOnly: !isOther },
  ];
}

/** An alias of the stack that leads elsewhere than it should. */
interface Lead {
  readonly logicalId: string;
  readonly alias: string;
  readonly from: string;
  readonly to: string;
}

/**
 * An alias that goes on to new code leads to what the function is: a version that a swap published would keep CloudFormation from making
 * the one of the template, because Lambda makes no second one of the same code.
 */
function findLeads(of: string, name: string, { facts, change, there, ask }: Question): { leads: readonly Lead[] } | { obstacle: string } {
  const own = facts.resources.filter((r) => r.type === 'AWS::Lambda::Alias' && refersTo(r.resource.Properties?.['FunctionName'], of));
  if (own.length === 0) return { leads: [] };
  const live = settle(ask(facts.at, 'functionAliases', { name }));
  if ('obstacle' in live) return live;
  const leads = own.flatMap((resource): Lead[] => {
    const alias = there.get(resource.logicalId)?.physicalId.split(':').at(-1);
    const from = live.value?.find((a) => a.name === alias)?.version;
    const to = change.aliases.has(resource.logicalId) ? '$LATEST' : toVersion(resource, there);
    return alias && from && to && from !== to ? [{ logicalId: resource.logicalId, alias, from, to }] : [];
  });
  return { leads };
}

const refersTo = (value: unknown, id: string): boolean => toMentions(value).some((m) => m.logicalId === id);

/** Gives the number of the version that the template lets an alias lead to; the physical id of a version is its ARN. */
function toVersion({ resource, properties }: TemplateResource, there: ReadonlyMap<string, StackResource>): string | undefined {
  const { FunctionVersion: version } = properties;
  if (typeof version === 'string') return version;
  const [mention] = toMentions(resource.Properties?.['FunctionVersion']);
  const arn = mention && there.get(mention.logicalId)?.physicalId;
  return /:(\d+)$/.exec(arn ?? '')?.[1];
}

function findService(resource: TemplateResource, question: Question): readonly (SwapTarget | string)[] {
  const { facts, change, there, ask } = question;
  const { at } = facts;
  const { logicalId } = resource;
  const taskId = toReferred(resource.properties['TaskDefinition']) ?? '';
  const isChanged = change.tasks.has(taskId);
  const own = there.get(taskId)?.physicalId;
  const service = toServiceName(there.get(logicalId)?.physicalId ?? '');
  if (!own || !service) return isChanged ? [`${logicalId} is not there`] : [];
  const code = settle(ask(at, 'serviceCode', service));
  if ('obstacle' in code) return [`${logicalId}: ${code.obstacle}`];
  if (!code.value) return isChanged && 'value' in code ? [`${logicalId} is not there`] : [];
  const isOwn = code.value.taskDefinition === own;
  const target = { logicalId, kind: 'service', service, images: {} } as const;
  if (isOwn && !isChanged) return finishRelease({ ...target, hasLentBreaker: isOnUnasked(resource, code.value, question) }, code.value);
  const running = settle(ask(at, 'taskDefinition', { arn: code.value.taskDefinition }));
  if ('obstacle' in running) return [`${logicalId}: ${running.obstacle}`];
  if (!running.value) return 'value' in running ? [`${logicalId}: its revision ${code.value.taskDefinition} is not there`] : [];
  const note = running.value.tags[noteTag];
  if (!isOwn && note === undefined)
    return isChanged ? [`${logicalId} runs a revision that is not of its stack, and that nobody noted`] : [];
  const { others, open } = toRunningImages(running.value, taskId, facts, ask);
  if (open.length) return [`${logicalId}: the image of ${open.join(', ')} is not known before the deployment`];
  const images = Object.fromEntries(others.map((c) => [c.name, c.wanted]));
  const hasLentBreaker = code.value.hasBreaker && lentBreaker(note ?? '');
  if (others.length === 0) return finishRelease({ ...target, hasLentBreaker }, code.value);
  return [{ ...target, images, hasLentBreaker, ...(isChanged ? {} : { revision: own }) }];
}

/**
 * Gives what is left to do for a service that has the revision that it is to run: to wait for a release that an earlier run did not see the
 * end of, and to turn off the circuit breaker that it lent.
 */
function finishRelease(
  target: Extract<SwapTarget, { readonly kind: 'service' }>,
  { taskDefinition: revision, deployments }: ServiceCode,
): readonly (SwapTarget | string)[] {
  const underWay = toUnderWay({ deployments });
  const release = deployments.find((d) => d.taskDefinition === revision);
  if (underWay && release?.rollout === 'FAILED') return [`${target.logicalId}: ${release.reason || underWay}`];
  const former = deployments.find((d) => d.taskDefinition !== revision && d.rollout !== 'FAILED')?.taskDefinition ?? revision;
  return underWay || target.hasLentBreaker ? [{ ...target, revision, former }] : [];
}

/**
 * Says whether a service on its way back to the revision of its stack, which has no note, has a circuit breaker on that its template has
 * not: it was lent.
 */
function isOnUnasked({ properties }: TemplateResource, code: ServiceCode, { facts, ask }: Question): boolean {
  if (!code.hasBreaker || code.strategy !== 'ROLLING' || !toUnderWay(code)) return false;
  const configuration = close(properties['DeploymentConfiguration'], facts, ask);
  return !isOpen(configuration) && toText(toPart(configuration, 'DeploymentCircuitBreaker.Enable')) !== 'true';
}
