import { both, live, testCases } from '../../../test/fakes/check-cases.ts';

const pool = (properties: object) => ({
  Shop: { resources: { Users: { Type: 'AWS::Cognito::UserPool', Properties: { ...properties } } } },
});
const color = { Name: 'color', AttributeDataType: 'String', Mutable: true };
const size = { Name: 'size', AttributeDataType: 'Number', Mutable: true };
const mfa = (properties: object) => pool({ MfaConfiguration: 'ON', ...properties });
const static_ = { static: true } as const;

testCases(
  ['PF270', 'PF271'],
  [
    {
      code: 'PF270',
      name: 'MFA without any factor',
      stacks: mfa({}),
      options: static_,
      told: ['Shop/Users: MFA is ON without EnabledMfas, and there is no SmsConfiguration.'],
    },
    {
      code: 'PF270',
      name: 'optional MFA by SMS that cannot be sent, beside one by an app',
      stacks: pool({ MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] }),
      told: ['Shop/Users: MFA is OPTIONAL by SMS, and there is no SmsConfiguration.'],
    },
    {
      code: 'PF270',
      name: 'a mode that does not exist',
      stacks: pool({ MfaConfiguration: 'REQUIRED' }),
      told: ['Shop/Users: MfaConfiguration is REQUIRED; it is one of OFF, ON, OPTIONAL.'],
    },
    {
      code: 'PF270',
      name: 'MFA by email of Cognito itself',
      stacks: mfa({ EnabledMfas: ['EMAIL_OTP'] }),
      told: ['Shop/Users: MFA by email needs an EmailConfiguration of your own SES.'],
    },
    {
      code: 'PF270',
      name: 'MFA by email in the smallest plan',
      stacks: mfa({ EnabledMfas: ['EMAIL_OTP'], EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' }, UserPoolTier: 'LITE' }),
      told: ['Shop/Users: MFA by email is no part of the feature plan LITE.'],
    },
    { code: 'PF270', name: 'MFA by an app', stacks: mfa({ EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }) },
    { code: 'PF270', name: 'MFA by SMS that can be sent', stacks: mfa({ SmsConfiguration: { SnsCallerArn: { Ref: 'X' } } }) },
    {
      code: 'PF270',
      name: 'MFA by email of SES',
      stacks: mfa({ EnabledMfas: ['EMAIL_OTP'], EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } }),
    },
    {
      code: 'PF270',
      name: 'MFA that the live pool has already',
      stacks: mfa({ UserPoolName: 'b' }),
      options: live(mfa({ UserPoolName: 'a' })),
    },
    { code: 'PF270', name: 'no MFA', stacks: pool({ MfaConfiguration: 'OFF', EnabledMfas: ['SMS_MFA'] }) },
    {
      code: 'PF270',
      name: 'MFA that only the deployment knows',
      stacks: pool({ MfaConfiguration: { 'Fn::ImportValue': 'mfa' } }),
      options: static_,
    },

    {
      code: 'PF271',
      name: 'an attribute that changes, and one that goes',
      stacks: pool({ Schema: [{ ...color, Mutable: false }] }),
      options: live(pool({ Schema: [color, size] })),
      told: ['Shop/Users: The attributes color, size are changed or removed; attributes can only be added.'],
    },
    {
      code: 'PF271',
      name: 'other names to sign in with',
      stacks: pool({ UsernameAttributes: ['email'] }),
      options: live(pool({})),
      told: ['Shop/Users: UsernameAttributes cannot change once the user pool is there.'],
    },
    {
      code: 'PF271',
      name: 'the same names in another order',
      stacks: pool({ UsernameAttributes: ['email', 'phone_number'] }),
      options: live(pool({ UsernameAttributes: ['phone_number', 'email'] })),
    },
    {
      code: 'PF271',
      name: 'an attribute that is added',
      stacks: pool({ Schema: [size, color] }),
      options: live(pool({ Schema: [color] })),
    },
    { code: 'PF271', name: 'the attributes of a new pool', stacks: pool({ Schema: [color], AliasAttributes: ['email'] }), options: both() },
  ],
);
