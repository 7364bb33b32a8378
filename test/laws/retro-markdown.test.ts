import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRetro } from '../../lib/game-day/retro/read-retro.ts';
import type { RetroAction } from '../../lib/game-day/retro/retro.ts';
import { retroMarkdown } from '../../lib/game-day/retro/retro-markdown.ts';
import { retroOf } from '../fakes/game-day-retro.ts';
import { isLong } from '../setup.ts';

/** What people and systems write, among it what means something in Markdown. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom('#', '\n', '- ', 'Owner: bob', '## Actions', '|', '<script>', '\\', '---', '1. ', 'é'),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
);

/** As a line of text holds it. */
const inLine = (raw: string): string =>
  raw
    .toWellFormed()
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();

const action: fc.Arbitrary<RetroAction> = fc.record({
  id: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/),
  what: text,
  why: text,
  owner: text,
  due: fc.constantFrom('', '2026-05-31'),
  state: fc.constantFrom('open', 'done', 'dropped'),
  reason: text,
});

const actions = fc.uniqueArray(action, { maxLength: 4, selector: ({ id }) => id });

it('whatever was written, a retrospective is read with just its own actions', () => {
  fc.assert(
    fc.property(actions, text, (all, noted) => {
      const retro = retroOf();
      const note = { at: '2026-05-01T09:00:00.000Z', text: noted, by: noted, isLate: false };
      const written = retroMarkdown({
        ...retro,
        title: noted,
        notes: [note],
        held: [noted],
        timeline: [note],
        actions: all,
      });
      expect(readRetro(written).actions).toEqual(
        all.map((one) => ({
          ...one,
          what: inLine(one.what),
          why: inLine(one.why),
          owner: inLine(one.owner),
          reason: inLine(one.reason),
        })),
      );
      expect(written).not.toMatch(/(?<!\\)<script/);
    }),
    { numRuns: isLong ? 2_000 : 100 },
  );
});
