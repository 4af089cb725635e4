import { toRequest } from './app-context.ts';

const defaults = { account: '222222222222', region: 'eu-west-1', handlers: '/handlers', outdir: '/out' };

test('the environment alone is enough', () => {
  expect(toRequest({ environment: 'prod' }, defaults)).toEqual({
    system: 'spaceport',
    request: {
      environment: 'prod',
      account: '222222222222',
      region: 'eu-west-1',
      firstRegion: 'eu-west-1',
      protected: true,
      settings: {},
      decisions: [],
      handlers: '/handlers',
      outdir: '/out',
    },
  });
});

test('account, region, settings and decisions are taken from the context, the lists as JSON text', () => {
  const decision = { id: 'uploads', type: 'AWS::S3::Bucket', stack: 'SpaceportStagingStack', name: 'spaceport-uploads', kind: 'reference' };
  const context = {
    environment: 'staging',
    account: '111111111111',
    region: 'us-east-1',
    'first-region': 'us-west-2',
    settings: '{"uploadUrlSeconds":60}',
    decisions: JSON.stringify([decision]),
  };
  expect(toRequest(context, defaults).request).toMatchObject({
    account: '111111111111',
    region: 'us-east-1',
    firstRegion: 'us-west-2',
    protected: false,
    settings: { uploadUrlSeconds: 60 },
    decisions: [decision],
  });
});

test('settings of cdk.json need not be text', () => {
  expect(toRequest({ environment: 'staging', settings: { uploadUrlSeconds: 60 } }, defaults).request.settings).toEqual({
    uploadUrlSeconds: 60,
  });
});

test('empty values count as not given', () => {
  expect(toRequest({ environment: 'staging', account: '', region: '' }, defaults).request).toMatchObject({
    account: '222222222222',
    region: 'eu-west-1',
  });
});

test("the CDK's own context values are left alone", () => {
  expect(toRequest({ environment: 'staging', 'aws:cdk:enable-path-metadata': true }, defaults).request.environment).toBe('staging');
});

test.each<[why: string, context: Record<string, unknown>, message: RegExp]>([
  ['no environment', {}, /^The context values are not right: environment: it must be given: -c environment=<name>$/],
  ['an unknown environment', { environment: 'mars' }, /^spaceport has no environment "mars"; it has: prod, staging, dev$/],
  ['an environment that is a property of every object', { environment: 'toString' }, /^spaceport has no environment "toString"/],
  [
    'a tag of images for a system without containers',
    { environment: 'prod', 'image-tag': '1' },
    /image-tag is for systems that run containers: spaceport runs none$/,
  ],
  ['an unknown system', { environment: 'prod', system: 'moon' }, /^There is no system "moon"; there is: spaceport(, [a-z-]+)*$/],
  ['decisions that are not JSON', { environment: 'prod', decisions: '[{' }, /decisions: it is not JSON/],
  ['settings that are no object', { environment: 'prod', settings: '[]' }, /settings: /],
  ['several things at once', { account: '1', decisions: '[{"id":1}]' }, /environment: .*account: .*decisions\[0\]\.id: /],
])('refuses in one line: %s', (_, context, message) => {
  expect(() => toRequest(context, defaults)).toThrow(message);
  expect(() => toRequest(context, defaults)).not.toThrow(/\n/);
});
