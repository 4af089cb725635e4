import { notify, parseOutcome, type NotificationWorld, type Outcome } from './notify.ts';

const ids = { jobId: 'j', userId: 'user-1', projectId: 'p' };
const failure = { ...ids, outcome: 'failed', error: { Error: 'States.TaskFailed', Cause: 'the image is broken' } };

function makeWorld(more: Partial<NotificationWorld> = {}) {
  const updated: Outcome[] = [];
  const published: string[] = [];
  const world: NotificationWorld = {
    update: async (outcome) => updated.push(outcome) > 0,
    publish: async (subject, message) => void published.push(`${subject}\n${message}`),
    now: () => new Date('2026-01-01T00:00:00Z'),
    ...more,
  };
  return { world, updated, published };
}

test.each([
  ['success', { ...ids, outcome: 'succeeded', resultUri: 's3://b/j/3dgs' }, { kind: 'succeeded', uri: 's3://b/j/3dgs' }],
  ['failure', failure, { kind: 'failed', cause: 'States.TaskFailed: the image is broken' }],
  ['failure without a cause', { ...ids, outcome: 'failed' }, { kind: 'failed', cause: 'unknown: ' }],
])('reads the event of a %s', (_, event, result) => {
  expect(parseOutcome(event)).toEqual({ ...ids, result });
});

test.each([
  ['an empty event', {}, 'The event lacks jobId, userId, projectId, resultUri'],
  ['no event', null, 'The event lacks jobId, userId, projectId, resultUri'],
  ['an id that is no text', { ...failure, jobId: 1 }, 'The event lacks jobId'],
])('refuses %s', (_, event, message) => {
  expect(() => parseOutcome(event)).toThrow(message);
});

test('the project is updated, and everybody who listens is told', async () => {
  const { world, updated, published } = makeWorld();
  expect(await notify(parseOutcome(failure), world)).toEqual({ updated: true });
  expect(updated).toHaveLength(1);
  expect(published).toEqual([expect.stringMatching(/^Spaceport: processing of project p failed\n[^]*the image is broken/)]);
});

test('a project that is gone keeps nobody from being told', async () => {
  const { world, published } = makeWorld({ update: async () => false });
  expect(await notify(parseOutcome(failure), world)).toEqual({ updated: false });
  expect(published).toHaveLength(1);
});

test('a message cannot grow without end, nor tell whose project it is', async () => {
  const { world, published } = makeWorld();
  await notify(parseOutcome({ ...failure, error: { Error: 'E', Cause: 'x'.repeat(100_000) } }), world);
  expect(published[0]?.length).toBeLessThan(1300);
  expect(published[0]).not.toContain('user-1');
});

test('a failure to tell is thrown, so that the pipeline tries again', async () => {
  const { world } = makeWorld({ publish: () => Promise.reject(new Error('no topic')) });
  await expect(notify(parseOutcome(failure), world)).rejects.toThrow('no topic');
});
