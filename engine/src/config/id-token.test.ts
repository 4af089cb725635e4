import { expect, test } from '@jest/globals';
import { toTokenSentences } from './id-token.ts';

const issuer = 'token.actions.githubusercontent.com';
const toToken = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify({ iss: `https://${issuer}`, aud: 'sts.amazonaws.com', ...claims })).toString('base64url')}.signature`;
const condition = (sub: string) =>
  `This condition admits the job: {"StringEquals":{"${issuer}:aud":"sts.amazonaws.com","${issuer}:sub":"${sub}"}}.`;

test('a token of a branch is told with the condition that admits it, and what an environment would change', () => {
  const sub = 'repo:org/app:ref:refs/heads/main';
  expect(toTokenSentences(toToken({ sub }))).toBe(
    `The token of the job has the subject ${sub} and the audience sts.amazonaws.com. The job names no \`environment:\`; with one, the subject would be that environment instead of the branch. ${condition(sub)}`,
  );
});

test('a token of an environment is told with why its subject has no branch', () => {
  const sub = 'repo:org/app:environment:production';
  expect(toTokenSentences(toToken({ sub }))).toContain('so the subject is that environment, whatever the branch.');
});

test('the conditions of the role stand beside, where they can be read', () => {
  const asked = { StringLike: { [`${issuer}:sub`]: 'repo:org/app:ref:*' } };
  const statement = { Action: 'sts:AssumeRoleWithWebIdentity', Condition: asked };
  const other = { Action: 'sts:AssumeRole', Condition: { Bool: {} } };
  const said = toTokenSentences(toToken({ sub: 'repo:org/app:environment:é' }), { Statement: [statement, other] });
  expect(said).toContain(`The trust policy of the role asks for ${JSON.stringify(asked)}. This`);
  expect(said).toContain('the subject repo:org/app:environment:é and');
});

test.each(['', 'x', 'a.b.c', 'e30.e30.e30'])('what is no token says nothing: %j', (token) => expect(toTokenSentences(token)).toBe(''));

test('nothing of the token but its claims is told', () => {
  const token = toToken({ sub: 'repo:org/app:ref:refs/heads/main', jti: 'hidden' });
  expect(token.split('.').filter((part) => toTokenSentences(token).includes(part))).toEqual([]);
  expect(toTokenSentences(token)).not.toContain('hidden');
});
