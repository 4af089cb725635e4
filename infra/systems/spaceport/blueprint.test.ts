import { existsSync } from 'node:fs';
import type { Decision } from '../../../engine/src/decision.ts';
import { sampleRequest } from '../sample.ts';
import { toBlueprint } from './blueprint.ts';
import { spaceport } from './system.ts';

const request = sampleRequest(spaceport, 'staging', '/nowhere');
const uploads: Decision = {
  id: 'uploads',
  type: 'AWS::S3::Bucket',
  stack: 'SpaceportStagingStack',
  name: 'spaceport-uploads',
  kind: 'reference',
};

test('a good request gives the names, the settings with their defaults, and a decision on every data resource', () => {
  const { names, settings, decisions } = toBlueprint({ ...request, decisions: [uploads], settings: { uploadUrlSeconds: 60 } });
  expect(names.uploadPresign).toBe('Spaceport-UploadPresign-staging');
  expect(settings).toMatchObject({ uploadUrlSeconds: 60, allowedOrigins: [] });
  expect(Object.values(decisions).map(({ kind, name }) => [kind, name])).toEqual([
    ['reference', 'spaceport-uploads'],
    ['create', 'Spaceport-FileMetadata-staging'],
    ['create', 'Spaceport-Projects-staging'],
    ['create', 'spaceport-ml-processing-staging'],
    ['create', 'spaceport/sfm-staging'],
    ['create', 'spaceport/3dgs-staging'],
  ]);
});

test('one error lists every bad setting, decision and name', () => {
  const bad = {
    ...request,
    region: 'Mars',
    settings: { allowedOrigins: ['*'], colour: 'red' },
    decisions: [{ ...uploads, name: 'Bad_Bucket', stack: 'OtherStack' }],
  };
  expect(() => toBlueprint(bad)).toThrow(
    [
      'spaceport cannot be built for staging in Mars:',
      '- settings.allowedOrigins[0]: an origin such as https://example.com is allowed: https (or http for localhost), no path, no *',
      '- settings: Unrecognized key: "colour"',
      '- the decision on uploads has the stack "OtherStack", and it is "SpaceportStagingStack"',
      '- the AWS::S3::Bucket name "Bad_Bucket": only lowercase letters, digits, dots and hyphens, with a letter or digit at both ends are allowed',
      '- the AWS::S3::Bucket name "spaceport-ml-processing-staging-Mars": only lowercase letters, digits, dots and hyphens, with a letter or digit at both ends are allowed',
    ].join('\n'),
  );
});

test('nothing is written when the request is refused', async () => {
  const outdir = '/tmp/spaceport-refused';
  await expect(spaceport.synthesize({ ...request, region: 'Mars', outdir })).rejects.toThrow(/cannot be built/);
  expect(existsSync(outdir)).toBe(false);
});

test('an environment that spaceport does not have is refused in one line', async () => {
  await expect(spaceport.synthesize({ ...request, environment: 'mars' })).rejects.toThrow(
    /^spaceport has no environment "mars"; it has: prod, staging, dev$/,
  );
});
