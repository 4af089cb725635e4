import { expect, test } from '@jest/globals';
import { hasSecretShape, withoutShapes } from './secret-shapes.ts';

test.each<[string, string, string]>([
  ['a password in an address', 'postgres://u:hunter2@db:5432/shop', 'postgres://***@db:5432/shop'],
  ['a password with a slash in an address', 'amqps://u:hun/ter2@mq', 'amqps://***@mq'],
  ['a token in an address', 'see https://abcdef@sentry.example/1 now', 'see https://***@sentry.example/1 now'],
  ['a key of AWS', `id AKIA${'A'.repeat(16)}.`, 'id ***.'],
  ['a token of GitHub', `ghp_${'a'.repeat(36)}`, '***'],
  ['a fine-grained token of GitHub', `github_pat_${'a'.repeat(40)}`, '***'],
  ['a token of Slack', 'xoxb-1234567890-abc', '***'],
  ['a key of Stripe', 'sk_live_abcdefghijkl', '***'],
  ['a JSON Web Token', `Bearer eyJhbGciOiJI.${'a'.repeat(20)}.${'b'.repeat(20)}`, 'Bearer ***'],
  ['a key in PEM', 'a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b', 'a *** b'],
])('%s is seen', (_name, text, shown) => expect([hasSecretShape(text), withoutShapes(text)]).toEqual([true, shown]));

test.each<[string, string]>([
  ['an address', 'https://example.com/a@b'],
  ['an address with a port', 'https://example.com:8443/npm/pkg@1.2'],
  ['an address of e-mail', 'ops@example.com'],
  ['an ARN', 'arn:aws:iam::111111111111:role/deploy'],
  ['a beginning of a key', 'AKIA, ghp_, sk_live_ and xoxb- begin keys'],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nMII'],
])('%s is none', (_name, text) => expect([hasSecretShape(text), withoutShapes(text)]).toEqual([false, text]));
