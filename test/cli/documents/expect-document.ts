import { expect } from 'vitest';
import * as z from 'zod';
import { documents } from '../../../lib/cli/documents/documents.ts';
import { errorDocument } from '../../../lib/cli/documents/error.ts';
import { everyCommand } from '../program/every-command.ts';

/** Expects a text to be one JSON document as the schema of a command says it, or a told error; gives it. */
export function expectDocument(command: string, text: string): unknown {
  const document: unknown = JSON.parse(text);
  const isError = typeof document === 'object' && document !== null && 'error' in document;
  const schema = isError ? errorDocument : documents[command];
  if (schema === undefined) throw new Error(`lib/cli/documents/documents.ts has no document of '${command}'`);
  const { success, error } = z.safeParse(schema, document);
  expect(
    success ? [] : [z.prettifyError(error)],
    `what '${command}' prints must be as its schema in lib/cli/documents says (then npm run docs)`,
  ).toEqual([]);
  return document;
}

const names = everyCommand()
  .map(({ words }) => words)
  // The longest first: `gameday retro check` is not `gameday retro`.
  .toSorted((a, b) => b.length - a.length);

/** The same for whatever the program was called with; nothing is expected without --json, or of commands that have no document. */
export function expectDocumentOf(words: readonly string[], text: string): void {
  if (!words.includes('--json') || text === '') return;
  const called = names.find((one) => one.every((word, index) => words[index] === word));
  const name = called?.join(' ') ?? '';
  if (name in documents) expectDocument(name, text);
}
