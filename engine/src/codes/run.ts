import { error, notice, warning } from './entry.ts';

/** The codes of the run itself: inputs, config, environment, account, app. */
export const runCodes = {
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
} as const;
