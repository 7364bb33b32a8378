import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { readFileToImport } from '../import/read-file.ts';

/** A file with an experiment of another tool. */
export interface ForeignFile {
  /** As it was named. */
  readonly name: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Its format, and what people call it. */
  readonly format: string;
  readonly title: string;
}

/** What other tools' experiments are kept in. Code of Steadfast's language has other endings. */
const endings = /\.(json|ya?ml|py)$/i;

/** The file that an argument names, if an experiment of another tool is in it; undefined for everything else, also where there is none. */
export async function foreignFile(name: string, cwd: string): Promise<ForeignFile | undefined> {
  const file = resolve(cwd, name);
  if (!endings.test(name) || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const bytes = await readFileToImport(name, cwd);
  // Only now: what reads other tools' formats is large, and most experiments are Steadfast's own.
  const { recognisedFormat } = await import('../../import/import-source.ts');
  const format = recognisedFormat(name, bytes);
  if (format === undefined || format.id === 'steadfast') return undefined;
  return { name, file, bytes, format: format.id, title: format.title };
}

/** What is wrong with a file of another tool where a definition is wanted, and what makes one of it. */
export const foreignProblem = ({ name, file, title }: ForeignFile): Problem & { readonly hint: string } => ({
  code: 'foreign',
  path: [],
  file,
  message: `is a file of ${title}, and no definition of Steadfast`,
  hint: `steadfast import ${name} makes a definition of it; steadfast rehearse ${name} rehearses it as it stands`,
});

/** Says so of a file that cannot be read as a definition, if an experiment of another tool is in it. @throws SteadfastError `invalid` */
export async function refuseForeign(name: string, cwd: string): Promise<void> {
  const foreign = await foreignFile(name, cwd);
  if (foreign === undefined) return;
  const { message, hint } = foreignProblem(foreign);
  throw new SteadfastError('invalid', `${name} ${message}`, { hint });
}
