import { toSignedHeaders, type Credentials } from '../../../handlers/sign.ts';

/** The services that the functions call without a client of their own: the queue, the topic and the model. */
export interface Services {
  /** Sends a message to a queue. */
  send(queueUrl: string, body: unknown): Promise<void>;
  /** Publishes to a topic; the subject is cut to what a mail may have. */
  publish(topicArn: string, subject: string, message: string): Promise<void>;
  /** Asks a model of Bedrock and gives its answer as text. */
  converse(model: string, system: string, question: string): Promise<string>;
}

/** What the services are called with. */
export interface ServicesWorld {
  readonly region: string;
  /** For all services, in place of their own addresses; as the SDKs take AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  readonly timeoutMs: number;
  fetch(
    url: URL,
    init: {
      readonly method: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly signal: AbortSignal;
    },
  ): Promise<Pick<Response, 'ok' | 'status' | 'text'>>;
  credentials(): Credentials;
  now(): Date;
}

/**
 * Makes the services.
 *
 * A call throws when the service does not answer in time or answers with an error, which is in the message.
 */
export function createServices({ region, endpoint, timeoutMs, fetch, credentials, now }: ServicesWorld): Services {
  const at = (service: string, path: string): URL => new URL(path, endpoint ?? `https://${service}.${region}.amazonaws.com`);
  const call = async (service: string, url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<string> => {
    const signed = toSignedHeaders({ service, method: 'POST', url, headers, body }, credentials(), region, now());
    const answer = await fetch(url, { method: 'POST', headers: signed, body, signal: AbortSignal.timeout(timeoutMs) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${text.slice(0, 500)}`);
    return text;
  };
  return {
    send: async (queueUrl, body) => {
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' };
      await call('sqs', at('sqs', '/'), headers, JSON.stringify({ QueueUrl: queueUrl, MessageBody: JSON.stringify(body) }));
    },
    publish: async (topicArn, subject, message) => {
      const form = new URLSearchParams({
        Action: 'Publish',
        Version: '2010-03-31',
        TopicArn: topicArn,
        Subject: toSubject(subject),
        Message: message,
      });
      await call('sns', at('sns', '/'), { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
    },
    converse: async (model, system, question) => {
      const body = {
        system: [{ text: system }],
        messages: [{ role: 'user', content: [{ text: question }] }],
        inferenceConfig: { maxTokens: 1000, temperature: 0 },
      };
      const url = at('bedrock-runtime', `/model/${encodeURIComponent(model)}/converse`);
      return toText(JSON.parse(await call('bedrock', url, { 'content-type': 'application/json' }, JSON.stringify(body))));
    },
  };
}

/** A subject has up to 99 characters of ASCII, in one line, and begins with a letter or digit. */
const toSubject = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/g, ' ')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 99);

function toText(answer: unknown): string {
  const { output } = answer as { output?: { message?: { content?: readonly { text?: string }[] } } };
  const text = (output?.message?.content ?? []).map((part) => part.text ?? '').join('');
  if (!text) throw new Error('bedrock answered without text');
  return text;
}
