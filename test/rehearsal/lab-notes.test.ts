import { expect, it } from 'vitest';
import { createLabNotes } from '../../lib/rehearsal/lab-notes.ts';
import type { RunEntry } from '../../lib/run/entries.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

it('what a lab tells is told at once, and is in the timeline of the run that begins later', async () => {
  const clock = createVirtualClock({ auto: false });
  const told: string[] = [];
  const kept: [key: string, entry: RunEntry][] = [];
  const notes = createLabNotes(clock, (text) => void told.push(text));
  notes.tell('shop is given a real address');
  expect(told).toEqual(['shop is given a real address']);
  await clock.advance(1_000);
  await notes.keepIn({ record: async (_run, key, entry) => void kept.push([key, entry]) }, 'run');
  await clock.advance(1_000);
  notes.tell('shop-1 ended by itself.');
  await clock.advance(0);
  const entry = (at: string, text: string) => ({ kind: 'timeline', at, entry: { at, kind: 'note', text } });
  expect(kept).toEqual([
    ['timeline-lab-1', entry('2026-01-01T00:00:00.000Z', 'shop is given a real address.')],
    ['timeline-lab-2', entry('2026-01-01T00:00:02.000Z', 'shop-1 ended by itself.')],
  ]);
});
