import { error, notice, warning } from './entry.ts';

/** The codes of destroy. */
export const destroyCodes = {
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
} as const;
