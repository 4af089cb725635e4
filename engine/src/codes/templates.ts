import { error, notice, warning } from './entry.ts';

/** The codes of preflight on where it goes, on templates, and on the states of stacks. */
export const templatesCodes = {
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
} as const;
