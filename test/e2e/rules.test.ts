import { bucket, toAssemblyFiles } from '../fakes/assembly.ts';
import { createStage, type Stage } from './stage.ts';

const versions = `rule BUCKETS_KEEP_VERSIONS when Resources.*[ Type == 'AWS::S3::Bucket' ] !empty {
  Resources.*[ Type == 'AWS::S3::Bucket' ].Properties.VersioningConfiguration.Status == 'Enabled' <<Buckets keep versions.>>
}
`;
const config = (file: string) => `cdk-out: cdk.out\nrules: [${file}]\n`;

let stage: Stage;
beforeAll(async () => {
  stage = await createStage(
    {
      ...toAssemblyFiles('cdk.out', { Shop: { resources: { Uploads: bucket('uploads-of-the-shop') } } }),
      'versions.guard': versions,
      'broken.guard': 'rule {{{',
      '.github/spaceport.yml': config('versions.guard'),
      'broken.yml': config('broken.guard'),
      'missing.yml': config('nowhere.guard'),
    },
    [],
  );
});
afterAll(() => stage?.end());

const errors = async (path?: string) => {
  const { log } = await stage.run(
    'preflight',
    { depth: 'static', ...(path ? { config: path } : {}) },
    { event: { name: 'push', ref: 'refs/heads/main' } },
  );
  return log.split('\n').filter((line) => line.includes('❌ PF'));
};

test('a rule of the team that a template does not meet stops it', async () => {
  expect(await errors()).toEqual(['❌ PF174 Own rule is not met at Shop/Uploads: Buckets keep versions. (rule BUCKETS_KEEP_VERSIONS)']);
});

test.each([
  ['that cannot be read', 'broken.yml', /^❌ PF176 .*broken\.guard/],
  ['that is not there', 'missing.yml', /^❌ PF176 .*nowhere\.guard/],
])('a rule file %s stops it, and says which', async (_name, path, told) => {
  expect(await errors(path)).toEqual([expect.stringMatching(told)]);
});
