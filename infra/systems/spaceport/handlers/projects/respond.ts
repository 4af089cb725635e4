import { id, optional, readFields, text } from '../fields.ts';
import { notFound, refuse, type Reply, type Request } from '../http.ts';
import { parsePage, toCursor } from '../page.ts';
import type { ProjectRecord, Projects } from './projects.ts';

/** What the answer depends on besides the request. */
export interface ProjectsWorld {
  readonly projects: Projects;
  now(): Date;
}

/** Answers a request about the user's own projects: to make, list, read, change or remove them. */
export async function respond(request: Request, world: ProjectsWorld): Promise<Reply> {
  switch (request.route) {
    case 'POST /projects':
      return create(request, world);
    case 'GET /projects':
      return list(request, world);
    case 'GET /projects/{projectId}':
      return read(request, world);
    case 'PATCH /projects/{projectId}':
      return change(request, world);
    case 'DELETE /projects/{projectId}':
      return remove(request, world);
    default:
      return notFound;
  }
}

const name = text(/^[^\p{Cc}\p{Cs}]{1,100}$/u, '1 to 100 characters, none of them a control character');
const description = text(/^[^\p{Cs}]{0,2000}$/u, 'at most 2000 characters');

async function create({ user, body }: Request, { projects, now }: ProjectsWorld): Promise<Reply> {
  const given = readFields(body, { projectId: id, name, description: optional(description) });
  if (given.kind === 'refused') return refuse(given.problems);
  const { description: about, ...values } = given.values;
  const at = now().toISOString();
  const project = { ...values, ...(about ? { description: about } : {}), userId: user, createdAt: at, updatedAt: at };
  return (await projects.create(project)) ? { status: 201, body: toView(project) } : { status: 409, body: { error: 'already-exists' } };
}

async function list({ user, query }: Request, { projects }: ProjectsWorld): Promise<Reply> {
  const parsed = parsePage(query);
  if (parsed.kind === 'refused') return refuse(parsed.problems);
  const page = await projects.list(user, parsed.page.limit, parsed.page.after);
  return { status: 200, body: { projects: page.projects.map(toView), ...(page.last ? { cursor: toCursor(page.last) } : {}) } };
}

async function read({ user, path }: Request, { projects }: ProjectsWorld): Promise<Reply> {
  const projectId = path['projectId'];
  const project = id.accepts(projectId) ? await projects.get(user, projectId) : undefined;
  return project ? { status: 200, body: toView(project) } : notFound;
}

async function change({ user, path, body }: Request, { projects, now }: ProjectsWorld): Promise<Reply> {
  const projectId = path['projectId'];
  if (!id.accepts(projectId)) return notFound;
  const given = readFields(body, { name: optional(name), description: optional(description) });
  if (given.kind === 'refused') return refuse(given.problems);
  if (Object.values(given.values).every((value) => value === undefined)) return refuse(['name or description must be given']);
  const { name: title, description: about } = given.values;
  const changed = await projects.change(user, projectId, {
    ...(title === undefined ? {} : { name: title }),
    ...(about === undefined ? {} : { description: about }),
    updatedAt: now().toISOString(),
  });
  return changed ? { status: 200, body: toView(changed) } : notFound;
}

async function remove({ user, path }: Request, { projects }: ProjectsWorld): Promise<Reply> {
  const projectId = path['projectId'];
  return id.accepts(projectId) && (await projects.remove(user, projectId)) ? { status: 204 } : notFound;
}

/** A project as its user sees it: all of it but whose it is. */
function toView(project: ProjectRecord): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(project).filter(([field]) => field !== 'userId'));
}
