import { expect, test } from '@jest/globals';
import { known } from '../answer.ts';
import { createPresence } from './presence.ts';

/** Looks a table up where DynamoDB gives this state. */
function lookAt(TableStatus: string) {
  const body = new TextEncoder().encode(JSON.stringify({ Table: { TableStatus } }));
  const handle = async () => ({ response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body } });
  const config = {
    region: 'us-west-2',
    credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }),
    requestHandler: { handle },
  };
  return createPresence(config, async () => '111111111111')({ type: 'AWS::DynamoDB::Table', name: 'Files' });
}

test.each<[string, boolean]>([
  ['ACTIVE', true],
  ['UPDATING', true],
  ['CREATING', false],
  ['DELETING', false],
  ['ARCHIVING', false],
  ['ARCHIVED', false],
  ['INACCESSIBLE_ENCRYPTION_CREDENTIALS', false],
])('a table in the state %s is there, and active: %s', async (status, active) =>
  expect(await lookAt(status)).toEqual(known({ kind: 'present', active })),
);

/** Looks a name up where the service answers with this body, and counts the calls. */
async function lookUp(type: string, name: string, body: string) {
  let calls = 0;
  const handle = async () => {
    calls += 1;
    const headers = { 'content-type': body.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.1' };
    return { response: { statusCode: 200, headers, body: new TextEncoder().encode(body) } };
  };
  const credentials = async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
  const presence = createPresence({ region: 'us-west-2', credentials, requestHandler: { handle } }, async () => '111111111111');
  return { answer: await presence({ type, name }), calls };
}

const absent = known({ kind: 'absent' });
const there = { kind: 'present', active: true };

test.each<[string, object, unknown]>([
  ['there', { ARN: 'arn:db' }, known({ ...there, physicalId: 'arn:db' })],
  [
    'deleted, and still in its recovery window',
    { ARN: 'arn:db', DeletedDate: 1 },
    known({ ...there, active: false, physicalId: 'arn:db' }),
  ],
])('a secret that is %s', async (_name, body, answer) => {
  expect((await lookUp('AWS::SecretsManager::Secret', 'db', JSON.stringify(body))).answer).toEqual(answer);
});

test.each<[string, object, unknown]>([
  ['that nobody has', {}, absent],
  ['of this account', { UserPoolId: 'p', AWSAccountId: '111111111111' }, known(there)],
  ['of another account', { UserPoolId: 'p', AWSAccountId: '222222222222' }, known({ kind: 'foreign' })],
])('a domain prefix %s', async (_name, DomainDescription, answer) => {
  expect((await lookUp('AWS::Cognito::UserPoolDomain', 'users', JSON.stringify({ DomainDescription }))).answer).toEqual(answer);
});

const records = (name: string, type: string, set = '') =>
  `<ListResourceRecordSetsResponse><ResourceRecordSets><ResourceRecordSet><Name>${name}</Name><Type>${type}</Type>${set}</ResourceRecordSet>` +
  '</ResourceRecordSets><IsTruncated>true</IsTruncated><MaxItems>1</MaxItems></ListResourceRecordSetsResponse>';

test.each<[string, string, string, unknown]>([
  ['is there', 'www.example.com.|Z1|A|', records('www.example.com.', 'A'), known(there)],
  ['is a wildcard', '*.example.com.|Z1|A|', records('\\052.example.com.', 'A'), known(there)],
  ['is followed by another name', 'www.example.com.|Z1|A|', records('zzz.example.com.', 'A'), absent],
  ['is followed by another type', 'www.example.com.|Z1|A|', records('www.example.com.', 'TXT'), absent],
  ['is one of a set', 'www.example.com.|Z1|A|b', records('www.example.com.', 'A', '<SetIdentifier>b</SetIdentifier>'), known(there)],
  [
    'is followed by another one of its set',
    'www.example.com.|Z1|A|a',
    records('www.example.com.', 'A', '<SetIdentifier>b</SetIdentifier>'),
    absent,
  ],
])('a record that %s, in one call', async (_name, key, body, answer) => {
  expect(await lookUp('AWS::Route53::RecordSet', key, body)).toEqual({ answer, calls: 1 });
});

const distributions =
  '<DistributionList><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity><Items>' +
  '<DistributionSummary><Id>E1</Id><Aliases><Quantity>1</Quantity><Items><CNAME>Shop.example.com</CNAME></Items></Aliases></DistributionSummary>' +
  '</Items></DistributionList>';

test.each<[string, string, unknown]>([
  ['of a distribution', 'shop.example.com', known({ ...there, physicalId: 'E1' })],
  ['of none', 'example.com', absent],
])('an alias %s', async (_name, alias, answer) => {
  expect((await lookUp('AWS::CloudFront::Distribution', alias, distributions)).answer).toEqual(answer);
});

test('a type without a look-up is not taken for free', async () => {
  const presence = createPresence({ region: 'us-west-2' }, async () => '111111111111');
  expect(await presence({ type: 'AWS::Made::Up', name: 'x' })).toMatchObject({ kind: 'unknown', because: { why: 'refused' } });
});
