import type { Breaker } from '../breaker.ts';
import type { Events } from '../events.ts';
import type { Log } from '../../../../handlers/log.ts';
import { instructions, parseExplanation, toQuestion, type Explanation } from './explain.ts';

/** A batch of the queue, as Lambda hands it over. */
export interface QueueEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** Which messages of a batch are to come again. */
export interface BatchResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** What an analysis depends on besides the message. */
export interface AnalysisWorld {
  readonly events: Events;
  readonly breaker: Breaker;
  readonly log: Log;
  ask(instructions: string, question: string): Promise<string>;
  alert(subject: string, message: string): Promise<void>;
}

/** Explains each message of a batch; the ones that fail come again, and the others do not. */
export async function analyseBatch({ Records }: QueueEvent, world: AnalysisWorld): Promise<BatchResult> {
  const failed: { itemIdentifier: string }[] = [];
  // One after the other: the model's quota is for the whole account.
  for (const { messageId, body } of Records) {
    try {
      await analyse(parseMessage(body), world);
    } catch (cause) {
      world.log.error('not analysed', { messageId }, cause);
      failed.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures: failed };
}

interface Message {
  readonly source: string;
  readonly at: string;
  readonly lines: readonly string[];
}

async function analyse({ source: about, at, lines }: Message, { events, breaker, ask, alert }: AnalysisWorld): Promise<void> {
  const source = `analysis#${about}`;
  // The queue may bring a message twice, and the model costs.
  if (await breaker('ai-analysis:events', () => events.has(source, at))) return;
  const answer = await breaker('ai-analysis:model', () => ask(instructions, toQuestion(about, lines)));
  const explanation = parseExplanation(answer);
  const { severity, summary, causes } = explanation;
  const isGrave = severity === 'high' || severity === 'critical';
  if (isGrave) await breaker('ai-analysis:alerts', () => alert(`[${severity}] ${about}`, toText(about, explanation)));
  await breaker('ai-analysis:events', () =>
    events.put({ source, at, kind: 'analysis', level: isGrave ? 'error' : 'info', message: summary, details: { severity, causes } }),
  );
}

const toText = (about: string, { summary, causes }: Explanation): string =>
  [summary, '', ...causes.map((cause) => `- ${cause}`), '', `Log: ${about}`, 'A model wrote this; see for yourself before you act.'].join(
    '\n',
  );

function parseMessage(body: string): Message {
  const { source, at, lines } = JSON.parse(body) as Record<string, unknown>;
  if (typeof source !== 'string' || typeof at !== 'string' || !Array.isArray(lines))
    throw new Error('The message has no source, time and lines');
  return { source, at, lines: lines.map(String) };
}
