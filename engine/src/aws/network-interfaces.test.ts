import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createNetworkInterfaces } from './network-interfaces.ts';

const item = (id: string, inner = '') => `<item><networkInterfaceId>${id}</networkInterfaceId>${inner}</item>`;
const page = (items: string, next = '') =>
  `<DescribeNetworkInterfacesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><networkInterfaceSet>${items}</networkInterfaceSet>${next}</DescribeNetworkInterfacesResponse>`;

/** Gives what is read where EC2 gives these pages, and the filter of each call. */
async function read(of: string, ...pages: readonly string[]) {
  const filters: (string | null)[] = [];
  const handle = async ({ body }: { body?: unknown }) => {
    const form = new URLSearchParams(String(body));
    filters.push(`${form.get('Filter.1.Name')}=${form.get('Filter.1.Value.1')}`);
    return { response: { statusCode: 200, headers: {}, body: new TextEncoder().encode(pages[filters.length - 1]) } };
  };
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
  const answer = await createNetworkInterfaces({ region: 'us-west-2', credentials, requestHandler: { handle } })({ of });
  return { answer, filters };
}

test('network interfaces are those of all pages, with who made or holds them', async () => {
  const { answer } = await read(
    'sg-1',
    page(item('eni-1', '<description>AWS Lambda VPC ENI-api-1</description>'), '<nextToken>2</nextToken>'),
    page(item('eni-2', '<attachment><instanceId>i-1</instanceId></attachment>')),
  );
  expect(answer).toEqual(
    known([
      { id: 'eni-1', description: 'AWS Lambda VPC ENI-api-1' },
      { id: 'eni-2', description: '', instance: 'i-1' },
    ]),
  );
});

test.each([
  ['sg-1', 'group-id=sg-1'],
  ['subnet-1', 'subnet-id=subnet-1'],
  ['vpc-1', 'vpc-id=vpc-1'],
])('those of %s are asked for by the filter %s', async (of, filter) => expect((await read(of, page(''))).filters).toEqual([filter]));
