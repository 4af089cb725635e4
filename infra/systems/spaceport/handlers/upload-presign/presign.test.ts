import { S3Client } from '@aws-sdk/client-s3';
import { createPresigner } from './presign.ts';

const client = new S3Client({
  region: 'us-west-2',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  requestChecksumCalculation: 'WHEN_REQUIRED',
});
const presign = createPresigner(client, 'spaceport-uploads-prod');
const upload = { key: 'uploads/user-1/id-1/a.zip', contentType: 'application/zip', sizeBytes: 1000, sha256: undefined };

test('signs the type and the length, for as long as it says', async () => {
  const url = new URL(await presign(upload, 900));
  expect(url.pathname).toBe('/uploads/user-1/id-1/a.zip');
  expect(url.hostname).toBe('spaceport-uploads-prod.s3.us-west-2.amazonaws.com');
  expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host');
  expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
});

test('signs a given checksum as a header, and makes up none', async () => {
  const given = new URL(await presign({ ...upload, sha256: `${'A'.repeat(43)}=` }, 900));
  expect(given.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;x-amz-checksum-sha256');
  expect((await presign(upload, 900)).toLowerCase()).not.toContain('checksum');
});
