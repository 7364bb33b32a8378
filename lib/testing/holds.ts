import { AssertionError } from 'node:assert';
import { parseDuration } from '../fis/quantity.ts';
import { systemClock } from '../probing/system-clock.ts';
import type { Clock } from '../run/ports.ts';
import { createToleranceJudge } from '../steady-state/judge-tolerance.ts';
import type { ToleranceJudgement } from '../steady-state/judgement.ts';
import { limitsOf } from '../steady-state/limit.ts';
import { samplesNeeded } from '../steady-state/power.ts';
import type { ProbeSpec } from '../steady-state/probe-spec.ts';
import { refused } from './refused.ts';
import { type Look, type SamplingOptions, specOf, startSampling, type TestTolerances } from './sampling.ts';
import { lookingAt, type Subject, type TestProbe } from './subject.ts';

/** For how long something must hold: so long, or while a body runs. */
export interface HoldOptions extends SamplingOptions {
  /** Default `'2s'`, where no body is given. */
  readonly for?: string;
  readonly during?: () => unknown;
}

/** What came of it: `unknown` is too little seen to tell, which is never taken for good. */
export interface Held {
  readonly state: 'met' | 'missed' | 'unknown';
  /** One sentence for each tolerance. */
  readonly text: string;
}

const defaultFor = '2s';

export function millisecondsOf(name: string, text: string): number {
  const read = parseDuration(text);
  if (read !== undefined && read.ms > 0) return read.ms;
  throw refused('the way of sampling cannot be used', [
    { code: 'invalid', path: [name], message: `'${text}' is no duration, such as '2s'` },
  ]);
}

/** For a share that too few samples say something about: how many would, if none lay beyond. */
function hintOf(spec: ProbeSpec, tolerances: readonly ToleranceJudgement[]): string {
  const needed = tolerances
    .filter(({ state }) => state === 'unknown')
    .flatMap(({ tolerance }) => {
      const limit = limitsOf(spec.tolerances).find((one) => one.tolerance === tolerance);
      return limit?.rule.kind === 'share'
        ? (samplesNeeded({ allowed: limit.rule.allowed, designEffect: 1, share: 0 }) ?? [])
        : [];
    });
  if (needed.length === 0) return '';
  const samples = Math.max(...needed);
  const seconds = Math.ceil((samples * spec.intervalMs) / 1_000);
  return `\n  it takes ${samples} samples at least to tell: ${seconds} s at ${Math.round(1_000 / spec.intervalMs)}/s`;
}

const worst = (judged: readonly ToleranceJudgement[]): Held['state'] =>
  judged.some(({ state }) => state === 'missed')
    ? 'missed'
    : judged.length > 0 && judged.every(({ state }) => state === 'met')
      ? 'met'
      : 'unknown';

const inWords = ({ tolerance, state, reason }: ToleranceJudgement): string =>
  `\n  ${tolerance} is ${state}: ${reason}`;

/** Looks at something at a fixed rate and judges whether it stayed within tolerances, as a stage of an experiment is judged. */
export async function judgeHold(
  look: Look,
  tolerances: TestTolerances,
  options: HoldOptions = {},
  clock: Clock = systemClock,
): Promise<Held> {
  const spec = specOf(tolerances, options);
  const lastsMs = millisecondsOf('for', options.for ?? defaultFor);
  const sampling = startSampling(look, spec, clock);
  let endMs = sampling.startMs;
  try {
    await (options.during === undefined ? clock.sleep(lastsMs) : options.during());
  } finally {
    endMs = await sampling.stop();
  }
  const judge = createToleranceJudge(spec, sampling.startMs);
  for (const seen of sampling.seen()) judge.add(seen);
  const judged = judge.judge(endMs);
  return { state: worst(judged), text: judged.map(inWords).join('') + hintOf(spec, judged) };
}

/**
 * Fails unless something stays within tolerances: a function, or what a probe asks of a lab. Too few samples to tell fail too.
 *
 * @example
 * await assertHolds(() => shop.fetch('shop', '/products'), { p95: { below: '250ms' } }, { for: '3s' });
 * await assertHolds(shop, { http: { service: 'shop', path: '/products' }, tolerances: { p95: { below: '250ms' } } });
 */
export async function assertHolds(
  subject: Subject,
  asked: TestTolerances | TestProbe,
  options: HoldOptions = {},
): Promise<void> {
  const looking = lookingAt(subject, asked, options, 'assertHolds');
  const { state, text } = await judgeHold(looking.look, looking.tolerances, looking.options);
  if (state !== 'met') throw new AssertionError({ message: `it did not hold:${text}` });
}
