import { error, notice, warning } from './entry.ts';

/** The codes of deploy. */
export const deployCodes = {
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
} as const;
