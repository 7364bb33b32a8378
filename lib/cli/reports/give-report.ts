import type { Markdown } from '../../report/markdown/markdown.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { writeNamed } from './write-named.ts';

/** In which forms a report is given. */
export interface FormFlags {
  readonly html?: string | undefined;
  readonly markdown?: string | undefined;
  readonly json?: boolean | undefined;
}

/** A report in every form; each is made when it is asked for. */
interface Report {
  readonly html: () => string;
  readonly markdown: () => Markdown;
  readonly document: unknown;
  readonly lines: () => readonly string[];
}

/**
 * Writes the files that were asked for, then prints the report: as one document with `json`, else as text.
 *
 * @throws SteadfastError `cannot-begin` where a file cannot be written
 */
export async function giveReport(io: Io, flags: FormFlags, report: Report): Promise<void> {
  const { html, markdown, json } = flags;
  if (html !== undefined) await writeNamed(io, html, report.html());
  if (markdown !== undefined) await writeNamed(io, markdown, `${report.markdown().markdown}\n`);
  if (json === true) printJson(io, report.document);
  else for (const line of report.lines()) printLine(io.stdout, line);
  for (const file of [html, markdown]) if (file !== undefined) printLine(io.stderr, `Wrote ${file}`);
}
