import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment as GitHub keeps it. */
export interface KeptComment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
  /** Who changed it last; nobody when it is as it was written. */
  readonly editor?: string;
  /** Counts up with every change of any comment. */
  readonly changed: number;
}

/** An issue as GitHub keeps it; its comments are with those of pull requests. */
export interface KeptIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly user: { readonly login: string };
}

/** A pull request as GitHub keeps it, as far as it is asked for. */
export interface KeptPull {
  readonly number: number;
  readonly head?: string;
  /** What merging it made. */
  readonly mergeCommit?: string;
}

/** GitHub's API as far as the actions use it, on 127.0.0.1, with one repository whatever its name is. */
export interface FakeGithub {
  /** What GITHUB_API_URL has to be. */
  readonly url: string;
  /** Comments by the number of their pull request, the oldest first. */
  readonly comments: Map<number, KeptComment[]>;
  /** Issues, the oldest first. */
  readonly issues: KeptIssue[];
  /** Statuses, the newest last. */
  readonly statuses: { readonly sha: string; readonly state: string; readonly context: string; readonly description: string }[];
  /** Deployments that jobs made, the newest first, with their statuses as GitHub keeps them. */
  readonly deployments: {
    readonly id: number;
    readonly environment: string;
    readonly sha: string;
    readonly statuses: Record<string, unknown>[];
  }[];
  /** Pull requests that a commit belongs to. */
  readonly pulls: Map<string, readonly KeptPull[]>;
  /** Rights that the token lacks: `pull-requests`, `statuses`; `pulls: read` and `comments: read`. */
  readonly denied: Set<string>;
  /** Methods and paths of the requests, in order. */
  readonly requests: string[];
  /** Changes a comment in the name of somebody: its author stays. */
  readonly edit: (id: number, login: string, body: string) => void;
  /** Opens an issue of somebody. */
  readonly open: (login: string, title: string, body: string) => void;
  /** Puts a comment of somebody. */
  readonly write: (pull: number, login: string, body: string) => void;
  readonly stop: () => Promise<void>;
}

/** Who the token belongs to: the user that GITHUB_TOKEN writes as. */
export const self = 'github-actions[bot]';

const viewer = { viewer: { login: self } };

const toPull = ({ number, head = 'f'.repeat(40), mergeCommit }: KeptPull): object => ({
  number,
  head: { sha: head },
  merged_at: mergeCommit ? '2026-11-21T10:00:00Z' : null,
  merge_commit_sha: mergeCommit ?? 'e'.repeat(40),
});

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly link?: string;
}

