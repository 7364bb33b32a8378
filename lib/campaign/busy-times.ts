/** From an instant up to, not including, another. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** When something is taken: intervals in order, of which no two touch. */
export interface BusyTimes {
  /** The first instant from `fromMs` on at which it is free for `lengthMs`. */
  firstFree(fromMs: number, lengthMs: number): number;
  add(fromMs: number, toMs: number): void;
  /** What of an interval is taken. */
  within(fromMs: number, toMs: number): Interval[];
}

/** A stretch of neighbouring intervals. */
interface Block {
  readonly starts: number[];
  readonly ends: number[];
  /** The longest gap behind any of its intervals: that behind the last one ends where the next block begins. */
  longestGapMs: number;
}

/** About the square root of what a large campaign puts into one list, so that neither a block nor the list of blocks is long. */
const largestBlock = 128;

/** Behind the last of them is never. */
const timeAt = (times: readonly number[], index: number): number => times[index] ?? Number.POSITIVE_INFINITY;

/** The place of the last of these ascending numbers that is at most `atMost`; -1 where none is. */
function lastAtMost(count: number, numberAt: (index: number) => number, atMost: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numberAt(middle) <= atMost) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Busy times in blocks, each of which knows its longest gap: finding room skips the blocks that have none, and adding shifts no more than
 * one block. A plan adds and asks tens of thousands of times.
 */
export function createBusyTimes(): BusyTimes {
  const blocks: Block[] = [];
  const firstStart = (index: number) => blocks[index]?.starts[0] ?? Number.POSITIVE_INFINITY;
  const blockBefore = (ms: number) => Math.max(0, lastAtMost(blocks.length, firstStart, ms));

  const measure = (index: number): void => {
    const block = blocks[index];
    if (block === undefined) return;
    const { starts, ends } = block;
    let longest = 0;
    for (const [at, end] of ends.entries())
      longest = Math.max(longest, (starts[at + 1] ?? firstStart(index + 1)) - end);
    block.longestGapMs = longest;
  };

  const split = (block: Block, index: number): void => {
    if (block.starts.length <= largestBlock) return;
    const half = block.starts.length >>> 1;
    const second = { starts: block.starts.splice(half), ends: block.ends.splice(half), longestGapMs: 0 };
    blocks.splice(index + 1, 0, second);
    measure(index + 1);
  };

  return {
    firstFree: (fromMs, lengthMs) => {
      let at = fromMs;
      let index = blockBefore(fromMs);
      for (let block = blocks[index]; block !== undefined; index += 1, block = blocks[index]) {
        const { starts, ends, longestGapMs } = block;
        let next = lastAtMost(starts.length, (one) => timeAt(starts, one), at) + 1;
        if (next > 0) at = Math.max(at, timeAt(ends, next - 1));
        // What lies before the block's first interval is the gap of the block before it, or of nobody.
        if ((starts[next] ?? firstStart(index + 1)) - at >= lengthMs) return at;
        if (longestGapMs < lengthMs) {
          at = Math.max(at, timeAt(ends, ends.length - 1));
          continue;
        }
        for (; next < starts.length; next += 1) {
          at = timeAt(ends, next);
          if ((starts[next + 1] ?? firstStart(index + 1)) - at >= lengthMs) return at;
        }
      }
      return at;
    },

    add: (fromMs, toMs) => {
      let [low, high] = [fromMs, toMs];
      let index = blockBefore(fromMs);
      const first = blocks[index];
      if (first === undefined) {
        blocks.push({ starts: [fromMs], ends: [toMs], longestGapMs: Number.POSITIVE_INFINITY });
        return;
      }
      const inFirst = lastAtMost(first.ends.length, (one) => timeAt(first.ends, one), fromMs - 1) + 1;
      let position = inFirst;
      for (let block: Block | undefined = first; block !== undefined; block = blocks[index]) {
        const { starts, ends } = block;
        let end = position;
        for (; end < starts.length && timeAt(starts, end) <= high; end += 1) {
          low = Math.min(low, timeAt(starts, end));
          high = Math.max(high, timeAt(ends, end));
        }
        const isSpent = end === starts.length;
        starts.splice(position, end - position);
        ends.splice(position, end - position);
        if (!isSpent) break;
        position = 0;
        if (block !== first && starts.length === 0) blocks.splice(index, 1);
        else index += 1;
      }
      first.starts.splice(inFirst, 0, low);
      first.ends.splice(inFirst, 0, high);
      const own = blocks.indexOf(first);
      measure(own + 1);
      split(first, own);
      measure(own);
      measure(own - 1);
    },

    within: (fromMs, toMs) => {
      const found: Interval[] = [];
      let index = blockBefore(fromMs);
      for (let block = blocks[index]; block !== undefined; index += 1, block = blocks[index]) {
        const { starts, ends } = block;
        if (timeAt(starts, 0) >= toMs) break;
        let at = lastAtMost(ends.length, (one) => timeAt(ends, one), fromMs) + 1;
        for (; timeAt(starts, at) < toMs; at += 1)
          found.push({
            fromMs: Math.max(fromMs, timeAt(starts, at)),
            toMs: Math.min(toMs, timeAt(ends, at)),
          });
      }
      return found;
    },
  };
}

/** When something that several can use at once is used by all it has room for. */
export interface Capacity {
  /** When there is no room. */
  readonly full: BusyTimes;
  add(fromMs: number, toMs: number): void;
}

/** Room for `places` at once: the times when at least one uses it, at least two, and so on. */
export function createCapacity(places: number): Capacity {
  const full = createBusyTimes();
  const levels = [...Array.from({ length: places - 1 }, createBusyTimes), full];
  return {
    full,
    add: (fromMs, toMs) => {
      let adding = [{ fromMs, toMs }];
      for (const level of levels) {
        // What is used so often already counts once more, on the next level.
        const again = level.within(fromMs, toMs);
        for (const one of adding) level.add(one.fromMs, one.toMs);
        adding = again;
      }
    },
  };
}
