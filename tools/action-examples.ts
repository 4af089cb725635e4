const credentials = `      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: arn:aws:iam::111111111111:role/deploy
          aws-region: us-west-2`;

const start = (on: string, permissions: string): string => `on:
${on}
permissions:
${permissions}
jobs:
  run:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
${credentials}`;

/** A workflow for the README of each action: short, and works as it is when the role is the reader's. */
export const examples: Readonly<Record<string, string>> = {
  preflight: `${start('  pull_request:', '  id-token: write\n  contents: read\n  pull-requests: write\n  statuses: write')}
      - uses: org/spaceport-actions/preflight@v1`,
  deploy: `${start('  push:\n    branches: [main, development]', '  id-token: write\n  contents: read')}
      - uses: org/spaceport-actions/deploy@v1`,
  promote: `${start(
    '  workflow_dispatch:\n    inputs:\n      to: { required: true, type: choice, options: [sandbox, staging] }\n      reason: { required: true }\n      confirm: { required: true, description: "Type the name of the target" }',
    '  id-token: write\n  contents: read',
  )}
      - uses: org/spaceport-actions/promote@v1
        with:
          to: \${{ inputs.to }}
          reason: \${{ inputs.reason }}
          confirm: \${{ inputs.confirm }}`,
  destroy: `${start(
    '  workflow_dispatch:\n    inputs:\n      environment: { required: true, type: choice, options: [dev, staging] }\n      confirm: { description: "Type the name of the environment" }',
    '  id-token: write\n  contents: read',
  )}
      - uses: org/spaceport-actions/destroy@v1
        with:
          environment: \${{ inputs.environment }}
          confirm: \${{ inputs.confirm }}`,
};
