import { isShareLimit, type Limit } from './limit.ts';
import type { ProbeSpec, Seen } from './probe-spec.ts';
import {
  freshShareWatch,
  type Miss,
  missOf,
  type ShareWatch,
  type WatchedShare,
  watchWindow,
} from './share-watch.ts';
import { afterSample, isTooLong, lengthMs, noStreak, type Streak } from './streak.ts';

interface OpenWindow {
  readonly index: number;
  count: number;
  beyond: number;
  firstBeyondMs: number | undefined;
  lastBeyondMs: number | undefined;
}

/** What one tolerance's limit has seen over a stretch, in bounded memory. Samples come in the order of time. */
export class Gathered {
  readonly limit: Limit;
  designEffect: number;
  count = 0;
  beyond = 0;
  /** Windows of the watch in which something was seen. */
  windowsSeen = 0;
  /** The latest sample beyond the limit in a streak that was too long; undefined where there was none. */
  lastMissMs: number | undefined;
  /** When what was seen first told that the limit is missed; undefined where it never did. */
  noticedMs: number | undefined;
  private readonly spec: ProbeSpec;
  private readonly startMs: number;
  private readonly share: WatchedShare | undefined;
  private lastMs: number;
  private longestGapMs = 0;
  private running: Streak = noStreak;
  private watch: ShareWatch = freshShareWatch;
  private missed: Miss | undefined;
  private window: OpenWindow | undefined;

  constructor(spec: ProbeSpec, limit: Limit, startMs: number, designEffect: number) {
    this.spec = spec;
    this.limit = limit;
    this.startMs = startMs;
    this.lastMs = startMs;
    this.designEffect = designEffect;
    this.share = isShareLimit(limit) ? { limit, designEffect, windowMs: spec.windowMs } : undefined;
  }

  add(seen: Seen): void {
    const beyond = this.limit.beyond(seen);
    if (beyond === undefined) return;
    this.count += 1;
    if (beyond) this.beyond += 1;
    this.longestGapMs = Math.max(this.longestGapMs, seen.atMs - this.lastMs);
    this.lastMs = Math.max(this.lastMs, seen.atMs);
    this.addToWindow(seen.atMs, beyond);
    if (this.share !== undefined) return;
    this.running = afterSample(this.running, { atMs: seen.atMs, beyond }, this.spec.patienceMs);
    if (isTooLong(this.running, this.limit, 1)) this.find({ kind: 'streak', streak: this.running });
  }

  /** The longest time up to `endMs` in which nothing was seen that says anything about the limit. */
  gapMs(endMs: number): number {
    return Math.max(this.longestGapMs, endMs - this.lastMs);
  }

  /** The streak of samples compared one by one that was still running when they ended. */
  get streak(): Streak {
    return this.running;
  }

  /** What a watch would have ended the fault for; the longest of its kind. All samples are in. */
  miss(): Miss | undefined {
    this.closeWindow();
    return this.missed;
  }

  private addToWindow(atMs: number, beyond: boolean): void {
    const index = Math.floor((atMs - this.startMs) / this.spec.windowMs);
    if (this.window !== undefined && index > this.window.index) this.closeWindow();
    if (this.window === undefined) {
      this.window = { index, count: 0, beyond: 0, firstBeyondMs: undefined, lastBeyondMs: undefined };
      this.windowsSeen += 1;
    }
    this.window.count += 1;
    if (!beyond) return;
    this.window.beyond += 1;
    this.window.firstBeyondMs ??= atMs;
    this.window.lastBeyondMs = atMs;
  }

  private closeWindow(): void {
    const { window, share } = this;
    this.window = undefined;
    if (window === undefined || share === undefined) return;
    this.watch = watchWindow(this.watch, share, window);
    const miss = missOf(this.watch, share);
    if (miss !== undefined) this.find(miss);
  }

  private find(miss: Miss): void {
    this.noticedMs ??= miss.streak.lastMs;
    if (miss.kind === 'streak') this.lastMissMs = miss.streak.lastMs;
    const worst = this.missed;
    if (worst === undefined || worst.kind === miss.kind) {
      if (worst === undefined || lengthMs(miss.streak) >= lengthMs(worst.streak)) this.missed = miss;
    } else if (miss.kind === 'streak') this.missed = miss;
  }
}
