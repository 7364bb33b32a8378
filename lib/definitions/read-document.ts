import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { messageOf, type Problem } from '../experiment/steadfast-error.ts';
import { readData } from './read-data.ts';
import { readModule } from './read-module.ts';

/** The endings of definition files. */
export const endings = ['.ts', '.js', '.mjs', '.yaml', '.yml', '.json'] as const;

/** Whether a file's name has the ending of a definition; declarations of types are none. */
export const isDefinitionFile = (name: string): boolean =>
  endings.some((ending) => extname(name) === ending) && !name.endsWith('.d.ts');

/** A definition file, read but not yet validated. */
export interface Document {
  readonly file: string;
  readonly value: unknown;
  /** The line of a path in the file, from 1; undefined in code, where a value has no fixed place. */
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/** A document, or all that keeps it from being read. */
export type ReadResult = Document | { readonly problems: readonly Problem[] };

/** Reads a definition file: TypeScript or JavaScript by its default export, YAML and JSON as data. Never rejects. */
export async function readDocument(file: string): Promise<ReadResult> {
  if (!isDefinitionFile(file)) {
    const problem = {
      code: 'not-a-definition',
      path: [],
      file,
      message: `is no definition: its name ends in none of ${endings.join(', ')}`,
    };
    return { problems: [problem] };
  }
  if (['.ts', '.js', '.mjs'].includes(extname(file))) return readModule(file);
  try {
    return readData(file, await readFile(file));
  } catch (cause) {
    return {
      problems: [{ code: 'unreadable', path: [], file, message: `cannot be read: ${messageOf(cause)}` }],
    };
  }
}
