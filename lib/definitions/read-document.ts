import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isNode, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { messageOf, type Problem } from '../experiment/steadfast-error.ts';

/** The endings of definition files. */
export const endings = ['.ts', '.js', '.mjs', '.yaml', '.yml', '.json'] as const;

/** A definition file, read but not yet validated. */
export interface Document {
  readonly file: string;
  readonly value: unknown;
  /** The line of a path in the file, from 1; undefined in code, where a value has no fixed place. */
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/** The largest file that is read as a definition; a definition of ten pages has some 20 kB. */
const largestBytes = 1_048_576;

/** Reads a definition file: TypeScript or JavaScript by its default export, YAML and JSON as data. */
export async function readDocument(file: string): Promise<Document | { readonly problem: Problem }> {
  const ending = extname(file);
  try {
    if (ending === '.ts' || ending === '.js' || ending === '.mjs') return await readModule(file);
    return readData(file, await readFile(file));
  } catch (cause) {
    return {
      problem: { code: 'unreadable', path: [], file, message: `cannot be read: ${messageOf(cause)}` },
    };
  }
}

const moduleSchema = z.object({ default: z.unknown().optional() });

async function readModule(file: string): Promise<Document | { readonly problem: Problem }> {
  const imported: unknown = await import(pathToFileURL(file).href);
  const { default: value } = moduleSchema.parse({ ...Object(imported) });
  if (value === undefined) {
    return {
      problem: {
        code: 'no-default-export',
        path: [],
        file,
        message: 'exports no default',
        hint: 'write: export default defineExperiment({ ... })',
      },
    };
  }
  return { file, value, lineOf: () => undefined };
}

function readData(file: string, bytes: Buffer): Document | { readonly problem: Problem } {
  if (bytes.byteLength > largestBytes) {
    return {
      problem: {
        code: 'too-large',
        path: [],
        file,
        message: `has ${bytes.byteLength} bytes, more than the ${largestBytes} a definition may have`,
      },
    };
  }
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    return {
      problem: {
        code: 'syntax',
        path: [],
        file,
        ...(line === undefined ? {} : { line }),
        message: error.message.split('\n')[0] ?? 'cannot be parsed',
      },
    };
  }
  return {
    file,
    value: document.toJS({ maxAliasCount: 100 }) as unknown,
    lineOf: (path) => {
      for (let length = path.length; length >= 0; length -= 1) {
        const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return undefined;
    },
  };
}