/** Starts a GitHub on a free port. It gives at most `pageSize` comments a page, however many are asked for. */
export async function startFakeGithub({
  pageSize = 2,
  files = {},
}: { pageSize?: number; files?: Readonly<Record<string, string>> } = {}): Promise<FakeGithub> {
  const comments = new Map<number, KeptComment[]>();
  const issues: KeptIssue[] = [];
  const statuses: FakeGithub['statuses'] = [];
  const deployments: FakeGithub['deployments'] = [];
  const pulls = new Map<string, readonly KeptPull[]>();
  const denied = new Set<string>();
  const requests: string[] = [];
  let lastId = 0;
  let changes = 0;
  let url = '';
  const write = (pull: number, login: string, body: string): void => {
    comments.set(pull, [...(comments.get(pull) ?? []), { id: ++lastId, body, user: { login }, changed: ++changes }]);
  };
  const open = (login: string, title: string, body: string): void => {
    issues.push({ number: 100 + issues.length, title, body, state: 'open', user: { login } });
  };
  const listIssues = (query: URLSearchParams): Reply => {
    const page = Number(query.get('page') ?? 1);
    const all = issues.filter((i) => i.state === query.get('state') && i.user.login === query.get('creator'));
    const link = all.length > page * pageSize ? { link: `<${url}/repos/acme/shop/issues?${toNext(query, page)}>; rel="next"` } : {};
    return { status: 200, body: all.slice((page - 1) * pageSize, page * pageSize), ...link };
  };
  const change = (id: number, to: (comment: KeptComment) => readonly KeptComment[]): Reply => {
    for (const [pull, all] of comments)
      comments.set(
        pull,
        all.flatMap((c) => (c.id === id ? to(c) : [c])),
      );
    return { status: 200, body: { id } };
  };

  /** Each route: method and path, the right it takes, and what it does. */
  const routes: readonly (readonly [RegExp, string, (found: string[], body: Record<string, string>, query: URLSearchParams) => Reply])[] = [
    [/^POST \/graphql$/, '', (_, body) => ({ status: 200, body: { data: body['query']?.includes('viewer') ? viewer : toNode(body) } })],
    [
      /^GET \/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/comments$/,
      'comments: read',
      ([pull], _, query) => toPage(Number(pull), Number(query.get('page') ?? 1)),
    ],
    [
      /^POST \/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/comments$/,
      'pull-requests',
      ([pull], { body = '' }) => (write(Number(pull), self, body), { status: 201, body: {} }),
    ],
    [
      /^PATCH \/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)$/,
      'pull-requests',
      ([id], { body = '' }) => change(Number(id), (c) => [{ ...c, body, editor: self.replace('[bot]', ''), changed: ++changes }]),
    ],
    [
      /^DELETE \/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)$/,
      'pull-requests',
      ([id]) => ({ ...change(Number(id), () => []), status: 204 }),
    ],
    [
      /^GET \/repos\/[^/]+\/[^/]+\/commits\/(\w+)\/pulls$/,
      'pulls: read',
      ([sha = '']) => ({ status: 200, body: (pulls.get(sha) ?? []).map(toPull) }),
    ],
    [/^GET \/repos\/[^/]+\/[^/]+\/issues$/, 'issues', (_, __, query) => listIssues(query)],
    [
      /^POST \/repos\/[^/]+\/[^/]+\/issues$/,
      'issues',
      (_, { title = '', body = '' }) => (open(self, title, body), { status: 201, body: {} }),
    ],
    [
      /^PATCH \/repos\/[^/]+\/[^/]+\/issues\/(\d+)$/,
      'issues',
      ([number], body) => {
        const at = issues.findIndex((i) => i.number === Number(number));
        issues.splice(at, 1, { ...issues[at], ...body } as KeptIssue);
        return { status: 200, body: {} };
      },
    ],
    [
      /^POST \/repos\/[^/]+\/[^/]+\/statuses\/(\w+)$/,
      'statuses',
      ([sha = ''], body) => (statuses.push({ sha, ...body } as never), { status: 201, body: {} }),
    ],
    [
      /^GET \/repos\/[^/]+\/[^/]+\/deployments$/,
      '',
      (_, __, query) => ({
        status: 200,
        body: deployments.filter((d) => d.environment === query.get('environment') && d.sha === query.get('sha')).map(({ id }) => ({ id })),
      }),
    ],
    [
      /^GET \/repos\/[^/]+\/[^/]+\/deployments\/(\d+)\/statuses$/,
      '',
      ([id]) => ({ status: 200, body: deployments.find((d) => d.id === Number(id))?.statuses ?? [] }),
    ],
    [
      /^POST \/repos\/[^/]+\/[^/]+\/deployments\/(\d+)\/statuses$/,
      'deployments',
      ([id], body) => (deployments.find((d) => d.id === Number(id))?.statuses.unshift(body), { status: 201, body: {} }),
    ],
  ];

  function toPage(pull: number, page: number): Reply {
    const all = comments.get(pull) ?? [];
    const rest = all.length > page * pageSize;
    return {
      status: 200,
      body: all.slice((page - 1) * pageSize, page * pageSize).map((c) => ({
        id: c.id,
        node_id: `IC_${c.id}`,
        html_url: `https://github.com/acme/shop/pull/${pull}#issuecomment-${c.id}`,
        body: c.body,
        user: c.user,
        updated_at: new Date(c.changed * 1000).toISOString(),
      })),
      ...(rest ? { link: `<${url}/repos/acme/shop/issues/${pull}/comments?page=${page + 1}>; rel="next"` } : {}),
    };
  }

  /** Gives who changed a comment last; GraphQL names users of apps without their suffix. */
  function toNode(body: Record<string, unknown>): object {
    const { id } = body['variables'] as { id: string };
    const editor = [...comments.values()].flat().find((c) => `IC_${c.id}` === id)?.editor;
    return { node: { editor: editor ? { login: editor } : null } };
  }

  function answer(method: string, path: string, query: URLSearchParams, body: Record<string, string>): Reply {
    const file = Object.entries(files).find(([name]) => decodeURIComponent(path).endsWith(`/contents/${name}`));
    if (file) return { status: 200, body: file[1] };
    for (const [pattern, right, reply] of routes) {
      const found = pattern.exec(`${method} ${path}`);
      if (found)
        return denied.has(right)
          ? { status: 403, body: { message: 'Resource not accessible by integration' } }
          : reply(found.slice(1), body, query);
    }
    return { status: 404, body: { message: 'Not Found' } };
  }

  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readAll(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    requests.push(`${request.method} ${pathname}`);
    send(response, answer(request.method ?? '', pathname, searchParams, text ? (JSON.parse(text) as Record<string, string>) : {}));
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    comments,
    issues,
    open,
    statuses,
    deployments,
    pulls,
    denied,
    requests,
    edit: (id, login, body) => void change(id, (c) => [{ ...c, body, editor: login, changed: ++changes }]),
    write,
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

/** The query of the next page. */
function toNext(query: URLSearchParams, page: number): string {
  const next = new URLSearchParams(query);
  next.set('page', String(page + 1));
  return next.toString();
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, link }: Reply): void {
  const isFile = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isFile ? 'application/vnd.github.raw' : 'application/json',
    ...(link ? { link } : {}),
  });
  response.end(status === 204 ? undefined : isFile ? body : JSON.stringify(body));
}
