/** What a code always says, whatever the case: how bad it is, what it is, and what to do next. */
export interface CodeEntry {
  readonly severity: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly remedy: string;
}

const error = (title: string, remedy: string) => ({ severity: 'error', title, remedy }) as const;
const warning = (title: string, remedy: string) => ({ severity: 'warning', title, remedy }) as const;
const notice = (title: string, remedy: string) => ({ severity: 'notice', title, remedy }) as const;

/**
 * Every code a finding can have: RT the run itself, PF preflight, DP deploy, DS destroy, PM promote.
 *
 * A code is never renumbered and never used again for something else. docs/findings.md is generated from this table.
 */
export const codes = {
  RT001: error('Unexpected error', 'This is a defect of the action. Run again with debug logging and report it with the log.'),
  RT002: error('Run was cancelled', 'Look at what is still running in AWS before the next run; running again finishes the work.'),
  RT010: error('Input is not allowed', 'Change the value in the `with:` block of this step.'),
  RT011: error('Inputs exclude one another', 'Keep one of them and remove the others.'),
  RT012: error('Required input is missing', 'Add it to the `with:` block of this step.'),
  RT013: error('Input is unknown', 'Correct its name; the table of inputs is in the README of the action.'),
  RT014: error('Input has no effect here', 'Remove it, or correct what it belongs to: the message says what that is.'),
  RT015: error(
    'Method is not for a protected environment',
    'Deploy it with another `method`; hotswap is for environments where being fast is worth more than what the stack says.',
  ),
  RT020: error('Config file cannot be read', 'Correct the path in `config`, or remove that input to go without a config file.'),
  RT021: error('Config file is not valid YAML', 'Correct the line shown; most often it is the indentation or a missing quote.'),
  RT022: error('Config file has a value that is not allowed', 'Correct the line shown; schema/config.schema.json lists what is allowed.'),
  RT023: warning(
    'Config of the base branch cannot be read',
    'Give the job `contents: read` and the action a `github-token`. Until then the role, suppressions and promotions of the config are not used, and the environment counts as protected.',
  ),
  RT030: error(
    'No environment for this branch',
    'Add the branch to an environment in .github/spaceport.yml, or name one with the input `environment`.',
  ),
  RT031: error('Two environments claim this branch', 'Make one of the patterns more specific.'),
  RT032: error('Environment is unknown', 'Use one of the environments listed, or add this one to .github/spaceport.yml.'),
  RT033: error(
    'Environment must be named',
    'Name it with the input `environment`: neither the event nor the system says which one is meant.',
  ),
  RT034: error(
    'Pull request would change an environment',
    'Let preflight look at pull requests, and run this after the merge. Where the event is meant to change an environment, such as one for previews, name it with the input `environment`.',
  ),
  RT040: error(
    'No AWS credentials',
    'Add a step with aws-actions/configure-aws-credentials before this one, or a `role` to the environment and `id-token: write` to the job.',
  ),
  RT041: error(
    'AWS credentials belong to another account',
    'Use the credentials of the account that the environment names, or correct `account` in the config.',
  ),
  RT042: error('AWS region is not known', 'Set AWS_REGION, the input `region`, or `regions` of the environment.'),
  RT043: error('Region is not one of the environment', 'Use one of the regions listed, or add this one to the environment in the config.'),
  RT044: error('AWS cannot be reached', 'Check the network, the proxy and AWS_ENDPOINT_URL of the runner, then run again.'),
  RT045: error('AWS refuses the credentials', 'Renew the credentials: they are wrong, expired or deactivated.'),
  RT046: error(
    'Role cannot be assumed',
    'Give the trust policy of the role the condition that the message names, or name the `environment:` that it asks for in the job; the job needs `id-token: write`.',
  ),
  RT047: error('Region is none of AWS', 'Correct its name, such as us-west-2: in the input `region`, in AWS_REGION or in the config.'),
  RT048: notice(
    'Stacks go to other regions than the run',
    'Nothing has to be done where the app names the regions of its stacks itself and means them.',
  ),
  RT050: error('Cloud assembly not found', 'Run `cdk synth` in an earlier step, or correct the path in `cdk-out`.'),
  RT051: error('Cloud assembly cannot be read', 'Synthesize it again with a complete and unedited output folder.'),
  RT052: error('Synthesis failed', 'Correct the error of the app that is shown; `cdk synth` shows the same one on your machine.'),
  RT053: error('System is unknown', 'Use one of the systems listed, or give `app` or `cdk-out` for an app of your own.'),
  RT054: error('Nothing to deploy is named', 'Give one of `system`, `app` or `cdk-out`, or run where a cdk.json is.'),
  RT055: error('Selection matches no stack', 'Correct the pattern in `stacks`; the stacks of the assembly are listed.'),
  RT056: error(
    'Phase is unknown',
    'Use one of the phases listed; where there are none, choose the stacks by name, or leave `stacks` out to take all.',
  ),
  RT060: error('File cannot be written', 'Check that the path is inside of a folder that the job may write to.'),
  RT070: warning(
    'Pull request comment was not written',
    'Give the job `pull-requests: write`, or set `comment: never`. A pull request from a fork has a token that only reads: there the job summary says the same.',
  ),
  RT071: warning('Issue on drift was not written', 'Give the job `issues: write`, or set `issue: never`; the job summary says the same.'),
  PF001: warning(
    'Check was not run',
    'Give it what the message says it lacked, most often a permission; until then it says nothing about this deployment.',
  ),
  PF002: notice('Finding is suppressed', 'Nothing to do until the suppression ends; its reason is in the message.'),
  PF003: warning('Suppression has expired', 'Correct what it was for, or give it a later `until` and a reason that still holds.'),
  PF004: notice(
    'Value is known only at the deployment',
    'Nothing has to be done. What the check would say of this value shows at the deployment; a literal value lets it be said before.',
  ),
  PF005: notice('Suppression is not needed', 'Remove it from .github/spaceport.yml, or correct its code or place.'),
  PF100: error(
    'Environment is not bootstrapped',
    'Run deploy with `mode: bootstrap` for this environment, or `cdk bootstrap` for this account and region.',
  ),
  PF101: error('Bootstrap stack is too old', 'Run deploy with `mode: bootstrap`, or `cdk bootstrap` with a current CDK.'),
  PF102: error(
    'Bootstrap qualifier differs',
    'Use a qualifier that is there in the synthesizer of the app, or name the one that the app uses as `bootstrap.qualifier` of the environment and run deploy with `mode: bootstrap`.',
  ),
  PF103: error(
    'Role of the bootstrap cannot be assumed',
    'Do what the message says of the role: bootstrap again, let its trust policy admit the role of the job, or grant that role `sts:AssumeRole` on it.',
  ),
  PF104: error(
    'Place for assets is not there',
    'Run `cdk bootstrap` again: it makes the bucket and the image repository anew when the old stack is removed first.',
  ),
  PF105: error('Region is not enabled', 'Enable the region in the account settings, or deploy to another one.'),
  PF106: error(
    'Role may not be passed to CloudFormation',
    'Allow the deploy role `iam:PassRole` on the execution role that is named; `cdk bootstrap` does so for the roles that it makes.',
  ),
  PF107: warning(
    'Session may end before the deployment',
    'Give the session a longer `role-duration-seconds`, or the environment a `role`: its session is renewed while the deployment runs.',
  ),
  PF108: error('Assembly is newer than this release', 'Use a newer release of these actions, or synthesize with an older aws-cdk-lib.'),
  PF109: notice(
    'Reasons of a refused change set cannot be read',
    'Run `cdk bootstrap` with a current CDK: the deploy role then may read them.',
  ),
  PF110: error(
    'Stack is in a state that refuses updates',
    'Bring the stack to a stable state first, as the message says: deploy does so by itself only where nothing can be lost.',
  ),
  PF111: error(
    'Stack is being changed by another run',
    'Wait until that operation is done, then run again; a concurrency group per environment avoids it.',
  ),
  PF112: notice('Stack was never created and will be made again', 'Nothing to do: the deployment takes care of it.'),
  PF113: notice(
    'Stack is stuck and will be brought back first',
    'Nothing to do: the deployment takes care of it. `recover: never` stops it instead.',
  ),
  PF114: warning(
    'Stack is being changed now',
    'Nothing to do: deploy waits until that operation is done, for `timeout-minutes` at most, and looks again. A concurrency group per environment avoids it.',
  ),
  PF120: error('Name exists already', 'Remove or rename the resource, import it into the stack, or choose another name in the app.'),
  PF121: error('Name is owned by another stack', 'Remove it from the stack that owns it, or choose another name in this app.'),
  PF122: error('Bucket name is taken by another account', 'Choose another name: bucket names are shared by all AWS accounts.'),
  PF123: error('Name is used twice in this assembly', 'Give one of the two resources another name.'),
  PF124: error(
    'Logical id changed under the same name',
    'Keep the logical id (overrideLogicalId), or move the resource with `cdk refactor` first.',
  ),
  PF125: error(
    'Named resource needs to be replaced',
    'CloudFormation does not replace a resource that keeps its name: give it another name in the same change, or undo the change named.',
  ),
  PF126: error(
    'Resource moves to another stack under the same name',
    'Move it with `cdk refactor`, or deploy its removal from the old stack first: a new stack that depends on the old one waits for it.',
  ),
  PF127: error(
    'Name is left over from a stack',
    'Import the resource into the stack (`cdk import`), delete it when its data is not needed, or choose another name.',
  ),
  PF128: error('Two stacks have one name', 'Give one of the two stacks another name: the second would be deployed over the first.'),
  PF129: notice(
    'Name cannot be looked up',
    'Nothing has to be done: Cloud Control does not read resources of this type, so the deployment shows whether the name is free.',
  ),
  PF130: error('Name is not allowed for this type', 'Correct the name as the message says.'),
  PF131: error('Dependencies of stacks form a cycle', 'Remove one of the references, or move what is shared to a stack of its own.'),
  PF132: error('Import of an export that nobody provides', 'Deploy the stack that exports it first, or correct the name of the export.'),
  PF133: error(
    'Context of the app is missing',
    'Run `cdk synth` with credentials where the app is, commit cdk.context.json, and synthesize again.',
  ),
  PF140: error(
    'Data resource belongs to another environment',
    'Environments share nothing: give this environment a resource of its own, or move the resource out of the other environment.',
  ),
  PF141: error(
    'Data resource cannot be looked up',
    'Grant the call named to the role of the job; without it nobody knows whether to import or to create.',
  ),
  PF150: error(
    'Imported resource is not accessible',
    'Check that the resource is there, in this region, and that the role of the job may read it.',
  ),
  PF160: error('Environment does not meet its requirements', 'Correct the environment in the config as the message says.'),
  PF161: error(
    'Stack of another account cannot be deployed',
    'Bootstrap that account with `--trust` for the one of the credentials, and let the stack use the roles of the bootstrap; or deploy it in a job of its own, with its credentials.',
  ),
  PF170: error('Template would be refused', 'Correct the construct named; the rule is one of the offline CloudFormation validator.'),
  PF171: notice('Template could be better', 'Nothing has to be done for this deployment to succeed.'),
  PF172: error('App reports an error', 'Correct the construct named: the CDK deploys no app that reports errors.'),
  PF173: notice('App warns', 'Nothing has to be done for this deployment to succeed; the app can acknowledge the warning.'),
  PF174: error('Own rule is not met', 'Correct the construct named; the rule is one of the files in `rules` of the config.'),
  PF175: warning('Own rule warns', 'Look at the construct named; the rule is one of the files in `rules` of the config.'),
  PF176: error(
    'Own rules cannot be used',
    'Correct the rule file or its path in `rules` of the config; until then nobody knows whether the rules are met.',
  ),
  PF177: error('CloudFormation refuses the change set', 'Correct what CloudFormation says; the change set was removed again.'),
  PF178: warning('Change set of the preflight is still there', 'Remove it, and a stack in REVIEW_IN_PROGRESS that holds nothing else.'),
  PF179: error('Template validation did not work', 'This is a defect of the build of the action: report it.'),
  PF180: error(
    'Secret of this name is being deleted',
    'Restore it (`aws secretsmanager restore-secret`) and import it, delete it at once (`--force-delete-without-recovery`), or choose another name.',
  ),
  PF181: error(
    'Identity provider of this URL exists already',
    'Use the one that is there by its ARN (`fromOidcProviderArn`): an account has one for each URL.',
  ),
  PF182: error('Domain prefix is taken by another account', 'Choose another prefix: those of a region are shared by all AWS accounts.'),
  PF183: error(
    'Alias belongs to another distribution',
    'Remove the alias from the distribution that has it first, or move it with `aws cloudfront associate-alias`.',
  ),
  PF184: error(
    'Record exists already',
    'Import the record into the stack, delete it first, or let the construct do so (`deleteExisting`).',
  ),
  PF190: error(
    'Export that changes is in use',
    'Keep the export as it is (`exportValue` in CDK) until the stacks that import it are deployed without it; then remove it in a later deployment.',
  ),
  PF191: error('Export name is taken', 'Give one of the two exports another name, or remove it from the other stack first.'),
  PF192: warning(
    'Export to another region is in use',
    'Deploy the stacks that read it without it first. The deployment fails where the app has a CDK that guards such exports; with a newer one the readers fail when they are made anew.',
  ),
  PF193: error(
    'Logical id has another type than before',
    'Give the new resource a logical id of its own: another construct id, or `overrideLogicalId`.',
  ),
  PF194: error(
    'Resources need one another',
    'Break the cycle: remove one of the references, or move one of the resources, a rule or a policy to a construct of its own.',
  ),
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
  DP101: error(
    'Plan changed since it was reviewed',
    'Look at what differs. If it may be, review the plan of now and run again with its digest; otherwise undo what came in between.',
  ),
  DP102: error(
    'Access is widened without a review',
    'Deploy this as part of a reviewed plan: with `plan-digest: reviewed` after a pull request, or with the digest of the plan that preflight shows.',
  ),
  DP103: error(
    'Plan was not reviewed',
    'Let preflight comment on the pull request (depth `read`) before it is merged, or run deploy with the digest of a plan as `plan-digest`.',
  ),
  DP104: error('Commit was made by several pull requests', 'Name the digest of the plan that is to be deployed in `plan-digest`.'),
  DP105: error(
    'Review is of another commit than was merged',
    'Let preflight finish before the pull request is merged, best by requiring its status; now review the plan of this commit and name its digest in `plan-digest`.',
  ),
  DP106: error(
    'Review cannot be relied on',
    'Give the job what it lacked (`pull-requests: read`); where the comment was changed, review the plan of this commit and name its digest in `plan-digest`.',
  ),
  DP120: error(
    'Stack failed and was rolled back',
    'Correct the cause named; the stack is in its previous state, and the next run tries again.',
  ),
  DP121: error('Stack failed', 'Correct the cause named; look at the stack in the console before the next run.'),
  DP122: error('Stack was not started', 'Correct what failed before it; the next run deploys it.'),
  DP123: error('Stack was not created', 'Correct the cause named; the next run removes the empty shell and creates the stack anew.'),
  DP130: error('Stack is not what was deployed', 'Look at the stack in the console: something else changed it during this run.'),
  DP131: error('Created data resource is not active', 'Look at the resource in the console; run again when it is active.'),
  DP132: error(
    'Adopted resource is not in its stack',
    'Look at the stack in the console: CloudFormation made a resource of its own, or none. What the resource held is where it was.',
  ),
  DP133: warning(
    'Resource was not steady yet',
    'Look at the resources named before you rely on them, or prove them by `verify`; the other methods wait until they are steady.',
  ),
  DP134: warning(
    'Address of the environment is not known',
    'Correct `url` of the environment in the config: `${Stack.Output}` names a stack and one of its outputs.',
  ),
  DP135: notice(
    'Stack was not hotswapped',
    'Nothing to do: it is deployed by change set, as every stack is that changes in more than its code, or of which that is not sure.',
  ),
  DP137: notice(
    'Resource was not adopted for good',
    'Nothing is lost: it holds what it held. What belongs to no stack is adopted by the next run with `existing: adopt`; what is in its stack already stays in it.',
  ),
  DP138: error(
    'Resource that was to be adopted is gone',
    'Look for the resource in the console before anything else is deployed, and at the events of the stack for what deleted it; what it held has to come from a backup.',
  ),
  DP140: error(
    'Stack is still changing in AWS',
    'Wait until it is done, or cancel the update in the console, then run again: a new run finishes the work.',
  ),
  DP141: error(
    'Time of the deployment is over',
    'Give it more `timeout-minutes`, or look at what takes so long; a new run finishes the work.',
  ),
  DP160: error(
    'Bootstrap stack is newer than this release',
    'Use a newer release of these actions: an older bootstrap would take away what the newer one gives.',
  ),
  DP161: error('Bootstrap failed', 'Correct the cause named, and run again; look at the bootstrap stack in the console.'),
  DP162: notice('Account and region are bootstrapped', 'Look whether those who are trusted here are meant to be.'),
  DP163: error(
    'Bootstrap is not what was asked for',
    'Look at the bootstrap stack in the console: something else changed it during this run, or it could not be read.',
  ),
  DP150: error(
    'Verification failed',
    'Look at what the environment says in the message. Correct the app, or the verification in the config where it asks for something else.',
  ),
  DP151: error(
    'Verification could not be run',
    'Correct what it refers to in the config, grant the permission named, or run again where AWS gave no answer; until then nobody knows whether the deployment works.',
  ),
  DP152: warning('Previous version is back', 'Correct what the verification found; the next run deploys again.'),
  DP153: error(
    'Previous version is not back',
    'Look at the stack: it is as this run left it, or between the two. Correct the app and run again, or go back by hand.',
  ),
  DP154: notice('Verification was passed over', 'Nothing to do: it is run as soon as what it refers to is there.'),
  DP180: error(
    'New code is for nothing',
    'Name a service or function that is there, by stack, construct path or logical id; a stack is deployed in full first.',
  ),
  DP181: error('New code does not fit', 'Give it the kind of code that it is made of, or change what it is made of by a full deployment.'),
  DP182: error(
    'What gets new code cannot be read',
    'Grant the call named to the role of the job; without it nobody knows whether the code fits, and how to go back.',
  ),
  DP183: error(
    'What gets new code is being changed',
    'Wait until it is at rest, then run again. One that never becomes steady needs a look at its tasks or its last update first.',
  ),
  DP184: error('New code did not work, and the former runs again', 'Correct the cause named, and run again.'),
  DP185: error(
    'New code did not work, and the former is not back',
    'Look at the service or function in the console; run again with the former code, or with code that works.',
  ),
  DP186: error('New code was not given', 'Correct what the message names, and run again: nothing of it was changed.'),
  DP187: error(
    'New code may still be on its way',
    'Look at the service or function in the console before the next run; a new run finishes the work.',
  ),
  DP188: warning(
    'Former code could not come back',
    'Deploy the function by its stack, whose code lies in S3; otherwise it stays on the new code, should that not work.',
  ),
  DS100: error('Destruction is not confirmed', 'Type the name of the environment into `confirm`, exactly.'),
  DS101: error(
    'Stack belongs to another environment',
    'Destroy it with the branch, input or config of its own environment; this run deletes nothing of another one.',
  ),
  DS102: error(
    'Data would be lost',
    'Name its path or type in `delete-data`, or give it a deletion policy that keeps it and deploy that first.',
  ),
  DS103: error('Data cannot be deleted by this action', 'Take it out of `delete-data`; delete it by hand when its stack is gone.'),
  DS104: error(
    'Stack that stays needs this one',
    'Destroy the stack named as well (`stacks`, or `include-dependencies: true`), or deploy it without the reference first.',
  ),
  DS105: error('Stack cannot be read', 'Grant the call named to the role of the job; without it nobody knows what would be deleted.'),
  DS110: notice('Resource stays', 'Nothing to do where it shall stay; the message says how to delete it.'),
  DS111: notice('Termination protection is turned off', 'Nothing to do: it was confirmed by the name of the environment.'),
  DS112: notice('Named data is not there', 'Nothing to do when it was deleted before.'),
  DS120: error('Stack could not be deleted', 'Correct the cause named and run again: what is deleted already stays deleted.'),
  DS121: error(
    'Bucket or repository is not empty',
    'Name it in `delete-data` to empty it, or empty it by hand, and run again; what still writes to it has to stop first.',
  ),
  DS122: error('Export is in use', 'Destroy or change the stack named, which imports it, and run again.'),
  DS123: error(
    'Network resource is in use',
    'Run again later: network interfaces of functions take up to 40 minutes to go. One made by hand has to be deleted by hand.',
  ),
  DS124: error('Resource is protected against deletion', 'Turn its deletion protection off, or name it in `delete-data`, and run again.'),
  DS125: error('Stack was not deleted', 'Correct what failed before it; the next run deletes it.'),
  DS126: error(
    'Role of the stack cannot be used',
    'Bootstrap the account and region again, or make the role named once more: CloudFormation deletes a stack with the role it was given.',
  ),
  DS140: error('Stack is still being deleted', 'Wait until it is done, then run again: a new run finishes the work.'),
  DS150: error('Data could not be deleted', 'Correct the cause named and run again with the same `delete-data`.'),
  DS151: warning('Data has another owner', 'Nothing of it was touched; delete it with the stack that has it, if at all.'),
  PM100: error('Confirmation does not match', 'Type the name of the target into `confirm`, exactly.'),
  PM101: error('Reason is missing', 'Say why in `reason`; it enters the record.'),
  PM102: error('Source and target are the same', 'Choose another target.'),
  PM103: error('Target is not allowed', 'Use one of the targets listed, or add this one to the promotion in the config.'),
  PM104: error('Promotion is unknown', 'Use one of the promotions listed, or add this one under `promotions` in .github/spaceport.yml.'),
  PM110: error('No artifacts to promote', 'Check the bucket and prefix of the promotion; the build must have uploaded there first.'),
  PM111: error(
    'Artifact carries no checksum',
    'Upload it again with a checksum (`--checksum-algorithm SHA256`), so that what arrives can be proven.',
  ),
  PM112: error(
    'Artifact vanished or changed during the promotion',
    'Nothing became current. Find out what writes to the prefix, then promote again.',
  ),
  PM113: warning(
    'Artifact has a weaker checksum',
    'Upload it with `--checksum-algorithm SHA256`; until then its CRC and version id identify it.',
  ),
  PM114: error('Artifact is too large', 'S3 copies at most 5 GiB in one call: split the artifact, or leave it out of the prefix.'),
  PM115: error(
    'Artifact is not what its manifest says',
    'Find out what wrote to the sets of the source, and promote to the source again first.',
  ),
  PM120: error('Bucket of the target is not usable', 'Create the bucket, or grant the role of the target the call named.'),
  PM121: error(
    'Bucket of the source is not readable',
    'Check that the bucket belongs to the account that the config names, and allow the account of the target to list and read the prefix in its policy.',
  ),
  PM122: error('Manifest cannot be used', 'Restore an earlier version of manifest.json, or remove it when no set has to stay current.'),
  PM123: warning(
    'Owner of the source bucket is not checked',
    'Give the environment of the source its `account` in the config: S3 then refuses a bucket of that name that belongs to somebody else.',
  ),
  PM130: error(
    'Copy differs from its source',
    'Nothing became current. Promote again; if it happens twice, check what else writes to the target.',
  ),
  PM131: error(
    'Copy failed',
    'Nothing became current. Grant the call named, or try again when S3 answers; what was copied is not copied again.',
  ),
  PM140: error('Another promotion came first', 'Look at what became current in the meantime, then promote again.'),
  PM150: error(
    'Record cannot be written',
    'Allow the role of the target to create objects under records/; without a record nothing is promoted.',
  ),
} as const satisfies Record<string, CodeEntry>;

/** A code of the table. */
export type Code = keyof typeof codes;
