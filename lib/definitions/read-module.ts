import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { messageOf, type Problem } from '../experiment/steadfast-error.ts';
import type { ReadResult } from './document.ts';

/** How long a module may take to load: a definition is data, so that one that waits for something waits for the wrong thing. */
const loadsWithinMs = 10_000;

const moduleSchema = z.object({ default: z.unknown().optional() });

/** Reads the default export of a TypeScript or JavaScript module. */
export async function readModule(file: string): Promise<ReadResult> {
  const problem = (code: string, message: string, more: Partial<Problem> = {}): ReadResult => ({
    problems: [{ code, path: [], file, message, ...more }],
  });
  let imported: unknown;
  try {
    imported = await inTime(import(pathToFileURL(file).href));
  } catch (cause) {
    const line = lineOf(cause, file);
    return problem(
      'unreadable',
      `cannot be loaded: ${firstLine(messageOf(cause))}`,
      line === undefined ? {} : { line },
    );
  }
  const { default: value } = moduleSchema.parse({ ...Object(imported) });
  if (value === undefined) {
    return problem('no-default-export', 'exports no default', {
      hint: 'write: export default defineExperiment({ ... })',
    });
  }
  return { file, value, lineOf: () => undefined };
}

async function inTime(loading: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it was still waiting for something after ${loadsWithinMs / 1_000} s`)),
      loadsWithinMs,
    );
  });
  try {
    return await Promise.race([loading, late]);
  } finally {
    clearTimeout(timer);
  }
}

const firstLine = (text: string): string =>
  text.split('\n').find((line) => line.trim() !== '') ?? 'no reason given';

/** Where in the file it went wrong: the first place in it that the stack names. */
function lineOf(cause: unknown, file: string): number | undefined {
  if (!(cause instanceof Error)) return undefined;
  for (const name of [pathToFileURL(file).href, file]) {
    const [, rest] = (cause.stack ?? '').split(`${name}:`);
    const line = /^\d+/.exec(rest ?? '')?.[0];
    if (line !== undefined) return Number(line);
  }
  return undefined;
}
