/** Tests that may be skipped, by file, each with the reason. A test that needs a tool says itself which one is missing. */
const allowed: Readonly<Record<string, string>> = {
  'test/workflows.test.ts': 'the linters of workflows are installed by npm run setup:act, which needs Go',
  'infra/compliance.test.ts': 'cfn-lint is installed by npm run setup:act',
  'test/e2e/page.test.ts': 'Chromium comes with the system, not with npm',
  'test/e2e/act.test.ts': 'act is installed by npm run setup:act, which needs Go',
  'test/e2e/fan-out.test.ts': 'act is installed by npm run setup:act, which needs Go',
};

const skip =
  /\b(?:(?:describe|test|it)(?:\.(?:concurrent|each))*\.(?:only|skip|failing|todo)|(?:xit|xtest|xdescribe|fit|fdescribe)(?=\(|\.each))/g;

/** Gives one line for each test of a file that is skipped or focused without being allowed to. */
export function findSkips(path: string, source: string): readonly string[] {
  return source
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(skip)]
        .filter(([use]) => !(path in allowed) || /only|^f/.test(use))
        .map(([use]) => `${path}:${index + 1} has ${use}: a test that does not run says nothing; tools/skips.ts lists the exceptions.`),
    );
}
