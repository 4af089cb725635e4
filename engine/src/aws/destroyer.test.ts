import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from '@jest/globals';
import { createWire } from '../../../test/fakes/wire.ts';
import { destroyOne, toClients } from './destroyer.ts';

/** One event in short: of a stack, its number, what it is about, and why. Newest last. */
type Row = readonly [stack: string, logicalId: string, status: string, reason?: string, type?: string, physicalId?: string];

const stackType = 'AWS::CloudFormation::Stack';

/** Answers as CloudFormation does, in its XML: the events that are there before the order, and those that the order makes. */
function createClient(status: string, before: readonly Row[], after: readonly Row[], reason = '') {
  const asked: { readonly action: string; readonly form: URLSearchParams }[] = [];
  const member = ([, logicalId, state, why = '', type = 'AWS::SQS::Queue', physicalId = 'id']: Row, at: number) =>
    `<member><EventId>${at}</EventId><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${state}</ResourceStatus><ResourceStatusReason>${why}</ResourceStatusReason></member>`;
  const answer = (form: URLSearchParams): string => {
    const action = form.get('Action') ?? '';
    const isOrdered = asked.some((a) => a.action === 'DeleteStack');
    asked.push({ action, form });
    if (action === 'DescribeStacks')
      return `<Stacks><member><StackName>Shop</StackName><StackStatus>${status}</StackStatus><StackStatusReason>${reason}</StackStatusReason></member></Stacks>`;
    if (action !== 'DescribeStackEvents') return '';
    const rows = [...before, ...(isOrdered ? after : [])].map((row, at) => ({ row, at }));
    const own = rows.filter(({ row }) => row[0] === form.get('StackName')).toReversed();
    return `<StackEvents>${own.map(({ row, at }) => member(row, at)).join('')}</StackEvents>`;
  };
  const handle = async ({ body }: { body?: unknown }) => {
    const form = new URLSearchParams(String(body));
    const inner = answer(form);
    const action = form.get('Action');
    const xml = `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${inner}</${action}Result></${action}Response>`;
    return { response: { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: new TextEncoder().encode(xml) } };
  };
  const client = new CloudFormationClient({
    region: 'us-west-2',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle } as never,
  });
  return { client, asked, actions: () => asked.map((a) => a.action) };
}

/** Deletes the stack `arn` and gives what was told. */
async function destroy(client: CloudFormationClient, order: Partial<Parameters<typeof destroyOne>[1]> = {}) {
  const told: string[] = [];
  const end = await destroyOne(client, { id: 'arn', liftsProtection: false, roles: {}, ...order }, (p) =>
    told.push(`${p.logicalId} ${p.status}${p.reason ? `: ${p.reason}` : ''}`),
  );
  return { ...end, told };
}

