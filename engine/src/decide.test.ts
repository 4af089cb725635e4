import { describe, expect, test } from '@jest/globals';
import type { FakeAws } from '../../test/fakes/account.ts';
import { createFakeAws } from '../../test/fakes/aws.ts';
import { readSampleStack, table as namedTable } from '../../test/fakes/assembly.ts';
import { createFakeClock } from '../../test/fakes/clock.ts';
import { known, unknown } from './answer.ts';
import { decide, readDataFacts, type DataFact, type DataFacts } from './decide.ts';
import type { DataResource } from './decision.ts';
import type { Presence } from './readings.ts';

const uploads: DataResource = { id: 'uploads', type: 'AWS::S3::Bucket', stack: 'ShopProd', preferred: 'uploads-prod', fallback: 'uploads' };
const present = known<Presence>({ kind: 'present', active: true });
const absent = known<Presence>({ kind: 'absent' });
const denied = (call: string) => unknown({ call, resource: 'uploads-prod', why: 'denied', message: '' });
const ownedBy = (stack: string) => known({ stack, logicalId: 'Uploads' });
const nobody = known(undefined);

const fact = (more: Partial<DataFact>): DataFact => ({ name: 'uploads-prod', presence: absent, ...more });
const old = (more: Partial<DataFact>): DataFact => ({ name: 'uploads', presence: absent, ...more });
const facts = (preferred: Partial<DataFact>, fallback?: Partial<DataFact>): DataFacts => ({
  resource: uploads,
  environment: 'prod',
  preferred: fact(preferred),
  ...(fallback ? { fallback: old(fallback) } : {}),
});
const shown = (verdict: ReturnType<typeof decide>): string =>
  'problem' in verdict ? `${verdict.problem.code} ${verdict.problem.message}` : `${verdict.kind} ${verdict.name}`;

test.each<[string, DataFacts, string]>([
  ['nothing there: it is created under the preferred name', facts({}), 'create uploads-prod'],
  [
    'owned by this very stack: it stays managed, on the second deployment and all others',
    facts({ presence: present, owner: ownedBy('ShopProd') }),
    'managed uploads-prod',
  ],
  ['owned by none: it is imported', facts({ presence: present, owner: nobody }), 'reference uploads-prod'],
  [
    'owned by another stack of this environment: it is imported',
    facts({ presence: present, owner: ownedBy('DataProd'), ownerEnvironment: 'prod' }),
    'reference uploads-prod',
  ],
  [
    'owned by a stack of no known environment: it is imported',
    facts({ presence: present, owner: ownedBy('Legacy') }),
    'reference uploads-prod',
  ],
  [
    'owned by a stack of another environment: refused, with its name',
    facts({ presence: present, owner: ownedBy('ShopStaging'), ownerEnvironment: 'staging' }),
    'PF140 AWS::S3::Bucket uploads-prod is owned by the stack ShopStaging of the environment staging.',
  ],
  [
    'not readable: refused, with the call, and never taken for a free name',
    facts({ presence: denied('s3:ListBucket') }),
    'PF141 AWS::S3::Bucket uploads-prod: needs the permission s3:ListBucket on uploads-prod.',
  ],
  [
    'there, but nobody may say whose it is: refused, with the call',
    facts({ presence: present, owner: denied('cloudformation:DescribeStackResources') }),
    'PF141 AWS::S3::Bucket uploads-prod exists; who owns it cannot be read: needs the permission cloudformation:DescribeStackResources on uploads-prod.',
  ],
  [
    'there, but nobody may say of which environment its owner is: refused, with the call',
    facts({
      presence: present,
      owner: ownedBy('Legacy'),
      notRead: { call: 'cloudformation:DescribeStacks', resource: 'Legacy', why: 'denied', message: '' },
    }),
    'PF141 AWS::S3::Bucket uploads-prod exists; whether another environment has it cannot be read: needs the permission cloudformation:DescribeStacks on Legacy.',
  ],
  [
    'in another account: refused',
    facts({ presence: known({ kind: 'foreign' }) }),
    'PF122 AWS::S3::Bucket uploads-prod belongs to another account.',
  ],
  [
    'in another region: refused',
    facts({ presence: known({ kind: 'elsewhere' }) }),
    'PF120 AWS::S3::Bucket uploads-prod is in another region of this account; bucket names are global.',
  ],
])('a data resource that is %s', (_name, known_, verdict) => expect(shown(decide(known_, 'reference'))).toBe(verdict));

