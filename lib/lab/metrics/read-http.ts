import * as z from 'zod';
import { findAt } from '../../experiment/json-path/json-path.ts';

/** How long one reading may take. */
const readTimeoutMs = 2_000;

/** The number at a JSONPath in an answer; undefined when the path leads to none, or to several. Rejects when nobody answers. */
export async function readHttp(url: string, path: string): Promise<number | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(readTimeoutMs), redirect: 'error' });
  const body = z.json().parse(await response.json());
  if (!response.ok) return undefined;
  const found = findAt(body, path);
  const [value] = found;
  return found.length === 1 && typeof value === 'number' ? value : undefined;
}
