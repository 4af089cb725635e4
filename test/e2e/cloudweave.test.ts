import { account, createStage, region, type Stage } from './stage.ts';

const environment = 'production';
const name = `cloudweave-${environment}`;

let stage: Stage;
beforeAll(async () => {
  stage = await createStage({}, [account]);
});
afterAll(() => stage?.end());

/** Calls RDS as its command line does: the emulator reads the account from who signs, and no signature. */
async function rds(Action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(stage.emulator.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/rds/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action, Version: '2014-10-31', ...parameters }).toString(),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${Action} was answered ${answer.status}: ${text}`);
  return text;
}

const field = (text: string, tag: string): string | undefined => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1];
const describeInstance = (id: string): Promise<string> => rds('DescribeDBInstances', { DBInstanceIdentifier: id });

describe('the database of cloudweave', () => {
  beforeAll(async () => {
    stage.workspace.write(
      '.github/spaceport.yml',
      JSON.stringify({ system: 'cloudweave', environments: { [environment]: { account, regions: [region], protected: true } } }),
    );
    const result = await stage.run('deploy', { environment, stacks: 'CloudWeaveDataProductionStack', 'include-dependencies': 'true' });
    if (result.outputs['verdict'] !== 'deployed') throw new Error(result.log);
  });

  test('is deployed with the network and the foundation that it needs, and nothing else', async () => {
    const result = await stage.run('deploy', { environment, stacks: 'CloudWeaveDataProductionStack', 'include-dependencies': 'true' });
    expect(result.outputs).toMatchObject({ verdict: 'unchanged' });
    expect((JSON.parse(result.outputs['unchanged'] ?? '[]') as string[]).sort()).toEqual([
      'CloudWeaveDataProductionStack',
      'CloudWeaveFoundationProductionStack',
      'CloudWeaveNetworkProductionStack',
    ]);
  });

  test('a snapshot of the database becomes a new one beside it, with its engine, size and encryption', async () => {
    await rds('CreateDBSnapshot', { DBInstanceIdentifier: name, DBSnapshotIdentifier: 'before' });
    await rds('RestoreDBInstanceFromDBSnapshot', {
      DBSnapshotIdentifier: 'before',
      DBInstanceIdentifier: `${name}-restored`,
      DBSubnetGroupName: name,
    });
    const [original, restored] = [await describeInstance(name), await describeInstance(`${name}-restored`)];
    for (const tag of ['Engine', 'EngineVersion', 'DBInstanceClass', 'AllocatedStorage', 'StorageEncrypted', 'MasterUsername'])
      expect([tag, field(restored, tag)]).toEqual([tag, field(original, tag) ?? 'described']);
    expect(field(restored, 'DBInstanceStatus')).toBe('available');
  });
});