test.each<[string, DataFacts, string]>([
  ['is imported where the preferred one is free', facts({}, { presence: present, owner: nobody }), 'reference uploads'],
  ['stays managed where this very stack owns it', facts({}, { presence: present, owner: ownedBy('ShopProd') }), 'managed uploads'],
  [
    'is left alone where the preferred one is taken',
    facts({ presence: present, owner: ownedBy('ShopProd') }, { presence: present, owner: nobody }),
    'managed uploads-prod',
  ],
  ['is left alone where it is free too', facts({}, {}), 'create uploads-prod'],
  [
    'is refused where another environment uses it',
    facts({}, { presence: present, owner: nobody, usedBy: ['ShopStaging', 'DataStaging'] }),
    'PF140 AWS::S3::Bucket uploads is used by ShopStaging, DataStaging, of another environment.',
  ],
  [
    'is refused where it cannot be looked up',
    facts({}, { presence: denied('s3:ListBucket') }),
    'PF141 AWS::S3::Bucket uploads: needs the permission s3:ListBucket on uploads-prod.',
  ],
])('a fallback name %s', (_name, known_, verdict) => expect(shown(decide(known_, 'reference'))).toBe(verdict));

test.each<[string, DataFacts, string]>([
  [
    'refuses what would be imported',
    facts({ presence: present, owner: nobody }),
    'PF120 The AWS::S3::Bucket uploads-prod exists, and `existing` is fail.',
  ],
  ['keeps managing what the stack owns', facts({ presence: present, owner: ownedBy('ShopProd') }), 'managed uploads-prod'],
  ['creates what is not there', facts({}), 'create uploads-prod'],
])('`existing: fail` %s', (_name, known_, verdict) => expect(shown(decide(known_, 'fail'))).toBe(verdict));

test.each<[string, DataFacts, string]>([
  ['adopts what nobody owns', facts({ presence: present, owner: nobody }), 'adopt uploads-prod'],
  ['adopts it under its fallback name, too', facts({}, { presence: present, owner: nobody }), 'adopt uploads'],
  [
    'refers to what another stack of the environment owns',
    facts({ presence: present, owner: ownedBy('DataProd'), ownerEnvironment: 'prod' }),
    'reference uploads-prod',
  ],
  ['keeps managing what the stack owns', facts({ presence: present, owner: ownedBy('ShopProd') }), 'managed uploads-prod'],
  ['creates what is not there', facts({}), 'create uploads-prod'],
  [
    'refuses what another environment owns',
    facts({ presence: present, owner: ownedBy('ShopStaging'), ownerEnvironment: 'staging' }),
    'PF140 AWS::S3::Bucket uploads-prod is owned by the stack ShopStaging of the environment staging.',
  ],
])('`existing: adopt` %s', (_name, known_, verdict) => expect(shown(decide(known_, 'adopt'))).toBe(verdict));

test('a decision refers to its resource by id, type and stack', () => {
  expect(decide(facts({}), 'reference')).toEqual({
    id: 'uploads',
    type: 'AWS::S3::Bucket',
    stack: 'ShopProd',
    name: 'uploads-prod',
    kind: 'create',
  });
});

