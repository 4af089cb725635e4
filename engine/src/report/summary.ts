import { toMarkdown } from './markdown.ts';
import type { Report } from './report.ts';
import { toDocument } from './to-document.ts';

/** The runner refuses a summary above 1 MiB; what is left below it is for other steps. */
const limitBytes = 1_000_000;

/** Gives the job summary of a report as GitHub Markdown; one that would be too large is cut at a row and says so. */
export const toSummary = (report: Report, root: string): string => toMarkdown(toDocument(report, root), limitBytes);
