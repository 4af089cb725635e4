import { error, warning } from './entry.ts';

/** The codes of promote. */
export const promoteCodes = {
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
} as const;
