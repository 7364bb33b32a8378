import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createView } from '../../../lib/cli/view/view.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { experiment, progressOfRun, startMs, windowAt } from './view-fixture.ts';

/** A stream that keeps what is written to it. */
function fakeStream(size: { columns?: number; rows?: number } = {}) {
  const stream = Object.assign(new PassThrough(), size);
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { stream, written: () => text };
}

const base = { columns: 80, colours: false, experiment, environment: 'lab shop' };

describe('a run shown on something that is no terminal', () => {
  const shown = (): string => {
    const { stream, written } = fakeStream();
    const view = createView({
      ...base,
      stream,
      isTerminal: false,
      clock: createVirtualClock({ startMs, auto: false }),
    });
    for (const event of progressOfRun()) view.progress.tell(event);
    view.progress.tell({ kind: 'verdict', atMs: startMs + 23_000, verdict: 'deviated' });
    view.close();
    return written();
  };

  test('is one line for each thing that happens, and the figures every five seconds', () => {
    expect(shown().split('\n')).toEqual([
      'A slow database does not slow the shop (slow-database in lab shop)',
      '+0 s  admit: waiting for every check before a fault',
      '+2 s  baseline: waiting for steady state, before any fault, 10 s left',
      '+8 s  products: 50/s, p95 12 ms (below 250ms), errors 0% (below 1%), age 0.9 s (below 5s); health: no data; orders: no data',
      '+12 s  stage 1 of 2: one: waiting for the fault to have lasted, 12 s left',
      '+13 s  fault: running, 11 s left',
      '+13 s  slow started on shop-1',
      '+14 s  products: 50/s, p95 12 ms (below 250ms), errors 0% (below 1%), age 1 s (below 5s); health: no data; orders: no data',
      '+19 s  products: 50/s, p95 12 ms (below 250ms), errors 0% (below 1%), age 6 s (not below 5s); health: no data; orders: 0.2/s, value 48 (above 20)',
      '+23 s  verdict: deviated',
      '',
    ]);
  });

  test('holds no control character besides the ends of its lines', () => {
    expect(shown().replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('says the same thing once: slices of a phase repeat nothing', () => {
    const { stream, written } = fakeStream();
    const { progress } = createView({
      ...base,
      stream,
      isTerminal: false,
      clock: createVirtualClock({ startMs, auto: false }),
    });
    for (let slice = 0; slice < 3; slice += 1) {
      progress.tell({
        kind: 'phase',
        atMs: startMs + slice * 60_000,
        phase: 'baseline',
        waitingFor: 'steady state',
      });
      progress.tell({ kind: 'fault', atMs: startMs + slice * 60_000, stage: 0, status: 'running' });
    }
    expect(written().match(/baseline|running/g)).toHaveLength(2);
  });
});

const esc = String.fromCharCode(27);
const hide = `${esc}[?25l`;
const show = `${esc}[?25h`;

describe('a run shown on a terminal', () => {
  test('is redrawn in place, hides the cursor and gives it back', () => {
    const { stream, written } = fakeStream({ columns: 80, rows: 40 });
    const view = createView({
      ...base,
      stream,
      isTerminal: true,
      clock: createVirtualClock({ startMs, auto: false }),
    });
    for (const event of progressOfRun()) view.progress.tell(event);
    view.close();
    view.close();
    expect(written().split(hide)).toHaveLength(2);
    expect(written().endsWith(show)).toBe(true);
    expect(written().split(show)).toHaveLength(2);
    expect(written()).toContain(`${esc}[2K`);
  });

  test('counts down while nothing else happens, and stops when it is closed', async () => {
    const { stream, written } = fakeStream({ columns: 80, rows: 40 });
    const clock = createVirtualClock({ startMs, auto: false });
    const view = createView({ ...base, stream, isTerminal: true, clock });
    view.progress.tell({
      kind: 'phase',
      atMs: startMs,
      phase: 'baseline',
      waitingFor: 'steady state',
      untilMs: startMs + 10_000,
    });
    expect(written()).toContain('10 s left');
    await clock.advance(3_000);
    expect(written()).toContain('7 s left');
    view.close();
    await clock.advance(3_000);
    expect(written()).not.toContain('4 s left');
    expect(clock.sleepers).toBe(0);
  });

  test('is drawn again at the next tick when only a window has come', async () => {
    const { stream, written } = fakeStream({ columns: 80, rows: 40 });
    const clock = createVirtualClock({ startMs, auto: false });
    const view = createView({ ...base, stream, isTerminal: true, clock });
    view.progress.tell({ kind: 'phase', atMs: startMs, phase: 'baseline', waitingFor: 'steady state' });
    view.progress.tell({ kind: 'window', atMs: startMs + 1_000, window: windowAt(0) });
    expect(written()).not.toContain('12 ms');
    await clock.advance(250);
    expect(written()).toContain('12 ms');
    view.close();
  });

  test('has colours only when it is given them', () => {
    const codes = (colours: boolean): boolean => {
      const { stream, written } = fakeStream({ columns: 80, rows: 40 });
      const view = createView({
        ...base,
        colours,
        stream,
        isTerminal: true,
        clock: createVirtualClock({ startMs, auto: false }),
      });
      for (const event of progressOfRun()) view.progress.tell(event);
      view.close();
      return new RegExp(`${esc}\\[\\d+m`).test(written());
    };
    expect([codes(true), codes(false)]).toEqual([true, false]);
  });

  test('writes nothing at all when nothing was told', () => {
    const { stream, written } = fakeStream({ columns: 80, rows: 40 });
    createView({
      ...base,
      stream,
      isTerminal: true,
      clock: createVirtualClock({ startMs, auto: false }),
    }).close();
    expect(written()).toBe('');
  });
});
