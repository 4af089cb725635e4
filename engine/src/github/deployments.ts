import type { Answer } from '../answer.ts';
import type { JobDeployment } from '../report/job-deployment.ts';
import { askGithub, type Octokit } from './ask.ts';

/** The run whose deployment is meant, and where its log is. */
export interface JobRun {
  readonly id: string;
  readonly sha: string;
  readonly url: string;
}

/** Deployments that GitHub makes for the `environment:` of jobs. */
export interface Deployments {
  /** Writes what became of the deployment of this run; `none` where its job has no such environment. Never makes a second one. */
  update(run: JobRun, deployment: JobDeployment): Promise<Answer<'updated' | 'none'>>;
}

/** Makes the port for the deployments of a repository, `slug` being its owner and name. */
export function createDeployments(token: string | undefined, slug: string): Deployments {
  const [owner = '', repo = ''] = slug.split('/');
  const where = { owner, repo };
  return {
    update: (run, { environment, state, description, url }) =>
      askGithub({ token, right: 'deployments: write', resource: `${slug} ${environment}` }, async (octokit) => {
        const id = await findOfRun(octokit, where, environment, run);
        if (id === undefined) return 'none';
        await octokit.rest.repos.createDeploymentStatus({
          ...where,
          deployment_id: id,
          state,
          description,
          log_url: run.url,
          ...(url ? { environment_url: url } : {}),
          auto_inactive: false, // GitHub itself does that when the job ends
        });
        return 'updated';
      }),
  };
}

/** Nothing of a deployment names its run but the log address of its statuses. */
async function findOfRun(
  octokit: Octokit,
  where: { readonly owner: string; readonly repo: string },
  environment: string,
  run: JobRun,
): Promise<number | undefined> {
  const { data } = await octokit.rest.repos.listDeployments({ ...where, environment, sha: run.sha, per_page: 10 });
  for (const { id } of data) {
    const statuses = await octokit.rest.repos.listDeploymentStatuses({ ...where, deployment_id: id, per_page: 10 });
    if (statuses.data.some((s) => `${s.log_url ?? ''}/`.includes(`/actions/runs/${run.id}/`))) return id;
  }
  return undefined;
}
