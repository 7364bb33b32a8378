import type { Verdict } from '../../lib/experiment/verdict.ts';
import type { PastRun } from '../../lib/report/over-time/past-run.ts';
import { seededRandom } from '../../lib/run/seeded-random.ts';

/** When the last of the runs began. */
export const nowMs = Date.parse('2026-12-01T00:00:00Z');
const dayMs = 86_400_000;
export const spanMs = 90 * dayMs;
const experiments = 40;

/** The verdicts of every twenty runs. */
const verdicts: readonly Verdict[] = [
  ...Array.from({ length: 15 }, () => 'held' as const),
  'deviated',
  'deviated',
  'inconclusive',
  'rejected',
  'unrecovered',
];

/** So many runs over a quarter of a year, the same for the same seed; each of its own moment, summary and time to recover. */
export function drawnRuns(count: number, seed: number): PastRun[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const start = new Date(nowMs - Math.floor(random.next() * spanMs) - 1);
    const drawn = verdicts[Math.floor(random.next() * verdicts.length)] ?? 'held';
    const which = Math.floor(random.next() * experiments);
    return {
      runId: `experiment-${which}-20261101T000000Z-${index.toString(16).padStart(4, '0')}`,
      experiment: `experiment-${which}`,
      title: `The shop withstands what experiment ${which} does to it`,
      environment: 'staging',
      verdict: drawn,
      summary: `products: p95 was ${Math.round(random.next() * 900)} ms in 12,000 samples, and is to stay below 250ms while the database answers late.`,
      start: start.toISOString(),
      end: new Date(start.getTime() + 600_000).toISOString(),
      hash: 'a'.repeat(64),
      services: ['shop'],
      faults: ['aws:ecs:task-network-latency'],
      ...(drawn === 'rejected' || drawn === 'unrecovered' ? {} : { recoverySeconds: 1 + 20 * random.next() }),
      ...(drawn === 'deviated' ? { hint: 'Give calls to the database a time-out.', blind: ['health'] } : {}),
    };
  });
}
