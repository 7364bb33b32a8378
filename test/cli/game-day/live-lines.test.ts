import { describe, expect, it } from 'vitest';
import { createLiveLines } from '../../../lib/cli/game-day/live-lines.ts';
import { openingLines } from '../../../lib/cli/game-day/opening-lines.ts';
import { widthOf } from '../../../lib/cli/view/text-width.ts';
import { exampleView } from '../../game-day/example-view.ts';

const paper = { columns: 80, colours: false } as const;

describe('a game day that is told as it goes on', () => {
  it('tells each line of the timeline once, in the order in which it was written, with what is asked', () => {
    const take = createLiveLines(paper);
    expect(take(exampleView())).toEqual([
      '14:28:00  on-call paged',
      '14:29:00  A deployment began',
      '       →  Stage 2 waits for an approval.',
      '          stage 1: 100% for 5 min',
      '          kill may hit 4 tasks',
    ]);
    expect(take(exampleView())).toEqual([]);
    const { timeline } = exampleView();
    const more = { number: 10, at: '2026-12-01T14:31:05.000Z', text: 'Bea approved it', by: 'bea' } as const;
    const next = exampleView({
      now: 'Stage 2 runs.',
      timeline: [{ ...more, isLate: false, tone: 'good' }, ...timeline],
    });
    const { pending: _, ...running } = next;
    expect(take(running)).toEqual(['14:31:05  Bea approved it', '       →  Stage 2 runs.']);
  });

  it('asks for nothing while a run is admitted: there is nothing to read yet', () => {
    const { pending } = exampleView();
    if (pending === undefined) throw new Error('the example waits for an approval');
    const { hash: _, ...admitted } = pending;
    const lines = createLiveLines(paper)(exampleView({ pending: admitted, timeline: [] }));
    expect(lines).toEqual(['       →  Stage 2 waits for an approval.']);
  });

  it('breaks what is long, and never lets what people typed move the cursor', () => {
    const text = 'a note \u001b[2Jthat goes on and on '.repeat(5);
    const timeline = exampleView().timeline.map((line) => ({ ...line, text }));
    for (const line of createLiveLines({ columns: 40, colours: false })(exampleView({ timeline }))) {
      expect(widthOf(line)).toBeLessThanOrEqual(40);
      expect(line).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('how people come into a rehearsal', () => {
  const links = {
    operator: 'http://127.0.0.1:1/join#a',
    observer: 'http://127.0.0.1:1/join#b',
    onCall: 'http://127.0.0.1:1/join#c',
    scribe: 'http://127.0.0.1:1/join#d',
    projector: `http://127.0.0.1:1/join#${'e'.repeat(60)}`,
  };

  it('names the edition, and a link for each role and the projector, none of them broken', () => {
    const lines = openingLines(exampleView(), links, { columns: 60, colours: false });
    const text = lines.join('\n');
    expect(text).toContain('Edition payment-down-20261201-140000-a1b2');
    expect(lines.filter((line) => line.includes('/join#'))).toEqual([
      `  operator   ${links.operator}`,
      `  observer   ${links.observer}`,
      `  on-call    ${links.onCall}`,
      `  scribe     ${links.scribe}`,
      `  projector  ${links.projector}`,
    ]);
    expect(text).toContain('Ctrl-C here ends every fault');
  });

  it('speaks of other terminals alone where there is no page', () => {
    const text = openingLines(exampleView(), undefined, paper).join('\n');
    expect(text).not.toContain('link');
    expect(text).toContain('--role scribe --as <your name>');
  });
});
