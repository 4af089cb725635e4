import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';
import type { Conditions } from './allow.ts';

/** Every call that needs one of the key's secrets, named one by one. */
export const keyUse = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'] as const;

const administration = [
  'CancelKeyDeletion',
  'CreateAlias',
  'CreateGrant',
  'DeleteAlias',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GenerateDataKeyWithoutPlaintext',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'RetireGrant',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
].map((call) => `kms:${call}`);

/** Name and purpose of a key, and the AWS services that use it of their own accord. */
export interface ServiceKeyProps {
  readonly alias: string;
  readonly description: string;
  readonly services: readonly { readonly principal: string; readonly conditions: Conditions }[];
}

/**
 * Makes a key that is rotated every year and stays when its stack goes.
 *
 * Who may use it is said by the policies of its users, not by the key: so the key knows none of them. In a key's own policy the
 * resource `*` is this key and nothing else.
 */
export function serviceKey(scope: Construct, id: string, { alias, description, services }: ServiceKeyProps): Key {
  const owner = new PolicyStatement({ sid: 'Account', principals: [new AccountRootPrincipal()], actions: [...keyUse, ...administration].sort(), resources: ['*'] });
  const users = services.map(
    ({ principal, conditions }, index) =>
      new PolicyStatement({ sid: `Service${index}`, principals: [new ServicePrincipal(principal)], actions: [...keyUse], resources: ['*'], conditions }),
  );
  return new Key(scope, id, {
    alias,
    description,
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
    policy: new PolicyDocument({ statements: [owner, ...users] }),
  });
}

/** Gives the condition that a service acts for this account. */
export const forAccount = (scope: IConstruct): Conditions => ({ StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } });
