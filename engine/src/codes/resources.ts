import { error, notice, warning } from './entry.ts';

/** The codes of preflight on what resources are, hold and need. */
export const resourcesCodes = {
  PF200: error(
    'Stack policy does not allow the update',
    'Undo the change, or allow it in the policy of the stack first: aws cloudformation set-stack-policy.',
  ),
  PF201: error(
    'Resource of the stack is gone',
    'Make it again as it was, or remove it from the template in one deployment and add it in the next.',
  ),
  PF202: notice('Resource was changed outside of its stack', 'Look whether the change is meant to last; if it is, bring it into the app.'),
  PF203: notice(
    'Nested stack was not looked into',
    'Look at its template yourself: the checks saw the stack around it alone. A template that is an asset of the app, as that of a `NestedStack` of the CDK, is looked into.',
  ),
  PF210: warning(
    'Deleted resource stays behind',
    'The deployment succeeds, and the resource stays in AWS outside of its stack. Empty it, lift its protection or remove what uses it before, or delete it by hand afterwards.',
  ),
  PF204: warning(
    'Code is other than its stack says, and stays so',
    'Deploy the stack with the code that runs, such as the same `image-tag`; or bring the code of the stack back with `method: hotswap` or `mode: code`.',
  ),
  PF205: warning(
    'Deployment takes back code that came without the stack',
    'Nothing to do where the code of this deployment is the newer one; otherwise deploy with the code that runs, such as the same `image-tag`.',
  ),
  PF206: warning(
    'Resource differs from its template',
    'Bring the change into the app where it shall stay; otherwise undo it by a deployment with `method: revert-drift`, or by hand.',
  ),
  PF207: warning(
    'Resource was deleted outside of its stack',
    'Remove it from the app and deploy, then add it again; or make it again by hand under the same name.',
  ),
  PF208: warning(
    'Version of a function is there already',
    'Change the function in the same deployment in more than its code, such as its description; Lambda makes no second version of the same code and settings.',
  ),
  PF220: error(
    'Destructive change is not allowed',
    'Look at what would be lost. If it may be, name the construct path or the resource type in `allow-destructive`; otherwise undo the change, or keep the resource with a removal policy of RETAIN.',
  ),
  PF221: warning(
    'Resource that holds data may be replaced',
    'Look at the change set in the console before it is deployed, or give the resource a removal policy of RETAIN.',
  ),
  PF224: warning(
    'Stack loses its termination protection',
    'Where the stack is not to be deleted, set `terminationProtection: true` in the app again: whoever may delete stacks could delete it.',
  ),
  PF270: error(
    'User pool cannot ask for this second factor',
    'Configure the factor that is missing (SmsConfiguration, SES), or enable another one, such as SOFTWARE_TOKEN_MFA.',
  ),
  PF271: error(
    'User pool has what can never change',
    'Bring the property back as it was; new custom attributes may be added. A new pool with the other setting is a migration of its users.',
  ),
  PF272: error('Role does not trust the service', 'Add the service named to the principals of the trust policy of the role.'),
  PF273: error('Role of a service is not there', 'Create the role first, or correct its ARN.'),
  PF274: error(
    'Role of a function in a VPC has no access to the network',
    'Give the role the managed policy AWSLambdaVPCAccessExecutionRole, or what it allows.',
  ),
  PF275: error(
    'Engine version is not offered',
    'Choose one that RDS offers in this region: `aws rds describe-db-engine-versions` lists them.',
  ),
  PF276: error('Engine version cannot be reached', 'Choose a version that the message lists; several steps are several deployments.'),
  PF277: error('Instance type is not offered here', 'Choose another type, or a region or availability zone that has it.'),
  PF278: error(
    'CloudFront takes this from us-east-1 alone',
    'Move it to a stack in us-east-1, and refer to it with crossRegionReferences.',
  ),
  PF279: error('Certificate cannot be used', 'Use a certificate that is issued for these names, or complete the validation of this one.'),
  PF280: error(
    'Certificate cannot be validated in its hosted zone',
    'Name the public hosted zone of the domain, and delegate to it before the certificate is made.',
  ),
  PF281: error('Object in S3 is not there', 'Upload it first, or correct bucket and key.'),
  PF282: error('Container image is not there', 'Push the image first, or correct repository and tag.'),
  PF283: error(
    'Container image cannot be run by Lambda',
    'Push a single image to a repository of the region: with buildx, `--platform` and `--provenance=false`.',
  ),
  PF284: error('KMS key cannot be used', 'Use a key that is there and enabled, in the region of the stack.'),
  PF285: error(
    'KMS key does not admit CloudWatch Logs',
    'Allow the principal named kms:Encrypt*, kms:Decrypt*, kms:ReEncrypt*, kms:GenerateDataKey* and kms:Describe* in the policy of the key.',
  ),
  PF286: error(
    'Target of a bucket notification does not take it',
    'Allow s3.amazonaws.com in the policy of the target, before the notification is made; encrypt a queue or topic with a key of your own that does so too.',
  ),
  PF287: error(
    'API Gateway has no role for logs',
    'Set the CloudWatch role of the account and region (AWS::ApiGateway::Account; `cloudWatchRole: true` in CDK), or write no logs.',
  ),
  PF288: error('More than one index changes in an update', 'Deploy the steps one after the other.'),
  PF289: error('Range of a subnet is taken', 'Choose a range of the VPC that is free; what is replaced needs another range than before.'),
  PF290: error(
    'Bucket does not allow to be public',
    'Set its PublicAccessBlockConfiguration and OwnershipControls, or serve it by CloudFront.',
  ),
  PF291: error('Policy names a principal that is not there', 'Correct the ARN, or create the role or user first.'),
  PF292: error('Service-linked role is missing', 'Create it once for the account, with the command of the message.'),
  PF293: error('Custom resource cannot be answered', 'Deploy its function first, in this region, or correct what the message names.'),
  PF294: error(
    'Rule of a security group exists already',
    'Remove one of the two; a rule that changes its logical id is removed in one deployment and made in the next.',
  ),
  PF230: error(
    'Template is too large',
    'Divide the stack, or leave out the indentation (`suppressTemplateIndentation`); a template beyond 50 KiB needs a bootstrapped environment.',
  ),
  PF231: warning(
    'Stack comes near a limit of CloudFormation',
    'Divide the stack before it grows further: beyond the limit it cannot be deployed.',
  ),
  PF232: error(
    'Policies of a principal are too large',
    'Use wildcards or fewer statements, or move statements to managed policies of their own.',
  ),
  PF233: error('Role has too many managed policies', 'Attach fewer managed policies, join some of them, or ask AWS for a higher quota.'),
  PF234: error(
    'Code of a function is too large',
    'Leave out of the code and its layers what is not needed (bundling, `exclude`), or use a container image: that may have 10 GB.',
  ),
  PF235: error(
    'Environment variables of a function are too large',
    'Move values to SSM parameters, to a secret or into a file of the code.',
  ),
  PF236: error(
    'Resource policies of CloudWatch Logs are used up',
    'Join policies into one with a wildcard, such as `/aws/vendedlogs/*`, and remove those that nobody needs.',
  ),
  PF240: error('SSM parameter cannot be used', 'Create the parameter in this account and region first, or correct its name in the app.'),
  PF241: error('Secret cannot be used', 'Create or restore the secret in this account and region first, or correct its name in the app.'),
  PF242: error(
    'Placeholder of a look-up is in the template',
    'Synthesize again with credentials, so that the look-ups of the app are made, and commit cdk.context.json.',
  ),
  PF243: error(
    'What the template refers to is not there',
    'Correct the id in the app; where it comes from a look-up, `cdk context --reset` forgets the old answer.',
  ),
  PF244: error('Images cannot be built here', 'Install and start Docker on the runner, or name what stands in for it in CDK_DOCKER.'),
  PF250: error(
    'Quota would be exceeded',
    'Ask AWS for a higher quota (Service Quotas in the console), or remove what is not needed any more.',
  ),
  PF251: warning('Quota is nearly used up', 'Ask AWS for a higher quota before it is needed.'),
  PF252: error(
    'Too little concurrency would be left unreserved',
    'Reserve less for the functions named, or ask AWS for more concurrent executions.',
  ),
  PF320: notice(
    'Stack without resources is not deployed',
    'Nothing has to be done: CloudFormation makes no stack without resources, so there is none until the app puts something into it.',
  ),
  PF321: error(
    'Live stack would lose all its resources',
    'Put the resources back into the app, or delete the stack with the destroy action, which says what would be lost. Deploy never deletes a stack.',
  ),
  PF322: notice(
    'Part of a template was not looked into',
    'Nothing has to be done: CloudFormation writes this part itself when it deploys. What stands in the template as it is can be looked into.',
  ),
  PF324: error('Parameter has no value', 'Give it by the input `parameters`, or give it a default in the app.'),
  PF325: error('Value of a parameter is not allowed', 'Correct the value in `parameters`, or what the template allows.'),
  PF326: error('Tags are not allowed', 'Correct the tags of the app or the input `tags`, as the message says.'),
  PF310: error(
    'Resource cannot be adopted',
    'Give the resource a removal policy of RETAIN and a literal name in the app, or choose another name.',
  ),
  PF311: notice(
    'Resource is adopted',
    'Nothing has to be done: its data is not touched. CloudFormation imports it as it is; settings that the template has otherwise stay until the template changes them, or until a run with `method: revert-drift`.',
  ),
  PF312: error(
    'Rollback alarm is not there',
    'Make the alarm first, or correct its name in `rollback-alarms` of the environment: CloudFormation rolls every deployment back that names an alarm it cannot find.',
  ),
  PF313: warning(
    'Rollback alarm is watched no longer',
    'Nothing has to be done if the alarm was meant to go. Otherwise name it in `rollback-alarms` of the environment again: this deployment goes on when it goes off.',
  ),
} as const;
