import { describe, expect, test } from 'vitest';
import { gaugesOf } from '../../../lib/cli/view/gauge.ts';
import { paint } from '../../../lib/cli/view/line.ts';
import { emptyPicture, type RunPicture, withEvent } from '../../../lib/cli/view/run-picture.ts';
import { screen } from '../../../lib/cli/view/screen.ts';
import { widthOf } from '../../../lib/cli/view/text-width.ts';
import type { ProgressEvent } from '../../../lib/run/progress.ts';
import { experiment, progressOfRun, startMs } from './view-fixture.ts';

const pictureAfter = (events: Iterable<ProgressEvent>): RunPicture =>
  [...events].reduce(withEvent, emptyPicture(experiment));

const show = (picture: RunPicture, size: { columns?: number; rows?: number } = {}): string[] =>
  screen(picture, {
    title: experiment.title,
    subject: 'slow-database in lab shop',
    gauges: gaugesOf(experiment),
    columns: size.columns ?? 80,
    rows: size.rows,
    nowMs: startMs + 22_000,
  }).map((line) => paint(line, false).trimEnd());

describe('the live view', () => {
  test('shows the phases, what is waited for, the countdown of the fault and each probe against its tolerances', () => {
    expect(show(pictureAfter(progressOfRun()))).toEqual([
      'A slow database does not slow the shop',
      'slow-database in lab shop',
      '',
      ' ✔ admit                   2 s',
      ' ✔ baseline                10 s',
      ' ▶ stage 1 of 2: one       10 s',
      ' · stage 2 of 2: 100%',
      ' · recover',
      ' · conclude',
      '',
      ' waiting for the fault to have lasted  2 s left',
      ' fault       running  2 s left',
      '',
      ' products    50/s   p95        12 ms   below 250ms   ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁',
      '                    errors        0%   below 1%      ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁',
      '                    age          9 s ✗ below 5s      ▂▂▂▂▂▂▂▂▂▂▂▃▅▆█████',
      ' health             p95      no data',
      '                    errors   no data   below 1%',
      ' orders      0.2/s  value         48   above 20      ██',
      '',
      ' +13 s       slow started on shop-1',
    ]);
  });

  test.each([20, 60, 80, 200])('never is wider than a terminal of %d columns', (columns) => {
    const long = 'a note that is much too long to fit on a terminal of any ordinary width, '.repeat(4);
    const picture = pictureAfter([
      ...progressOfRun(),
      { kind: 'note', atMs: startMs, text: long },
      { kind: 'phase', atMs: startMs, phase: 'recover', waitingFor: long, untilMs: startMs + 30_000 },
    ]);
    for (const line of show(picture, { columns })) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  test('cuts what is waited for before it cuts how long that still takes', () => {
    const picture = pictureAfter([
      {
        kind: 'phase',
        atMs: startMs,
        phase: 'recover',
        waitingFor: 'all probes to be back '.repeat(9),
        untilMs: startMs + 30_000,
      },
    ]);
    expect(show(picture, { columns: 60 }).find((line) => line.includes('waiting for'))).toMatch(
      /…\s+8 s left$/,
    );
  });

  test('never is higher than the terminal', () => {
    expect(show(pictureAfter(progressOfRun()), { rows: 12 })).toHaveLength(11);
  });

  test('says which stages were left out when the run went on without them', () => {
    const picture = pictureAfter([
      ...progressOfRun(),
      { kind: 'phase', atMs: startMs + 22_000, phase: 'recover', waitingFor: 'steady state' },
    ]);
    expect(show(picture)).toContain(' – stage 2 of 2: 100%      left out');
    expect(show(picture).join('\n')).not.toContain(' fault ');
  });

  test('ends with the verdict, and waits for nothing more', () => {
    const picture = pictureAfter([
      ...progressOfRun(),
      { kind: 'verdict', atMs: startMs + 22_000, verdict: 'deviated' },
    ]);
    expect(show(picture)).toContain(' verdict     deviated');
    expect(show(picture).join('\n')).not.toContain('waiting for');
  });

  test('lets nothing from outside move the cursor', () => {
    const picture = pictureAfter([
      ...progressOfRun(),
      { kind: 'note', atMs: startMs, text: 'gone\u001b[2J\r\n' },
    ]);
    expect(show(picture).join('')).not.toMatch(/\p{Cc}/u);
  });
});
