import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** GitHub takes 1 MiB for the summary of a step. */
const longestSummary = 900_000;

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Where something is in the checkout. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
}

export interface Annotation extends Place {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** An annotation, as a command to the runner. What a text holds can neither end it nor be another command. */
export function annotation({ level, title, message, file, line }: Annotation): string {
  const places = { file, line: file === undefined ? undefined : line, title };
  const written = Object.entries(places).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${property(String(value))}`],
  );
  return `::${level} ${written.join(',')}::${data(message)}`;
}

/** Has the runner take nothing for a command until what it returns is called: what a lab's services print is not ours. */
export function silenceCommands(print: (line: string) => void): () => void {
  const token = randomUUID();
  print(`::stop-commands::${token}`);
  return () => print(`::${token}::`);
}

/** Writes outputs of the step into the file that GITHUB_OUTPUT names. */
export function writeOutputs(file: string | undefined, outputs: Readonly<Record<string, string>>): void {
  if (file === undefined || file === '') return;
  const written = Object.entries(outputs).map(([name, value]) => {
    const end = `end-${randomUUID()}`;
    return `${name}<<${end}\n${value}\n${end}\n`;
  });
  appendFileSync(file, written.join(''));
}

/** Adds to the summary of the step, in the file that GITHUB_STEP_SUMMARY names, as much as it can hold. */
export function addSummary(file: string | undefined, markdown: string): void {
  if (file === undefined || file === '') return;
  const bytes = Buffer.from(markdown);
  const text =
    bytes.length <= longestSummary
      ? markdown
      : `${bytes.subarray(0, longestSummary).toString('utf8')}\n\nThe rest is in the artefact.`;
  appendFileSync(file, `${text.trimEnd()}\n\n`);
}

/** Text as a block in which Markdown means nothing. */
export function block(lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
