import { describe, expect, it } from 'vitest';
import { viewLines } from '../../../lib/cli/game-day/view-lines.ts';
import { widthOf } from '../../../lib/cli/view/text-width.ts';
import type { Command } from '../../../lib/game-day/command.ts';
import { readView } from '../../../lib/game-day/view-schema.ts';
import { exampleView } from '../../game-day/example-view.ts';

const told = (view = exampleView(), columns = 80) => viewLines(view, { columns });

describe('a game day as text', () => {
  it('tells what goes on, what is asked, what was seen and what one may do', () => {
    const text = told(exampleView(), 100).join('\n');
    for (const part of [
      'payment-down-20261201-140000-a1b2, in staging. You act as observer.',
      'Phase: experiment. Stage 2 waits for an approval.',
      'Time left: 1 h 30 min (the experiment ends at 16:00:00).',
      'observer or on-call may approve it, never who proposed it',
      '    kill may hit 4 tasks',
      '  hash f00dfeed',
      '  1. One task: held, attempt 2',
      'predicted  queue: Orders queue. (as predicted)',
      'alert      payment-errors: late. It fired after 90 s.',
      '212 ms, before 80 ms, limit 250 ms',
      '14:29:00  A deployment began (CloudTrail, learnt of later)',
      'known until 14:20:00',
      '  approve ',
      'note "<text>"',
    ])
      expect(text).toContain(part);
  });

  it('stays within a narrow terminal, whatever people typed, and never moves its cursor', () => {
    const long =
      'a long note with \u001b[31mcolours\u001b[0m and\u0007 more words than fit on one line of a phone';
    const view = exampleView({
      now: long,
      halted: long,
      timeline: exampleView().timeline.map((line) => ({ ...line, text: long })),
    });
    for (const line of told(view, 44)) {
      expect(widthOf(line)).toBeLessThanOrEqual(64);
      expect(line).not.toMatch(/\p{Cc}/u);
    }
  });

  it('names the day of what was on another one, and cuts a long timeline unless all is asked for', () => {
    const [line] = exampleView().timeline;
    if (line === undefined) throw new Error('the example has a timeline');
    const timeline = Array.from({ length: 30 }, () => ({ ...line, at: '2026-11-30T10:00:00.000Z' }));
    const view = exampleView({ timeline });
    expect(told(view).join('\n')).toContain('  2026-11-30 10:00:00  A deployment began');
    expect(told(view).join('\n')).toContain('20 more: --all shows them');
    expect(
      viewLines(view, { columns: 80, all: true }).filter((text) => text.includes('A deployment')),
    ).toHaveLength(30);
  });
});

describe('a view that came over the wire', () => {
  it('is the one that was sent', () => {
    expect(readView(JSON.parse(JSON.stringify(exampleView())))).toEqual(exampleView());
  });

  it('is none where something is missing or is something else', () => {
    for (const [key, value] of Object.entries({
      asOf: 'yesterday',
      phase: 'party',
      offers: [{}],
      role: 'boss',
    }))
      expect(readView({ ...exampleView(), [key]: value })).toBeUndefined();
    expect(readView({ ...exampleView(), later: 'added' })).toEqual(exampleView());
  });

  it('tells a rehearsal that is paused, halted and being admitted, and what is still to be seen to', () => {
    const { pending } = exampleView();
    if (pending === undefined) throw new Error('the example waits for an approval');
    const { hash: _, expiresAt: __, ...admitted } = pending;
    const { endsAt: ___, timeLeftMs: ____, changesKnownUntil: _____, ...rest } = exampleView();
    const text = told({
      ...rest,
      isRehearsal: true,
      environment: 'shop',
      phase: 'pre-brief',
      isPaused: true,
      halted: 'bea halted everything',
      pending: admitted,
      preBrief: [
        { item: 'roles', text: 'Everybody knows their role.', doneBy: 'ann (operator)' },
        { item: 'bridge', text: 'Everybody is on the bridge.' },
      ],
      aggregates: [{ probe: 'queue', figure: 'value', label: 'items', unit: '', series: [] }],
    }).join('\n');
    for (const part of [
      'a rehearsal in shop',
      'Phase: pre-brief, paused.',
      'HALTED: bea halted everything',
      'its run is being admitted: nothing can be approved yet',
      '[x] roles: Everybody knows their role. (ann (operator))',
      '[ ] bridge: Everybody is on the bridge.',
      'queue     no data, before no data',
    ])
      expect(text).toContain(part);
    for (const part of ['Time left', 'expires at', 'limit', 'Changes in the account'])
      expect(text).not.toContain(part);
  });

  it.each<[string, Command]>([
    ['check roles', { do: 'check', item: 'roles', done: true }],
    ['check roles --undo', { do: 'check', item: 'roles', done: false }],
    ['propose go', { do: 'propose', proposal: { what: 'go' } }],
    ['propose stage 2', { do: 'propose', proposal: { what: 'stage', stage: 2 } }],
    ['extend 30m', { do: 'propose', proposal: { what: 'extend', byMs: 1_800_000 } }],
    ['extend 90s', { do: 'propose', proposal: { what: 'extend', byMs: 89_500 } }],
    ['observe 1 queue otherwise', { do: 'observe', stage: 1, prediction: 'queue', outcome: 'otherwise' }],
    [
      'observe 1 queue as-predicted',
      { do: 'observe', stage: 1, prediction: 'queue', outcome: 'as predicted' },
    ],
    ['refuse', { do: 'refuse', proposal: 'p3', hash: 'f00dfeed' }],
    ['resume', { do: 'resume' }],
    ['finish', { do: 'finish' }],
  ])('says with which words it is done: %s', (words, command) => {
    const offers = [{ id: 'it', label: 'Do it', command, tone: 'plain' as const }];
    expect(told(exampleView({ offers })).at(-1)).toMatch(new RegExp(`^  ${words} +Do it$`));
  });
});
