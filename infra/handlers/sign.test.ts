import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { toSignedHeaders } from './sign.ts';

class Sha256 {
  #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret', sessionToken: 'token+/=' };
const now = new Date('2026-01-02T03:04:05.678Z');

test.each([
  ['POST', 'sqs', 'https://sqs.us-west-2.amazonaws.com/', '{"MessageBody":"é"}'],
  ['POST', 'bedrock', 'https://bedrock-runtime.us-west-2.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse', '{}'],
  ['POST', 'sns', 'http://127.0.0.1:4566/', 'Action=Publish'],
  ['GET', 'backup', 'https://backup.us-west-2.amazonaws.com/restore-jobs/1A-2B', ''],
  ['PUT', 'backup', 'https://backup.us-west-2.amazonaws.com/restore-jobs/1A-2B/validations', '{}'],
] as const)('signs a %s request to %s as the SDK does', async (method, service, address, body) => {
  const url = new URL(address);
  const headers = { 'content-type': 'application/json' };
  const signer = new SignatureV4({ service, region: 'us-west-2', credentials, sha256: Sha256, uriEscapePath: true, applyChecksum: false });
  const signed = await signer.sign(
    { method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, headers: { ...headers, host: url.host }, body },
    { signingDate: now },
  );
  expect(toSignedHeaders({ service, method, url, headers, body }, credentials, 'us-west-2', now)).toEqual(signed.headers);
});