describe('the deletion of a stack', () => {
  test('keeps what is to stay, and asks nothing of the kind otherwise', async () => {
    const done: Row[] = [['arn', 'Shop', 'DELETE_COMPLETE']];
    const [kept, plain] = [createClient('DELETE_COMPLETE', [], done), createClient('DELETE_COMPLETE', [], done)];
    await destroy(kept.client, { retains: ['Files', 'Orders'] });
    await destroy(plain.client);
    const asked = [kept, plain].map(({ asked: all }) => all.find((a) => a.action === 'DeleteStack')?.form);
    expect(asked.map((form) => form?.get('RetainResources.member.2'))).toEqual(['Orders', null]);
  });

  test('tells what happened since the order, and nothing from before', async () => {
    const old: Row[] = [
      ['arn', 'Queue', 'DELETE_FAILED', 'an old reason'],
      ['arn', 'Shop', 'DELETE_FAILED'],
    ];
    const { client, actions } = createClient('DELETE_COMPLETE', old, [
      ['arn', 'Queue', 'DELETE_COMPLETE'],
      ['arn', 'Shop', 'DELETE_COMPLETE'],
    ]);
    expect(await destroy(client)).toEqual({ told: ['Queue DELETE_COMPLETE', 'Shop DELETE_COMPLETE'] });
    expect(actions()).toEqual(['DescribeStackEvents', 'DeleteStack', 'DescribeStacks', 'DescribeStackEvents']);
  });

  test('turns protection off before the order and only when it is to, and hands on the role of the stack', async () => {
    const { client, asked, actions } = createClient('DELETE_COMPLETE', [], []);
    await destroy(client, { liftsProtection: true, roles: { execution: 'arn:role' } });
    expect(actions().slice(0, 3)).toEqual(['UpdateTerminationProtection', 'DescribeStackEvents', 'DeleteStack']);
    expect(asked[0]?.form.get('EnableTerminationProtection')).toBe('false');
    expect(asked[2]?.form.get('RoleARN')).toBe('arn:role');
  });

  test('that fails in a nested stack tells what failed in it, this time', async () => {
    const nested = (status: string, why = ''): Row => ['arn', 'Inner', status, why, stackType, 'arn:inner'];
    const { client } = createClient(
      'DELETE_FAILED',
      [
        ['arn:inner', 'Inner', 'DELETE_IN_PROGRESS', '', stackType, 'arn:inner'],
        ['arn:inner', 'Group', 'DELETE_FAILED', 'an old reason'],
      ],
      [
        ['arn:inner', 'Inner', 'DELETE_IN_PROGRESS', '', stackType, 'arn:inner'],
        ['arn:inner', 'Files', 'DELETE_FAILED', 'The bucket you tried to delete is not empty'],
        nested('DELETE_FAILED', 'The following resource(s) failed to delete: [Files]'),
        ['arn', 'Shop', 'DELETE_FAILED', 'The following resource(s) failed to delete: [Inner]', stackType, 'arn'],
      ],
    );
    expect((await destroy(client)).told).toEqual([
      'Inner DELETE_FAILED: The following resource(s) failed to delete: [Files]',
      'Shop DELETE_FAILED: The following resource(s) failed to delete: [Inner]',
      'Files DELETE_FAILED: The bucket you tried to delete is not empty',
    ]);
  });

  test('that CloudFormation does not begin ends with its reason', async () => {
    const reason = 'Export a cannot be deleted as it is in use by App';
    const { client } = createClient('CREATE_COMPLETE', [['arn', 'Shop', 'CREATE_COMPLETE']], [['arn', 'Shop', 'CREATE_COMPLETE', reason]]);
    expect(await destroy(client)).toMatchObject({ error: reason });
  });

  test.each([
    ['does not begin', 'CREATE_COMPLETE', ['false', 'true']],
    ['fails half way', 'DELETE_FAILED', ['false']],
    ['succeeds', 'DELETE_COMPLETE', ['false']],
  ])('that %s (%s) turns protection on again only if the stack stays as it was', async (_, status, switched) => {
    const { client, asked } = createClient(status, [['arn', 'Shop', 'CREATE_COMPLETE']], [['arn', 'Shop', status, 'because']]);
    await destroy(client, { liftsProtection: true });
    expect(asked.flatMap(({ form }) => form.get('EnableTerminationProtection') ?? [])).toEqual(switched);
  });
});

describe('the client that changes a stack', () => {
  const fault = (code: string, status: number) => ({
    status,
    body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
  });
  const roles = { deploy: 'arn:aws:iam::111111111111:role/deploy' };

  test('has the credentials of the run where its role is refused at home', async () => {
    const config = createWire([fault('AccessDenied', 403)]);
    const client = await toClients(config, false)(roles);
    expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'a' });
  });

  test('is none where it is not known whether the role is refused, and is asked for again', async () => {
    const keys =
      '<Credentials><AccessKeyId>r</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></Credentials>';
    const assumed = `<AssumeRoleResponse><AssumeRoleResult>${keys}</AssumeRoleResult></AssumeRoleResponse>`;
    const clientOf = toClients(createWire([fault('Throttling', 400), { body: assumed }]), false);
    await expect(clientOf(roles)).rejects.toThrow('no');
    expect(await (await clientOf(roles)).config.credentials()).toMatchObject({ accessKeyId: 'r' });
  });

  test('is none where the role of another account is refused', async () => {
    await expect(toClients(createWire([fault('AccessDenied', 403)]), true)(roles)).rejects.toThrow('no');
  });
});
