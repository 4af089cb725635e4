import * as core from '@actions/core';
import { toInertLog } from '../report/inert.ts';
import { toAnnotations } from '../report/annotations.ts';
import { toSummary } from '../report/summary.ts';
import type { Report } from '../report/report.ts';
import type { Log } from '../world.ts';

/** Gives the raw text of the inputs that the runner hands over, by name. Those not in the table are kept: they are mistakes. */
export function readInputs(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(env).filter(([name, value]) => name.startsWith('INPUT_') && value);
  return Object.fromEntries(given.map(([name, value]) => [name.slice('INPUT_'.length).toLowerCase(), value ?? '']));
}

/** Makes the log of the job. Whatever is written through it is inert. */
export function createLog(): Log {
  return {
    line: (text) => core.info(toInertLog(text)),
    group: (title, lines) => {
      core.startGroup(toInertLog(title));
      for (const line of lines) core.info(toInertLog(line));
      core.endGroup();
    },
    debug: (text) => core.debug(toInertLog(text)),
  };
}

/**
 * Writes annotations, outputs and the job summary of a run: everything that the runner shows of it.
 *
 * Gives what could not be written, as on a full disk; the rest is written all the same.
 */
export async function publish(report: Report, outputs: Readonly<Record<string, string>>, root: string): Promise<readonly string[]> {
  for (const { severity, message, title, file, line, column } of toAnnotations(report.findings, root)) {
    const where = {
      title: toInertLog(title),
      ...(file ? { file } : {}),
      ...(line ? { startLine: line } : {}),
      ...(column ? { startColumn: column } : {}),
    };
    core[severity](toInertLog(message), where);
  }
  const unwritten = await attempt('outputs of the step', async () => {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  });
  if (!process.env['GITHUB_STEP_SUMMARY']) return unwritten;
  return [...unwritten, ...(await attempt('job summary', () => core.summary.addRaw(toSummary(report, root), true).write()))];
}

async function attempt(what: string, write: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await write();
    return [];
  } catch (thrown) {
    return [`The ${what} could not be written: ${thrown instanceof Error ? thrown.message : String(thrown)}`];
  }
}

/** Hides a text in everything that the job prints from here on. */
export const mask = (secret: string): void => core.setSecret(secret);

/** Gives the OIDC token of the job; undefined when the job may not have one. */
export async function getIdToken(audience: string): Promise<string | undefined> {
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL']) return undefined;
  return core.getIDToken(audience);
}
