import * as z from 'zod';
import { share } from '../attributes.ts';
import type { RequestHead } from './request-head.ts';

/** Which requests a toxic acts on. */
export interface Route {
  /** Any method where it is empty. */
  readonly method: string;
  /** `*` stands for anything within a segment, `**` for anything at all. */
  readonly path: string;
  /** The share of these requests, from 0 to 1, each drawn for itself. */
  readonly share: number;
}

/** The attributes of a route, as every HTTP toxic has them. */
export const routeAttributes = {
  method: z
    .string()
    .regex(/^[A-Za-z-]*$/, 'must be the name of a method, such as GET')
    .default('')
    .describe('the method of the requests, such as `GET`; any where it is empty'),
  path: z
    .string()
    .startsWith('/', "must begin with '/', such as /products/*")
    .default('/**')
    .describe(
      'their path without its query: `*` stands for anything within a segment, `**` for anything at all',
    ),
  share: share('the share of these requests, each drawn for itself').default(1),
};

const patternOf = (path: string): RegExp => {
  const source = path
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`, 's');
};

/** Whether a request is one of a route's; the share is not drawn here. */
export function routeMatcher({ method, path }: Route): (head: RequestHead) => boolean {
  const pattern = patternOf(path);
  const wanted = method.toUpperCase();
  return (head) => (wanted === '' || head.method === wanted) && pattern.test(head.path);
}
