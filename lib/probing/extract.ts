import * as z from 'zod/mini';
import type { Place } from '../experiment/http-request.ts';
import { findAt } from '../experiment/json-path/json-path.ts';
import type { Json } from '../experiment/json-path/values.ts';
import type { HttpProbe } from '../experiment/probe.ts';
import { messageOf } from '../experiment/steadfast-error.ts';
import { jsonText } from '../run/json-text.ts';
import { timestampMs } from './timestamp.ts';

/** An answer as extraction sees it. */
export interface Answer {
  readonly nowMs: number;
  readonly headers: Headers;
  readonly body: string;
}

type Found = { readonly values: readonly Json[] } | { readonly error: string };

const jsonBody = z.pipe(jsonText, z.json());

/** The JSON that a body is. */
export function readJson(body: string): { readonly json: Json } | { readonly error: string } {
  const parsed = jsonBody.safeParse(body);
  return parsed.success
    ? { json: parsed.data }
    : { error: `the body ${parsed.error.issues[0]?.message ?? 'is no JSON'}` };
}

/** What stands at a JSONPath in a body; an error when the body is no JSON or the path is wrong. */
export function findInBody(body: string, path: string): Found {
  const read = readJson(body);
  if ('error' in read) return read;
  try {
    return { values: findAt(read.json, path) };
  } catch (cause) {
    return { error: `${path} is no JSONPath: ${messageOf(cause)}` };
  }
}

function find(place: Place, answer: Answer): Found {
  if (typeof place === 'string') return findInBody(answer.body, place);
  const value = answer.headers.get(place.header);
  return { values: value === null ? [] : [value] };
}

const nameOf = (place: Place): string => (typeof place === 'string' ? place : `header ${place.header}`);

/** The latest that an honest clock may differ: a timestamp farther in the future is an error, not freshness. */
const skewMs = 1_000;

/**
 * Extracts the one value of a probe: a number, a text that says why there is none, or undefined where the probe extracts nothing.
 * `growthOf` remembers per probe when its counter last grew; the first look counts as growth.
 */
export function createExtractor(): (
  probe: string,
  http: HttpProbe['http'],
  answer: Answer,
) => number | string | undefined {
  const grown = new Map<string, { counter: number; atMs: number }>();
  return (probe, http, answer) => {
    if (http.ageOf !== undefined) return ageOf(http.ageOf, answer);
    if (http.numberOf !== undefined) return numberAt(http.numberOf, answer);
    if (http.countOf !== undefined) return countOf(http.countOf, answer);
    if (http.growthOf === undefined) return undefined;
    const counter = numberAt(http.growthOf, answer);
    if (typeof counter === 'string') return counter;
    const before = grown.get(probe);
    const hasGrown = before === undefined || counter > before.counter;
    // After a restart a counter begins anew: its fall is no growth, but growth from there on is.
    const now = { counter, atMs: hasGrown ? answer.nowMs : before.atMs };
    grown.set(probe, now);
    return (answer.nowMs - now.atMs) / 1_000;
  };
}

function ageOf(place: Place, answer: Answer): number | string {
  const found = find(place, answer);
  if ('error' in found) return found.error;
  const [value] = found.values;
  if (value === undefined || value === null) return `nothing stands at ${nameOf(place)}`;
  const atMs = timestampMs(value);
  if (atMs === undefined) return `${nameOf(place)} is no time with its zone: ${JSON.stringify(value)}`;
  const ageMs = answer.nowMs - atMs;
  if (ageMs < -skewMs) return `${nameOf(place)} lies ${(-ageMs / 1_000).toFixed(1)} s in the future`;
  return Math.max(0, Math.round(ageMs)) / 1_000;
}

const numberText = /^\s*[+-]?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/;

function numberAt(place: Place, answer: Answer): number | string {
  const found = find(place, answer);
  if ('error' in found) return found.error;
  const [value] = found.values;
  if (value === undefined || value === null) return `nothing stands at ${nameOf(place)}`;
  const isNumber = typeof value === 'number' || (typeof value === 'string' && numberText.test(value));
  const number = isNumber ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : `${nameOf(place)} is no number: ${JSON.stringify(value)}`;
}

/** A path that leads to one place at most: keys and indexes alone. */
const singular = /^\$(\.[\p{L}_][\p{L}\d_]*|\[\s*(-?\d+|'[^']*'|"[^"]*")\s*\])*$/u;

/** How many items there are: the length of the list that stands at a place, or the number of places that a path finds. */
function countOf(path: string, answer: Answer): number | string {
  const found = findInBody(answer.body, path);
  if ('error' in found) return found.error;
  const [only] = found.values;
  if (!singular.test(path)) return found.values.length;
  // No list is an empty one: whoever looks at the answer sees no items.
  if (only === undefined || only === null) return 0;
  return Array.isArray(only) ? only.length : `${path} is no list: ${JSON.stringify(only)}`;
}
