import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
  type Credentials,
} from '@aws-sdk/client-sts';
import { toTokenSentences } from '../config/id-token.ts';
import { finding, Stop } from '../finding.ts';
import type { Caller, Connection, Elsewhere } from '../world.ts';
import { clientDefaults, toErrorName, toMessage, toWhy, WithoutRole, type ClientConfig, type SessionKeys } from './call.ts';

/** Gives the OIDC token of the job for an audience, or undefined when the job has no `id-token: write`. */
export type IdToken = (audience: string) => Promise<string | undefined>;

/** How sessions are called in the logs of AWS. */
const sessionName = 'spaceport-actions';

/**
 * Gives the keys of the role of a connection, by OIDC when the job has a token, by the ambient credentials otherwise.
 *
 * @throws Stop with RT044, RT045 or RT046.
 */
async function assumeRole(connection: Connection & { readonly role: string }, idToken: IdToken): Promise<SessionKeys> {
  const { region, role: RoleArn } = connection;
  const sts = new STSClient({ ...clientDefaults, region });
  let token: string | undefined;
  try {
    token = await idToken('sts.amazonaws.com');
    const answer = token
      ? await sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: sessionName, WebIdentityToken: token }))
      : await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: sessionName }));
    return toKeys(answer.Credentials);
  } catch (thrown) {
    if (toWhy(thrown) === 'unreachable' || isWithout(thrown)) throw toStop(thrown, region);
    const said = token ? toTokenSentences(token, await readTrust(RoleArn, region)) : '';
    throw new Stop(finding('RT046', [`${RoleArn}: ${(thrown as Error).message}.`, said].filter(Boolean).join(' ')), { cause: thrown });
  }
}

/** Gives the trust policy of a role that could not be assumed, where an earlier step left credentials that may read it. */
async function readTrust(role: string, region: string): Promise<unknown> {
  if (!process.env['AWS_ACCESS_KEY_ID']) return undefined;
  try {
    const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam');
    const name = role.slice(role.lastIndexOf('/') + 1);
    const { Role } = await new IAMClient({ ...clientDefaults, region }).send(new GetRoleCommand({ RoleName: name }));
    return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}'));
  } catch {
    return undefined; // the role of the other account, or one that may not be read: the token alone says enough
  }
}

/** How long before their end the keys of a session are given to nobody any more. */
const reserveMs = 5 * 60_000;

/** Gives what the clients of a connection are made with. The role, if there is one, is assumed when a client first calls, and again before the session ends. */
export function toClientConfig({ region, role }: Connection, idToken: IdToken): ClientConfig {
  if (!role) return { region };
  return { region, credentials: toRenewed(() => assumeRole({ region, role }, idToken)) };
}

/** Gives what clients of another role are made with, which those of `config` may assume; the role is assumed here and now. @throws what STS says. */
export async function toRoleConfig(config: ClientConfig, role: string, externalId: string | undefined): Promise<ClientConfig> {
  const sts = new STSClient({ ...clientDefaults, ...config });
  const command = { RoleArn: role, RoleSessionName: sessionName, ...(externalId ? { ExternalId: externalId } : {}) };
  const credentials = toRenewed(async () => toKeys((await sts.send(new AssumeRoleCommand(command))).Credentials));
  await credentials();
  return { region: config.region, credentials };
}

/**
 * Gives what the clients that look at another account are made with; its role is assumed when one of them first calls, and once for all.
 *
 * Where that is refused every call throws `WithoutRole`, which `ask` takes for its answer.
 */
export function toElsewhereConfig(config: ClientConfig, { account, role, externalId, home }: Elsewhere): ClientConfig {
  const assume = async (): Promise<SessionKeys> => {
    const call = 'sts:AssumeRole';
    if (!role) throw new WithoutRole({ call, resource: account, why: 'refused', message: 'the assembly names no role to look with' });
    try {
      const sts = new STSClient({ ...clientDefaults, ...config, region: home });
      const command = { RoleArn: role, RoleSessionName: sessionName, ...(externalId ? { ExternalId: externalId } : {}) };
      return toKeys((await sts.send(new AssumeRoleCommand(command))).Credentials);
    } catch (thrown) {
      if (thrown instanceof Stop) throw thrown;
      throw new WithoutRole({ call, resource: role, why: toWhy(thrown), message: toMessage(thrown as Error) }, thrown);
    }
  };
  return { region: config.region, credentials: toRenewed(assume) };
}

/** Gives the keys of a session, and those of a new one before it ends; where there is none to be had, the old ones as long as they last. */
function toRenewed(assume: () => Promise<SessionKeys>): () => Promise<SessionKeys> {
  let keys: Promise<SessionKeys> | undefined;
  let renewing: Promise<SessionKeys> | undefined;
  const endsWithin = ({ expiration }: SessionKeys, ms: number) => expiration !== undefined && expiration.getTime() - Date.now() < ms;
  const renew = async (): Promise<SessionKeys> => {
    try {
      const renewed = await assume();
      keys = Promise.resolve(renewed);
      return renewed;
    } finally {
      renewing = undefined;
    }
  };
  return async () => {
    const found = await (keys ??= assume());
    if (!endsWithin(found, reserveMs)) return found;
    return (renewing ??= renew()).catch((thrown: unknown) => {
      if (endsWithin(found, 0)) throw thrown;
      return found;
    });
  };
}

/** Gives who the credentials belong to. @throws Stop with RT040, RT044 or RT045. */
export async function findCaller(config: ClientConfig): Promise<Caller> {
  const sts = new STSClient({ ...clientDefaults, ...config });
  try {
    const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } catch (thrown) {
    throw thrown instanceof Stop ? thrown : toStop(thrown, config.region);
  }
}

const isWithout = (thrown: unknown): boolean => /CredentialsProviderError|CredentialsError|NoCredentials/.test(toErrorName(thrown));

function toStop(thrown: unknown, region: string): Stop {
  const message = ((thrown as Error).message || toErrorName(thrown)).split('\n')[0] ?? '';
  const endpoint = process.env['AWS_ENDPOINT_URL_STS'] ?? process.env['AWS_ENDPOINT_URL'] ?? `https://sts.${region}.amazonaws.com`;
  if (isWithout(thrown))
    return new Stop(finding('RT040', 'Neither the environment of the job nor a profile holds credentials.'), { cause: thrown });
  if (toWhy(thrown) === 'unreachable')
    return new Stop(finding('RT044', `${endpoint} does not answer: ${message || toErrorName(thrown)}.`), { cause: thrown });
  const isRefusal = ['denied', 'expired', 'refused'].includes(toWhy(thrown)) && !toErrorName(thrown).startsWith('Http');
  if (!isRefusal)
    return new Stop(finding('RT044', `${endpoint} does not answer as AWS does: ${message || toErrorName(thrown)}.`), { cause: thrown });
  return new Stop(finding('RT045', `sts:GetCallerIdentity: ${message}`), { cause: thrown });
}

function toKeys(c: Credentials | undefined): SessionKeys {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = c ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration ? { expiration: Expiration } : {}),
  };
}
