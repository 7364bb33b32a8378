import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createManyView } from '../../../lib/cli/rehearsals/many-view.ts';
import type { Told } from '../../../lib/cli/rehearsals/messages.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { startMs } from '../view/view-fixture.ts';
import { endOf, jobOf } from './jobs.ts';

const phase = (given: Partial<Extract<Told, { kind: 'phase' }>> = {}): Told => ({
  kind: 'phase',
  atMs: startMs,
  phase: 'baseline',
  waitingFor: 'steady state',
  ...given,
});

function shown(isTerminal: boolean, size: { columns?: number; rows?: number } = {}) {
  const [first, second, third] = [jobOf('first'), jobOf('second'), jobOf('third')] as const;
  const jobs = [first, second, third, jobOf('fourth')];
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), size);
  const clock = createVirtualClock({ startMs, auto: false });
  const view = createManyView({ stream, isTerminal, colours: false, clock, jobs, title: '4 rehearsals' });
  /** What was written since the last look. */
  const raw = (): string => String(stream.read() ?? '');
  return { first, second, third, clock, view, raw, written: () => stripVTControlCharacters(raw()) };
}

describe('many rehearsals on a terminal', () => {
  it('stand in a list that is drawn again as time passes', async () => {
    const { first, second, third, clock, view, written } = shown(true);
    expect(written()).toMatch(/^4 rehearsals\n\n · first *\n · second *\n · third *\n · fourth *\n/);

    view.begin(first);
    view.begin(second);
    view.tell(first, phase({ untilMs: clock.now() + 10_250 }));
    // What is told of a rehearsal that has not begun changes nothing.
    view.tell(third, phase());
    await clock.advance(250);
    const running = written();
    expect(running).toMatch(/▶ first +0 s +baseline, 10 s left\n/);
    expect(running).toMatch(/▶ second +0 s +its lab is starting\n/);
    expect(running).not.toContain('▶ third');

    view.end(endOf(first, 'held'));
    view.end(endOf(second, 'deviated', { seconds: 70 }));
    view.end(endOf(third, 'not run'));
    view.note('the machine is busy');
    await clock.advance(250);
    const ended = written();
    expect(ended).toMatch(/✔ first +12 s +held\n/);
    expect(ended).toMatch(/✗ second +70 s +deviated\n/);
    expect(ended).toMatch(/✗ third +not run\n/);
    expect(ended).toContain('the machine is busy');
    view.close();
  });

  it('shows first what runs, then what ended last, where there is little room', async () => {
    const { first, second, third, clock, view, written } = shown(true, { columns: 60, rows: 6 });
    view.end(endOf(first, 'held'));
    view.end(endOf(second, 'held'));
    view.begin(third);
    view.tell(third, phase({ phase: 'approve' }));
    expect(written()).toContain('and 2 more');
    await clock.advance(250);
    const text = written();
    expect(text).toMatch(/▶ third .*await approval/);
    expect(text).toContain('✔ second');
    expect(text).not.toContain('✔ first');
    view.close();
  });

  it('gives the cursor back once, and draws nothing more', async () => {
    const { clock, view, raw } = shown(true, { columns: 40, rows: 20 });
    expect(raw()).toContain('\u001B[?25l');
    view.close();
    expect(raw()).toContain('\u001B[?25h');
    view.close();
    await clock.advance(1_000);
    expect(raw()).toBe('');
    expect(clock.sleepers).toBe(0);
  });
});

describe('many rehearsals on something that is no terminal', () => {
  it('are a line for each step, and none where nothing has changed', async () => {
    const { first, second, clock, view, written } = shown(false);
    view.tell(first, phase());
    view.begin(first);
    view.tell(first, phase());
    view.tell(first, phase({ untilMs: startMs + 1_000 }));
    view.tell(first, { kind: 'verdict', atMs: startMs, verdict: 'held' });
    await clock.advance(12_000);
    view.end(endOf(first, 'held'));
    view.end(endOf(second, 'not run', { seconds: 0 }));
    view.note('the machine is busy');
    view.close();
    expect(written()).toBe(
      `4 rehearsals
+0 s  first: its lab is starting
+0 s  first: baseline
+12 s  first: held after 12 s
+12 s  second: not run after 0 s
+12 s  the machine is busy
`,
    );
  });
});
