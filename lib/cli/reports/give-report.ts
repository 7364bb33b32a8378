import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { writeWhole } from '../../rehearsal/file-run-store.ts';
import type { Markdown } from '../../report/markdown/markdown.ts';
import { type Io, printJson, printLine } from '../io.ts';

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
  if (html !== undefined) await write(io, html, report.html());
  if (markdown !== undefined) await write(io, markdown, `${report.markdown().markdown}\n`);
  if (json === true) printJson(io, report.document);
  else for (const line of report.lines()) printLine(io.stdout, line);
  for (const file of [html, markdown]) if (file !== undefined) printLine(io.stderr, `Wrote ${file}`);
}

async function write(io: Io, named: string, text: string): Promise<void> {
  const file = resolve(io.cwd, named);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, text);
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `${named} cannot be written: ${messageOf(cause)}`, {
      hint: 'name a file in a folder that can be written',
      cause,
    });
  }
}
