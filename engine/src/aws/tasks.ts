import type { ECSClient, ListTasksCommandInput, Task } from '@aws-sdk/client-ecs';

/** How many tasks one call lists or describes. */
const tasksAtOnce = 100;

/** How many pages of tasks are looked through. */
const pagesAtMost = 10;

/** Gives the tasks that a list has, described: a thousand at most. */
export async function describeTasks(
  { sdk, client }: { readonly sdk: typeof import('@aws-sdk/client-ecs'); readonly client: ECSClient },
  list: ListTasksCommandInput,
): Promise<readonly Task[]> {
  const tasks: Task[] = [];
  let pages = 0;
  for await (const { taskArns = [] } of sdk.paginateListTasks({ client, pageSize: tasksAtOnce }, list)) {
    if (taskArns.length)
      tasks.push(...((await client.send(new sdk.DescribeTasksCommand({ cluster: list.cluster, tasks: taskArns }))).tasks ?? []));
    if (++pages === pagesAtMost) break;
  }
  return tasks;
}