describe('reading what AWS holds', () => {
  const stacksOf = new Map([
    ['prod', ['ShopProd', 'DataProd']],
    ['staging', ['ShopStaging']],
  ]);
  const aws = (fill: (made: FakeAws) => void = () => {}): FakeAws => {
    const made = createFakeAws('111111111111', createFakeClock());
    fill(made);
    return made;
  };
  const readOne = async (
    made: FakeAws,
    legacyNames = false,
    resource = uploads,
  ): Promise<{ fact: DataFacts | undefined; calls: readonly string[]; verdict: string }> => {
    const [found] = await readDataFacts({ resources: [resource], environment: 'prod', legacyNames, stacksOf }, made.cloud('us-west-2'));
    return {
      fact: found,
      calls: made.calls.map((c) => c.replace('us-west-2 ', '')),
      verdict: found ? shown(decide(found, 'reference')) : '',
    };
  };
  const put = (made: FakeAws, name: string) => void made.things.set(`AWS::S3::Bucket ${name}`, { kind: 'present', active: true });
  const look = (name: string) => `look:AWS::S3::Bucket ${name}`;
  const owner = (name: string) => `cloudformation:DescribeStackResources ${name}`;
  const withBucket = (stack: string, name: string, tags: Record<string, string> = {}) =>
    readSampleStack({ resources: { Uploads: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name } } }, tags }, stack);

  test('takes one call for a name that is free', async () => {
    expect(await readOne(aws())).toMatchObject({ calls: [look('uploads-prod')], verdict: 'create uploads-prod' });
  });

  test('looks at the fallback name only with legacy names, and only when the preferred one is free', async () => {
    expect(
      (
        await readOne(
          aws((a) => put(a, 'uploads')),
          false,
        )
      ).verdict,
    ).toBe('create uploads-prod');
    expect(
      await readOne(
        aws((a) => put(a, 'uploads-prod')),
        true,
      ),
    ).toMatchObject({ calls: [look('uploads-prod'), owner('uploads-prod')], verdict: 'reference uploads-prod' });
    expect(
      await readOne(
        aws((a) => put(a, 'uploads')),
        true,
      ),
    ).toMatchObject({
      calls: [look('uploads-prod'), look('uploads'), owner('uploads'), 'cloudformation:GetTemplate ShopStaging'],
      verdict: 'reference uploads',
    });
  });

  test('does not look at a fallback name that is the preferred one', async () => {
    expect((await readOne(aws(), true, { ...uploads, fallback: 'uploads-prod' })).calls).toEqual([look('uploads-prod')]);
  });

  test('does not ask for an owner where the presence is not known or not here', async () => {
    expect(
      (
        await readOne(
          aws((a) => a.denied.add('look:AWS::S3::Bucket')),
          true,
        )
      ).calls,
    ).toEqual([look('uploads-prod')]);
    expect(
      (
        await readOne(
          aws((a) => a.things.set('AWS::S3::Bucket uploads-prod', { kind: 'foreign' })),
          true,
        )
      ).calls,
    ).toEqual([look('uploads-prod')]);
  });

  test('takes two calls for what this very stack owns', async () => {
    expect(await readOne(aws((a) => a.put(withBucket('ShopProd', 'uploads-prod'))))).toMatchObject({
      calls: [look('uploads-prod'), owner('uploads-prod')],
      verdict: 'managed uploads-prod',
    });
  });

  test('does not take a function for the table that it is named as: what is imported stays so on every further run', async () => {
    const files: DataResource = { id: 't', type: 'AWS::DynamoDB::Table', stack: 'ShopProd', preferred: 'Files-prod', fallback: 'Files' };
    const reader = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'Files-prod' } };
    const made = aws((a) => void a.things.set('AWS::DynamoDB::Table Files-prod', { kind: 'present', active: true }));
    expect((await readOne(made, false, files)).verdict).toBe('reference Files-prod');
    made.put(readSampleStack({ resources: { Reader: reader } }, 'ShopProd'));
    expect((await readOne(made, false, files)).verdict).toBe('reference Files-prod');
    made.put(readSampleStack({ resources: { Reader: reader, Files: namedTable('Files-prod') } }, 'ShopProd'));
    expect((await readOne(made, false, files)).verdict).toBe('managed Files-prod');
  });

  test('knows the environment of the stacks of the system by their names', async () => {
    const { calls, verdict } = await readOne(aws((a) => a.put(withBucket('ShopStaging', 'uploads-prod'))));
    expect(calls).toEqual([look('uploads-prod'), owner('uploads-prod')]);
    expect(verdict).toMatch(/^PF140 .* owned by the stack ShopStaging of the environment staging/);
    expect((await readOne(aws((a) => a.put(withBucket('DataProd', 'uploads-prod'))))).verdict).toBe('reference uploads-prod');
  });

  test('asks other stacks for their tag', async () => {
    const { calls, verdict } = await readOne(aws((a) => a.put(withBucket('Other', 'uploads-prod', { environment: 'qa' }))));
    expect(calls).toEqual([look('uploads-prod'), owner('uploads-prod'), 'cloudformation:DescribeStacks Other']);
    expect(verdict).toMatch(/^PF140 .* of the environment qa\.$/);
    expect((await readOne(aws((a) => a.put(withBucket('Other', 'uploads-prod', { environment: 'prod' }))))).verdict).toBe(
      'reference uploads-prod',
    );
    expect((await readOne(aws((a) => a.put(withBucket('Other', 'uploads-prod'))))).verdict).toBe('reference uploads-prod');
  });

  test('says so when the tag of the owner cannot be read', async () => {
    const made = aws((a) => (a.put(withBucket('Other', 'uploads-prod')), a.denied.add('cloudformation:DescribeStacks')));
    expect((await readOne(made)).verdict).toMatch(/^PF141 .*cloudformation:DescribeStacks on Other/);
  });

  const reader = (value: unknown, id = 'ShopStaging') =>
    readSampleStack(
      { resources: { Reader: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { X: value } } } } } },
      id,
    );

  test.each<[string, unknown, boolean]>([
    ['by its name', 'uploads', true],
    ['by its ARN', 'arn:aws:s3:::uploads', true],
    ['by the ARN of what is in it', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::uploads/*']] }, true],
    ['by a path', 's3://uploads/in', true],
    ['not by a longer name', 'uploads-staging', false],
    ['not by a name that ends alike', 'my-uploads', false],
  ])('sees whether another environment uses a fallback name: %s', async (_name, value, uses) => {
    const made = aws((a) => (put(a, 'uploads'), a.put(reader(value))));
    expect((await readOne(made, true)).verdict).toBe(
      uses ? 'PF140 AWS::S3::Bucket uploads is used by ShopStaging, of another environment.' : 'reference uploads',
    );
  });

  test('sees the index of a table, too', async () => {
    const table: DataResource = { id: 't', type: 'AWS::DynamoDB::Table', stack: 'ShopProd', preferred: 'Files-prod', fallback: 'Files' };
    const made = aws(
      (a) => (
        a.things.set('AWS::DynamoDB::Table Files', { kind: 'present', active: true }),
        a.put(reader('arn:aws:dynamodb:us-west-2:1:table/Files/index/*'))
      ),
    );
    expect((await readOne(made, true, table)).verdict).toMatch(/^PF140/);
  });

  test('does not mind that this environment uses a fallback name', async () => {
    expect(
      (
        await readOne(
          aws((a) => (put(a, 'uploads'), a.put(reader('uploads', 'DataProd')))),
          true,
        )
      ).verdict,
    ).toBe('reference uploads');
  });

  test('says so when the templates of another environment cannot be read', async () => {
    const made = aws((a) => (put(a, 'uploads'), a.denied.add('cloudformation:GetTemplate')));
    expect((await readOne(made, true)).verdict).toMatch(/^PF141 .*cloudformation:GetTemplate on ShopStaging/);
  });
});
