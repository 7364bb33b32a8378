/** Values below 2048 are told apart one by one, larger ones to 1024 steps in each doubling: an error of less than 0.1 %. */
const steps = 1_024;
const stepBits = 10;

/** Where a whole number from 0 to 2^32 - 1 is counted. */
function placeOf(value: number): number {
  const doublings = Math.max(0, 31 - Math.clz32(value) - stepBits);
  return doublings * steps + Math.floor(value / 2 ** doublings);
}

/** The largest number that is counted at a place. */
function highestAt(place: number): number {
  const doublings = Math.max(0, Math.floor(place / steps) - 1);
  return (place - doublings * steps + 1) * 2 ** doublings - 1;
}

/**
 * Counts whole numbers from 0 to 2^32 - 1 as a high dynamic range histogram does (HdrHistogram, Gil Tene, with three significant
 * digits), and gives what it gives, in memory that is bounded however many there are. Its port to JavaScript carries a compressor, a
 * parser and WebAssembly with it, which is more than the rest of a function.
 */
export class LatencyCounts {
  private counts = new Uint32Array(0);

  add(value: number): void {
    const place = placeOf(value);
    if (place >= this.counts.length) {
      const grown = new Uint32Array(Math.max(place + 1, 2 * this.counts.length));
      grown.set(this.counts);
      this.counts = grown;
    }
    this.counts[place] = (this.counts[place] ?? 0) + 1;
  }

  /** The number of a rank, counted from the smallest, which has rank 1: the highest that is not told apart from it. */
  atRank(rank: number): number {
    let seen = 0;
    for (let place = 0; place < this.counts.length; place += 1) {
      seen += this.counts[place] ?? 0;
      if (seen >= rank) return highestAt(place);
    }
    return 0;
  }
}
