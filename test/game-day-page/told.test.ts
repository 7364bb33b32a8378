import { describe, expect, it } from 'vitest';
import type { Offer } from '../../lib/game-day/view.ts';
import { printed } from '../../lib/game-day-page/print.ts';
import { announcementOf } from '../../lib/game-day-page/view/announce.ts';
import { dialogOf } from '../../lib/game-day-page/view/dialog.ts';
import { exampleView } from '../game-day/example-view.ts';

describe('what those who do not see the page are told', () => {
  const before = exampleView();

  it.each([
    ['a phase', { phase: 'retrospective' }, 'The retrospective has begun.'],
    ['the end', { phase: 'closed' }, 'The game day is closed.'],
    ['a pause', { isPaused: true }, 'Paused.'],
    ['what goes on', { now: 'Stage 2 runs.' }, 'Stage 2 runs.'],
    [
      'several at once',
      { phase: 'pre-brief', isPaused: true, now: 'The pre-brief.' },
      'The pre-brief has begun. Paused. The pre-brief.',
    ],
  ] as const)('is %s, when there is a pause', (_, change, politely) => {
    expect(announcementOf(before, exampleView(change))).toEqual({ politely });
  });

  it('is that it goes on', () => {
    expect(announcementOf(exampleView({ isPaused: true }), before)).toEqual({ politely: 'Resumed.' });
  });

  it('is what waits for an approval, once it can be approved', () => {
    const { pending } = before;
    if (pending === undefined) throw new Error('the example waits for an approval');
    const { hash: _, ...admitted } = pending;
    expect(announcementOf(exampleView({ pending: admitted }), before)).toEqual({
      politely: 'Waits for approval: Stage 2: all tasks.',
    });
    expect(announcementOf(before, exampleView({ pending: admitted }))).toEqual({});
  });

  it('is a halt, at once, and once', () => {
    const halted = exampleView({ halted: 'bea halted everything' });
    expect(announcementOf(before, halted)).toEqual({ urgently: 'Halted. bea halted everything' });
    expect(announcementOf(halted, halted)).toEqual({});
    expect(announcementOf(halted, before)).toEqual({});
  });

  it('is never that time goes by', () => {
    expect(announcementOf(before, exampleView({ timeLeftMs: 1, asOf: '2026-12-01T15:59:59.000Z' }))).toEqual(
      {},
    );
  });
});

describe('what is asked before something is done', () => {
  const offer = (id: string): Offer => {
    const found = exampleView().offers.find((one) => one.id === id);
    if (found === undefined) throw new Error(`the example offers no ${id}`);
    return found;
  };
  const dialog = (one: Offer, view = exampleView()): string => printed(dialogOf(one, view)).markup;

  it('shows before an approval all that would run', () => {
    const html = dialog(offer('approve'));
    for (const part of ['Stage 2 will run.', 'stage 1: 100% for 5 min', 'kill may hit 4 tasks', 'Leave it'])
      expect(html).toContain(part);
    expect(html).not.toContain('required');
  });

  it('shows nothing of what was asked meanwhile in its place', () => {
    const { pending } = exampleView();
    if (pending === undefined) throw new Error('the example waits for an approval');
    const html = dialog(offer('approve'), exampleView({ pending: { ...pending, hash: 'another' } }));
    expect(html).not.toContain('kill may hit 4 tasks');
  });

  it('asks for a text where one is needed, and for nothing where none is', () => {
    expect(dialog(offer('note'))).toMatch(/<input [^>]*required/);
    expect(dialog(offer('pause'))).not.toMatch(/<input|<p>/);
  });
});
