import { expect, test } from '@jest/globals';
import { createWire, type WireAnswer } from '../../../test/fakes/wire.ts';
import { toRoleConfig } from './identity.ts';

const minutes = 60_000;

/** An answer of STS with a session that ends in so many milliseconds. */
const session = (name: string, ms: number): WireAnswer => ({
  body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${name}</AccessKeyId><SecretAccessKey>b</SecretAccessKey><SessionToken>c</SessionToken><Expiration>${new Date(Date.now() + ms).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
});
const failing: WireAnswer = { status: 503, body: '<ErrorResponse/>' };

/** Takes the keys of a role: once by itself, which gives nothing to look at, and then so many times side by side. */
async function take(answers: readonly WireAnswer[], times: readonly number[]): Promise<readonly string[]> {
  const { credentials } = await toRoleConfig(createWire(answers), 'arn:aws:iam::111111111111:role/deploy', undefined);
  const taken: string[] = [];
  for (const count of times) {
    const ends = Array.from({ length: count }, async () => (await credentials?.())?.accessKeyId ?? '');
    taken.push(...(await Promise.all(ends)));
  }
  return taken;
}

test('a session is kept until shortly before its end, and renewed once for all who ask then', async () => {
  expect(await take([session('A', 60 * minutes)], [2])).toEqual(['A', 'A']);
  expect(await take([session('A', 4 * minutes), failing, session('B', 60 * minutes)], [3])).toEqual(['B', 'B', 'B']);
});

test('a session that cannot be renewed is used while it lasts, and renewed when that is possible again', async () => {
  const [old, fresh] = [session('A', 4 * minutes), session('B', 60 * minutes)];
  expect(await take([old, failing, failing, fresh], [1, 1])).toEqual(['A', 'B']);
});

test('a session that is over is not used', async () => {
  await expect(take([session('A', -minutes), failing], [])).rejects.toThrow();
});
