import * as z from 'zod/mini';

/** A value as JSON holds it. */
export type Json = z.output<ReturnType<typeof z.json>>;

/** What has just been read as JSON is JSON: looking through it again would take as long as all of planning. */
const readJson = z.custom<Json>();

/** The value as JSON keeps it: what is undefined is gone, everything else is a copy. */
export const asJson = (value: unknown): Json => readJson.parse(JSON.parse(JSON.stringify(value)));

/** JSON with the keys of every object in order and no white space, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(asJson(value)));
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key] ?? null)]));
}
