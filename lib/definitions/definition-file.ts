import { extname } from 'node:path';

/** The endings of definition files. */
export const endings = ['.ts', '.js', '.mjs', '.yaml', '.yml', '.json'] as const;

/** Whether a file's name has the ending of a definition; declarations of types are none. */
export const isDefinitionFile = (name: string): boolean =>
  endings.some((ending) => extname(name) === ending) && !name.endsWith('.d.ts');
