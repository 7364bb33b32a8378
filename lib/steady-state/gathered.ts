import type { Limit } from './limit.ts';
import type { ProbeSpec, Seen } from './probe-spec.ts';
import { afterSample, afterWindow, isTooLong, lengthMs, noStreak, type Streak } from './streak.ts';

/** Samples of one window of the watch that say something about a limit. */
interface WindowCount {
  readonly index: number;
  count: number;
  beyond: number;
}

/** What one tolerance's limit has seen over a stretch, in bounded memory. Samples come in the order of time. */
export class Gathered {
  readonly limit: Limit;
  count = 0;
  beyond = 0;
  private readonly spec: ProbeSpec;
  private readonly startMs: number;
  private lastMs: number;
  private longestGapMs = 0;
  private running: Streak = noStreak;
  private worst: Streak = noStreak;
  private window: WindowCount | undefined;

  constructor(spec: ProbeSpec, limit: Limit, startMs: number) {
    this.spec = spec;
    this.limit = limit;
    this.startMs = startMs;
    this.lastMs = startMs;
  }

  add(seen: Seen): void {
    const beyond = this.limit.beyond(seen);
    if (beyond === undefined) return;
    this.count += 1;
    if (beyond) this.beyond += 1;
    this.longestGapMs = Math.max(this.longestGapMs, seen.atMs - this.lastMs);
    this.lastMs = Math.max(this.lastMs, seen.atMs);
    if (this.limit.rule.kind === 'each') {
      this.carry(afterSample(this.running, { atMs: seen.atMs, beyond }, this.spec.patienceMs));
    } else {
      this.addToWindow(seen.atMs, beyond);
    }
  }

  /** The longest time up to `endMs` in which nothing was seen that says anything about the limit. */
  gapMs(endMs: number): number {
    return Math.max(this.longestGapMs, endMs - this.lastMs);
  }

  /** The streak that was still running when the samples ended. */
  get streak(): Streak {
    return this.running;
  }

  /** The longest streak by `endMs` that is longer than the tolerance may be missed: what the watch ends a fault for. */
  tooLong(endMs: number): Streak | undefined {
    const last = this.window === undefined ? this.running : this.afterOpenWindow(this.window, endMs);
    const worst = isWorse(last, this.worst, this.limit) ? last : this.worst;
    return isTooLong(worst, this.limit) ? worst : undefined;
  }

  private addToWindow(atMs: number, beyond: boolean): void {
    const index = Math.floor((atMs - this.startMs) / this.spec.windowMs);
    if (this.window !== undefined && index > this.window.index) {
      this.carry(this.afterOpenWindow(this.window, Number.POSITIVE_INFINITY));
      this.window = undefined;
    }
    this.window ??= { index, count: 0, beyond: 0 };
    this.window.count += 1;
    if (beyond) this.window.beyond += 1;
  }

  private afterOpenWindow({ index, count, beyond }: WindowCount, untilMs: number): Streak {
    const startMs = this.startMs + index * this.spec.windowMs;
    const endMs = Math.min(untilMs, startMs + this.spec.windowMs);
    return afterWindow(this.running, this.limit, { startMs, endMs, count, beyond });
  }

  private carry(streak: Streak): void {
    this.running = streak;
    if (isWorse(streak, this.worst, this.limit)) this.worst = streak;
  }
}

/** A streak that is too long is worse than any that is not; of two alike, the longer. */
function isWorse(one: Streak, other: Streak, limit: Limit): boolean {
  const [a, b] = [isTooLong(one, limit), isTooLong(other, limit)];
  return a === b ? lengthMs(one) > lengthMs(other) : a;
}
