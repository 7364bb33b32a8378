import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type GameDayDefinition, gameDaySchema } from '../../lib/experiment/game-day.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import { canonicalJson } from '../../lib/plan/canonical-json.ts';
import { hashOf } from '../../lib/plan/hash.ts';
import { changed } from '../definitions/told.ts';
import { gameDayInput, slowDay } from '../game-day/examples.ts';

type Path = readonly (string | number)[];

/** The paths of everything in a value that holds nothing itself. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The same value with the keys of every object in another order, drawn by the seed. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((inner) => shuffled(inner, seed));
  if (typeof value !== 'object' || value === null) return value;
  const rank = (key: string) => hashOf({ seed, key });
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => rank(a).localeCompare(rank(b)))
      .map(([key, inner]) => [key, shuffled(inner, seed)]),
  );
}

/** Something else in place of each leaf, most of which is still a game day that can take place. */
const others = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    '2h',
    '3h',
    '30s',
    'missed',
    'monthly',
    'observer',
    'products.errorRate',
    'Asia/Tokyo',
    'other-day',
  ),
  fc.integer({ min: 1, max: 3 }),
  fc.constant(undefined),
);

/** What is drawn is a definition as far as it reads as one. */
const drawn = z.custom<GameDayDefinition>();

/** The plan's hash, or undefined where it is no game day, or one that cannot take place. */
function plannedHash(definition: unknown, kind: 'lab' | 'environment'): string | undefined {
  if (!gameDaySchema.safeParse(definition).success) return undefined;
  try {
    return gameDayInput(kind, drawn.parse(definition)).hash;
  } catch (thrown) {
    if (thrown instanceof SteadfastError) return undefined;
    throw thrown;
  }
}

const kinds = fc.constantFrom('lab', 'environment');

describe('the hash of a planned game day', () => {
  it('is the same for the same definition, in whatever order its keys stand', () => {
    fc.assert(
      fc.property(kinds, fc.nat(), (kind, seed) => {
        const hash = plannedHash(slowDay, kind);
        expect(hash).toMatch(/^[0-9a-f]{64}$/);
        expect(plannedHash(shuffled(slowDay, seed), kind)).toBe(hash);
      }),
      { numRuns: 30 },
    );
  });

  it('is another for every definition that differs in anything', () => {
    const leaves = leavesOf(slowDay);
    const planned = new Map<string, string>([[canonicalJson(slowDay), plannedHash(slowDay, 'lab') ?? '']]);
    fc.assert(
      fc.property(fc.constantFrom(...leaves), others, (path, other) => {
        const definition = changed(slowDay, path, other);
        const hash = plannedHash(definition, 'lab');
        if (hash === undefined) return;
        const text = canonicalJson(definition);
        for (const [known, knownHash] of planned) expect(hash === knownHash).toBe(text === known);
        planned.set(text, hash);
      }),
      { numRuns: 400 },
    );
    // Most draws are no game day; these are enough to have compared with.
    expect(planned.size).toBeGreaterThan(25);
  });
});
