import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../lib/probing/extract.ts';
import { matching } from '../fakes/matching.ts';

const nowMs = Date.parse('2026-05-01T09:30:00.000Z');

type Http = Parameters<ReturnType<typeof createExtractor>>[1];
type Places = Pick<Http, 'ageOf' | 'growthOf' | 'numberOf' | 'countOf'>;

const answer = (body: unknown, headers: Record<string, string> = {}, atMs = nowMs) => ({
  nowMs: atMs,
  headers: new Headers(headers),
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const extract = (places: Places, body: unknown, headers: Record<string, string> = {}) =>
  createExtractor()('p', { service: 's', path: '/', method: 'GET', ...places }, answer(body, headers));

describe('the age of a timestamp', () => {
  it.each([
    ['ISO 8601 in UTC', '2026-05-01T09:29:58.500Z', 1.5],
    ['ISO 8601 with an offset', '2026-05-01T11:29:58+02:00', 2],
    ['a database’s way', '2026-05-01 11:29:58.25+02', 1.75],
    ['another database’s way', '2026-05-01 05:29:58-0400', 2],
    ['a comma', '2026-05-01T09:29:58,5Z', 1.5],
    ['an HTTP date', 'Fri, 01 May 2026 09:29:50 GMT', 10],
    ['seconds since 1970', nowMs / 1_000 - 3, 3],
    ['milliseconds since 1970', nowMs - 250, 0.25],
    ['seconds as a text', String(nowMs / 1_000 - 3), 3],
    ['a clock that is a little ahead', nowMs + 900, 0],
  ])('is read from %s', (_what, at, age) => {
    expect(extract({ ageOf: '$.at' }, { at })).toBe(age);
    expect(extract({ ageOf: { header: 'Last-Seen' } }, '', { 'last-seen': String(at) })).toBe(age);
  });

  it.each<[unknown, string | RegExp]>([
    [undefined, 'nothing stands at $.at'],
    [null, 'nothing stands at $.at'],
    ['soon', '$.at is no time with its zone: "soon"'],
    ['version 12', /is no time/],
    ['2026-05-01T09:30:00', /is no time with its zone/],
    ['2026-13-01T09:30:00Z', /is no time/],
    [true, /is no time/],
    [[nowMs], /is no time/],
    [{}, /is no time/],
    [nowMs + 60_000, '$.at lies 60.0 s in the future'],
  ])('is none for %j', (at, error) => {
    expect(extract({ ageOf: '$.at' }, { at })).toEqual(typeof error === 'string' ? error : matching(error));
  });
});

describe('a number', () => {
  it.each([
    [5, 5],
    [-0.5, -0.5],
    ['7', 7],
    ['1e3', 1_000],
  ])('is read from %j', (n, value) => {
    expect(extract({ numberOf: '$.n' }, { n })).toBe(value);
  });

  it.each([true, [], [5], {}, '', 'five', '0x10', ' ', null, undefined])('is none for %j', (n) => {
    expect(extract({ numberOf: '$.n' }, { n })).toEqual(expect.any(String));
  });

  it('is read from a header', () => {
    expect(extract({ numberOf: { header: 'x-count' } }, '', { 'X-Count': '12' })).toBe(12);
    expect(extract({ numberOf: { header: 'x-count' } }, '')).toBe('nothing stands at header x-count');
  });
});

describe('a count', () => {
  it.each<[string, unknown, number]>([
    ['$.items', { items: [1, 2, 3] }, 3],
    ['$.items', { items: [] }, 0],
    ['$.items', { items: null }, 0],
    ['$.items', {}, 0],
    ['$', [1, 2], 2],
    ["$['items']", { items: [1] }, 1],
    ['$.pages[0]', { pages: [[1, 2]] }, 2],
    ['$.items[*]', { items: [[1, 2, 3]] }, 1],
    ['$.items[*].id', { items: [{ id: 1 }, {}, { id: 3 }] }, 2],
    ['$..id', { a: { id: 1 }, b: [{ id: 2 }] }, 2],
    ['$.items[?@.ok]', { items: [{ ok: 1 }, {}] }, 1],
  ])('by %s in %j is %d', (countOf, body, count) => {
    expect(extract({ countOf }, body)).toBe(count);
  });

  it('is none of what is no list', () => {
    expect(extract({ countOf: '$.items' }, { items: { a: 1 } })).toBe('$.items is no list: {"a":1}');
    expect(extract({ countOf: '$.items' }, 'oops')).toMatch(/^the body is no JSON/);
    expect(extract({ countOf: '$.[' }, {})).toMatch(/^\$\.\[ is no JSONPath/);
  });
});

describe('the growth of a counter', () => {
  const growth = (
    extractor: ReturnType<typeof createExtractor>,
    probe: string,
    n: unknown,
    afterMs: number,
  ) =>
    extractor(
      probe,
      { service: 's', path: '/', method: 'GET', growthOf: '$.n' },
      answer({ n }, {}, nowMs + afterMs),
    );

  it('is the time since it last grew, for each probe alone', () => {
    const extractor = createExtractor();
    expect(growth(extractor, 'a', 5, 0)).toBe(0);
    expect(growth(extractor, 'a', 5, 2_000)).toBe(2);
    expect(growth(extractor, 'b', 1, 3_000)).toBe(0);
    expect(growth(extractor, 'a', 6, 3_500)).toBe(0);
    expect(growth(extractor, 'a', 6, 4_000)).toBe(0.5);
  });

  it('is none where the counter falls, as in a restart, but goes on from there', () => {
    const extractor = createExtractor();
    growth(extractor, 'a', 5, 0);
    expect(growth(extractor, 'a', 1, 1_000)).toBe(1);
    expect(growth(extractor, 'a', 2, 1_500)).toBe(0);
    expect(growth(extractor, 'a', 'x', 2_000)).toBe('$.n is no number: "x"');
  });
});

it('a probe that extracts nothing has no value, whatever the body', () => {
  expect(extract({}, '<html>')).toBeUndefined();
});
