import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { ReadResult } from './document.ts';
import { readData } from './read-data.ts';
import { readModule } from './read-module.ts';

/** The endings of definition files. */
const endings = ['.ts', '.js', '.mjs', '.yaml', '.yml', '.json'] as const;

/** Whether a file's name has the ending of a definition; declarations of types are none. */
export const isDefinitionFile = (name: string): boolean =>
  endings.some((ending) => extname(name) === ending) && !name.endsWith('.d.ts');

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
