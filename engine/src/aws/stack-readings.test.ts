import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createStackReadings } from './stack-readings.ts';

type Row = readonly [logicalId: string, type: string, physicalId: string, status?: string];

const member = ([logicalId, type, physicalId, status = 'CREATE_COMPLETE']: Row): string =>
  `<member><StackName>Shop</StackName><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus></member>`;

/** Answers as CloudFormation does, in its XML; a stack of two pages gives only the first one where it is described. */
function createPort(described: readonly Row[], listed: readonly (readonly Row[])[] = []) {
  const asked: string[] = [];
  const answer = (body: string): string => {
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    asked.push(action);
    if (action === 'DescribeStackResources') return `<StackResources>${described.map(member).join('')}</StackResources>`;
    const page = Number(form.get('NextToken') ?? 0);
    const next = page + 1 < listed.length ? `<NextToken>${page + 1}</NextToken>` : '';
    return `<StackResourceSummaries>${(listed[page] ?? []).map(member).join('')}</StackResourceSummaries>${next}`;
  };
  const handle = async ({ body }: { body?: unknown }) => {
    const inner = answer(String(body));
    const action = asked.at(-1);
    const xml = `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${inner}</${action}Result></${action}Response>`;
    return { response: { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: new TextEncoder().encode(xml) } };
  };
  const client = new CloudFormationClient({
    region: 'us-west-2',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle } as never,
  });
  return { readings: createStackReadings(client), asked };
}

const table = 'AWS::DynamoDB::Table';
const reader: Row = ['Reader', 'AWS::Lambda::Function', 'Files'];
const files: Row = ['Files', table, 'Files'];
const other: Row = ['Other', table, 'Others'];

test.each<[string, readonly Row[], readonly (readonly Row[])[], string | undefined]>([
  ['is the stack that has it', [other, files], [], 'Files'],
  ['is the stack that has it, beside a function of that name', [reader, files], [], 'Files'],
  ['is nobody where a stack has only a function of that name', [reader, other], [[reader, other]], undefined],
  ['is the stack that has it on a later page', [reader], [[reader], [other, files]], 'Files'],
  ['is nobody once it was deleted', [['Files', table, 'Files', 'DELETE_COMPLETE']], [], undefined],
  ['is nobody once it was let go', [['Files', table, 'Files', 'DELETE_SKIPPED']], [], undefined],
])('the owner of a table %s', async (_name, described, listed, logicalId) => {
  const { readings } = createPort(described, listed);
  expect(await readings.owner({ type: table, physicalId: 'Files' })).toEqual(known(logicalId ? { stack: 'Shop', logicalId } : undefined));
});

test('a stack whose first resources have it is not read any further', async () => {
  const { readings, asked } = createPort([files], [[files]]);
  await readings.owner({ type: table, physicalId: 'Files' });
  expect(asked).toEqual(['DescribeStackResources']);
});

/** Gives the readings of a client that gets these XML pages, one a call. */
function toReadings(...pages: readonly string[]) {
  const left = [...pages];
  const handle = async ({ body }: { body?: unknown }) => {
    const action = new URLSearchParams(String(body)).get('Action');
    const xml = `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${left.shift()}</${action}Result></${action}Response>`;
    return { response: { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: new TextEncoder().encode(xml) } };
  };
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  return createStackReadings(new CloudFormationClient({ region: 'us-west-2', credentials, requestHandler: { handle } as never }));
}

test('drifts are those of all pages, without resources that are as they should be', async () => {
  const drift = (id: string, status: string, differences = '') =>
    `<member><StackId>s</StackId><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${table}</ResourceType><StackResourceDriftStatus>${status}</StackResourceDriftStatus><PropertyDifferences>${differences}</PropertyDifferences><Timestamp>2026-11-01T09:00:00.000Z</Timestamp></member>`;
  const difference = (path: string) => `<member><PropertyPath>${path}</PropertyPath></member>`;
  const readings = toReadings(
    `<StackResourceDrifts>${drift('A', 'MODIFIED', difference('/Tags') + difference('/BillingMode'))}${drift('B', 'IN_SYNC')}</StackResourceDrifts><NextToken>2</NextToken>`,
    `<StackResourceDrifts>${drift('C', 'DELETED')}</StackResourceDrifts>`,
  );
  expect(await readings.drifts({ stack: 'Shop' })).toEqual(
    known([
      { logicalId: 'A', status: 'MODIFIED', properties: ['/BillingMode', '/Tags'], day: '2026-11-01' },
      { logicalId: 'C', status: 'DELETED', properties: [], day: '2026-11-01' },
    ]),
  );
});

test('change sets are those of all pages, in order of name', async () => {
  const summary = (name: string) =>
    `<member><ChangeSetName>${name}</ChangeSetName><CreationTime>2026-11-02T09:00:00.000Z</CreationTime></member>`;
  const readings = toReadings(`<Summaries>${summary('b')}</Summaries><NextToken>2</NextToken>`, `<Summaries>${summary('a')}</Summaries>`);
  const sets = ['a', 'b'].map((name) => ({ name, day: '2026-11-02', createdMs: Date.parse('2026-11-02T09:00:00Z') }));
  expect(await readings.changeSets({ stack: 'Shop' })).toEqual(known(sets));
});

test.each([
  ['is its text', '<StackPolicyBody>{"Statement":[]}</StackPolicyBody>', '{"Statement":[]}'],
  ['is nothing where there is none', '', undefined],
])('the policy of a stack %s', async (_name, answer, policy) =>
  expect(await toReadings(answer).stackPolicy({ stack: 'Shop' })).toEqual(known(policy)),
);
test('the resources of a stack are those of all its pages', async () => {
  const { readings, asked } = createPort([], [[files], [['Gone', table, 'Gone', 'DELETE_SKIPPED']]]);
  expect(await readings.stackResources({ stack: 'arn' })).toEqual(
    known(
      new Map([
        ['Files', { logicalId: 'Files', type: table, physicalId: 'Files', status: 'CREATE_COMPLETE' }],
        ['Gone', { logicalId: 'Gone', type: table, physicalId: 'Gone', status: 'DELETE_SKIPPED' }],
      ]),
    ),
  );
  expect(asked).toEqual(['ListStackResources', 'ListStackResources']);
});
