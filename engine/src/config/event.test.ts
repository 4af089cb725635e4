import { expect, test } from '@jest/globals';
import { toEvent, type Event } from './event.ts';

const base = { ref: 'main', sha: 'b45e' };

test.each<[string, Record<string, string | undefined>, unknown, Event]>([
  [
    'a push to a branch',
    { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/feature/x' },
    {},
    { name: 'push', branch: 'feature/x', isPullRequest: false },
  ],
  ['a push of a tag has no branch', { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/tags/v1' }, {}, { name: 'push', isPullRequest: false }],
  ['a release has no branch', { GITHUB_EVENT_NAME: 'release', GITHUB_REF: 'refs/tags/v1' }, {}, { name: 'release', isPullRequest: false }],
  [
    'a dispatch has the branch it was started on',
    { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_REF: 'refs/heads/main' },
    undefined,
    { name: 'workflow_dispatch', branch: 'main', isPullRequest: false },
  ],
  [
    'a pull request has its base branch, not its own',
    { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge', GITHUB_HEAD_REF: 'feature/x', GITHUB_BASE_REF: 'main' },
    { pull_request: { base } },
    { name: 'pull_request', branch: 'main', baseSha: 'b45e', isPullRequest: true },
  ],
  [
    'a pull request from elsewhere too',
    { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' },
    { pull_request: { base } },
    { name: 'pull_request_target', branch: 'main', baseSha: 'b45e', isPullRequest: true },
  ],
  [
    'a pull request without a payload has what the variables say',
    { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'develop' },
    undefined,
    { name: 'pull_request', branch: 'develop', isPullRequest: true },
  ],
  [
    'an event that brings a pull request is one',
    { GITHUB_EVENT_NAME: 'check_run', GITHUB_REF: 'refs/heads/x' },
    { pull_request: { base } },
    { name: 'check_run', branch: 'main', baseSha: 'b45e', isPullRequest: true },
  ],
  [
    'a comment on a pull request runs on the default branch',
    { GITHUB_EVENT_NAME: 'issue_comment', GITHUB_REF: 'refs/heads/main' },
    { issue: { number: 7 } },
    { name: 'issue_comment', branch: 'main', isPullRequest: false },
  ],
  [
    'a merge queue has the branch that it merges into',
    { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7-abc' },
    { merge_group: { base_ref: 'refs/heads/main', base_sha: 'b45e' } },
    { name: 'merge_group', branch: 'main', baseSha: 'b45e', isPullRequest: true },
  ],
  [
    'a pull request of a known number has it, and the commit at its head',
    { GITHUB_EVENT_NAME: 'pull_request' },
    { pull_request: { base, number: 7, head: { sha: 'c0de' } } },
    { name: 'pull_request', branch: 'main', baseSha: 'b45e', isPullRequest: true, pull: { number: 7, headSha: 'c0de' } },
  ],
  [
    'a comment knows the pull request it is on',
    { GITHUB_EVENT_NAME: 'issue_comment', GITHUB_REF: 'refs/heads/main' },
    { issue: { number: 7, pull_request: {} } },
    { name: 'issue_comment', branch: 'main', isPullRequest: false, pull: { number: 7 } },
  ],
  ['a plain shell has nothing', {}, undefined, { name: '', isPullRequest: false }],
])('%s', (_name, env, payload, event) => expect(toEvent(env, payload)).toEqual(event));
