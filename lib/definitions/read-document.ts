import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { messageOf } from '../experiment/steadfast-error.ts';
import { endings, isDefinitionFile } from './definition-file.ts';
import type { ReadResult } from './document.ts';
import { readData } from './read-data.ts';
import { readModule } from './read-module.ts';

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
