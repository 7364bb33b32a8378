import { describe, expect, it } from 'vitest';
import type { Command } from '../../lib/game-day/command.ts';
import { goesOn, shownHash } from '../../lib/game-day/shown.ts';
import { exampleView } from './example-view.ts';

describe('the hash of what was shown', () => {
  const before = shownHash(exampleView());

  it('stays the same while only the picture is added to', () => {
    const later = exampleView({
      asOf: '2026-12-01T15:30:00.000Z',
      timeLeftMs: 1,
      timeline: [],
      aggregates: [],
      now: 'other words',
    });
    expect(shownHash(later)).toBe(before);
  });

  it('is another one once something that decides has changed', () => {
    const { pending, stages } = exampleView();
    const others = [
      exampleView({ phase: 'retrospective' }),
      exampleView({ isPaused: true }),
      exampleView({ halted: 'by bob' }),
      exampleView({ endsAt: '2026-12-01T17:00:00.000Z' }),
      exampleView({ stages: stages.map((stage) => ({ ...stage, attempts: stage.attempts + 1 })) }),
      ...(pending === undefined ? [] : [exampleView({ pending: { ...pending, hash: 'another' } })]),
    ].map(shownHash);
    expect(new Set([before, ...others]).size).toBe(7);
  });
});

it.each<[boolean, Command]>([
  [true, { do: 'propose', proposal: { what: 'go' } }],
  [true, { do: 'approve', proposal: 'p', hash: 'h' }],
  [true, { do: 'resume' }],
  [true, { do: 'finish' }],
  [false, { do: 'refuse', proposal: 'p', hash: 'h' }],
  [false, { do: 'halt' }],
  [false, { do: 'pause' }],
  [false, { do: 'note', text: 'x' }],
])('%s: whether it lets something go on: %j', (expected, command) => {
  expect(goesOn(command)).toBe(expected);
});
