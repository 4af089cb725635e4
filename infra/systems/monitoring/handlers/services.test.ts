import { toCredentials } from '../../../handlers/sign.ts';
import { createServices, type ServicesWorld } from './services.ts';

function stage(status: number, answer: string) {
  const sent: { url: string; headers: Readonly<Record<string, string>>; body: string }[] = [];
  const world: ServicesWorld = {
    region: 'us-west-2',
    timeoutMs: 1000,
    now: () => new Date('2026-01-01T00:00:00Z'),
    credentials: () => toCredentials({ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-a-secret' }),
    fetch: async (url, { headers, body }) => {
      sent.push({ url: url.href, headers, body });
      return { ok: status < 400, status, text: async () => answer };
    },
  };
  return { sent, services: createServices(world) };
}

test('a message goes to its queue', async () => {
  const { sent, services } = stage(200, '{}');
  await services.send('https://sqs.us-west-2.amazonaws.com/111111111111/q', { a: 1 });
  expect(sent).toEqual([
    {
      url: 'https://sqs.us-west-2.amazonaws.com/',
      headers: expect.objectContaining({
        'x-amz-target': 'AmazonSQS.SendMessage',
        authorization: expect.stringContaining('/us-west-2/sqs/'),
      }),
      body: '{"QueueUrl":"https://sqs.us-west-2.amazonaws.com/111111111111/q","MessageBody":"{\\"a\\":1}"}',
    },
  ]);
});

test('the subject of an alert is one line of up to 99 characters that a mail may have', async () => {
  const { sent, services } = stage(200, '');
  await services.publish('arn:aws:sns:us-west-2:111111111111:alerts', `[high] é\n${'x'.repeat(200)}`, 'text');
  expect(new URLSearchParams(sent[0]?.body).get('Subject')).toMatch(/^high\] {3}x{91}$/);
});

test('the answer of a model is its text', async () => {
  const { sent, services } = stage(200, '{"output":{"message":{"content":[{"text":"a"},{"text":"b"}]}}}');
  expect(await services.converse('amazon.nova-lite-v1:0', 'be brief', 'why?')).toBe('ab');
  expect(sent[0]?.url).toBe('https://bedrock-runtime.us-west-2.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse');
});

test('an answer without text, and an error, are thrown', async () => {
  await expect(stage(200, '{}').services.converse('m', 's', 'q')).rejects.toThrow('bedrock answered without text');
  await expect(stage(403, 'denied').services.send('https://q', {})).rejects.toThrow('sqs answered 403: denied');
});
