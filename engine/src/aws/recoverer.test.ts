import { CloudFormationClient, ContinueUpdateRollbackCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from '@jest/globals';
import { rollBackOne } from './recoverer.ts';
import { readHistory } from './stack-events.ts';

/** One event in short; the stack itself is called arn. Oldest first. */
type Row = readonly [logicalId: string, status: string, reason?: string, token?: string];

const own = (status: string, reason = '', token = ''): Row => ['Shop', status, reason, token];

/** Answers with the events before an order and, after it, with one look's more each; `status` is that of the stack. */
function createClient(before: readonly Row[], looks: readonly (readonly Row[])[] = [], status = 'UPDATE_ROLLBACK_FAILED') {
  const asked: string[] = [];
  let seen = 0;
  const toMember = ([id, state, reason = '', token = '']: Row, at: number) =>
    `<member><EventId>${at}</EventId><StackId>arn</StackId><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${id === 'Shop' ? 'arn' : id}</PhysicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType><ResourceStatus>${state}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason><ClientRequestToken>${token}</ClientRequestToken></member>`;
  const answer = (action: string): string => {
    if (action === 'DescribeStacks')
      return `<Stacks><member><StackName>Shop</StackName><StackStatus>${status}</StackStatus></member></Stacks>`;
    if (action !== 'DescribeStackEvents') return '';
    const rows = [...before, ...(asked.includes('ContinueUpdateRollback') ? looks.slice(0, ++seen).flat() : [])];
    return `<StackEvents>${rows.map(toMember).toReversed().join('')}</StackEvents>`;
  };
  const handle = async ({ body }: { body?: unknown }) => {
    const action = new URLSearchParams(String(body)).get('Action') ?? '';
    const inner = answer(action);
    asked.push(action);
    const xml = `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${inner}</${action}Result></${action}Response>`;
    return { response: { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: new TextEncoder().encode(xml) } };
  };
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  return { asked, client: new CloudFormationClient({ region: 'us-west-2', credentials, requestHandler: { handle } as never }) };
}

async function rollBack(before: readonly Row[], looks: readonly (readonly Row[])[], status?: string) {
  const { client, asked } = createClient(before, looks, status);
  const told: string[] = [];
  const send = (c: CloudFormationClient) => c.send(new ContinueUpdateRollbackCommand({ StackName: 'arn' }));
  const end = await rollBackOne(client, 'arn', send, (p) => told.push(`${p.logicalId} ${p.status}`));
  return { end, told, asked };
}

describe('a rollback', () => {
  const failed = own('UPDATE_ROLLBACK_FAILED', 'an old reason');

  test('ends with the event that says so, and tells what happened since the order', async () => {
    const { end, told } = await rollBack(
      [failed],
      [[own('UPDATE_ROLLBACK_IN_PROGRESS')], [['Queue', 'UPDATE_COMPLETE'], own('UPDATE_ROLLBACK_COMPLETE')]],
    );
    expect(end).toEqual({});
    expect(told).toEqual(['Shop UPDATE_ROLLBACK_IN_PROGRESS', 'Queue UPDATE_COMPLETE', 'Shop UPDATE_ROLLBACK_COMPLETE']);
  });

  test('that fails again gives the new reason, not the old one', async () => {
    const { end } = await rollBack([failed], [[], [own('UPDATE_ROLLBACK_IN_PROGRESS'), own('UPDATE_ROLLBACK_FAILED', 'a new reason')]]);
    expect(end).toEqual({ error: 'a new reason' });
  });

  test('of a resource that is itself called so is not the end of the stack', async () => {
    const { told } = await rollBack([failed], [[['Inner', 'UPDATE_ROLLBACK_COMPLETE']], [own('UPDATE_ROLLBACK_COMPLETE')]]);
    expect(told).toHaveLength(2);
  });

  test('that never begins is an error after some looks', async () => {
    const { end, asked } = await rollBack([failed], []);
    expect(end).toEqual({ error: 'it stays in UPDATE_ROLLBACK_FAILED' });
    expect(asked.filter((a) => a === 'DescribeStacks')).toHaveLength(6);
  });
});

describe('what happened to a stack since it was last stable', () => {
  const history = (...rows: Row[]) => readHistory(createClient(rows).client, 'arn');
  const created: Row = ['Old', 'CREATE_COMPLETE'];

  test('is what was made after its last good end, in place of others too', async () => {
    expect(
      await history(
        own('CREATE_IN_PROGRESS'),
        created,
        own('CREATE_COMPLETE'),
        own('UPDATE_IN_PROGRESS', '', 'first'),
        ['Table', 'CREATE_COMPLETE'],
        own('UPDATE_FAILED', '', 'first'),
        own('UPDATE_IN_PROGRESS', '', 'second'),
        ['Files', 'UPDATE_IN_PROGRESS', 'Requested update requires the creation of a new physical resource; hence creating one.'],
        ['Queue', 'UPDATE_COMPLETE'],
        own('UPDATE_FAILED', '', 'second'),
      ),
    ).toEqual({ wasStable: true, created: ['Files', 'Table'], token: 'second' });
  });

  test('is all there ever was of a stack that never was stable', async () => {
    expect(await history(own('CREATE_IN_PROGRESS'), created, own('ROLLBACK_IN_PROGRESS'), own('ROLLBACK_FAILED'))).toEqual({
      wasStable: false,
      created: ['Old'],
    });
  });

  test('is not known of a stack whose events do not reach back so far', async () => {
    const cut = { wasStable: true, isCut: true };
    expect(await history(own('DELETE_IN_PROGRESS'), own('DELETE_FAILED'))).toEqual({ ...cut, created: [] });
    expect(await history(['Table', 'UPDATE_FAILED'], own('UPDATE_ROLLBACK_FAILED'))).toEqual({ ...cut, created: [] });
    expect(await history()).toEqual({ ...cut, created: [] });
  });

  test('is nothing of a stack that is stable, whose resource only looks so', async () => {
    expect(await history(own('UPDATE_ROLLBACK_COMPLETE'))).toEqual({ wasStable: true, created: [] });
    expect(await history(own('CREATE_IN_PROGRESS'), created)).toMatchObject({ wasStable: false });
  });
});
