/** What went through the connections of a link together, and what they hold back now. */
export interface Traffic {
  bytes: number;
  delayedChunks: number;
  /** What is held back, as `costOf` counts it. */
  held: number;
}

export const noTraffic = (): Traffic => ({ bytes: 0, delayedChunks: 0, held: 0 });

/** What one held piece costs beside its bytes: the objects around it, measured as 180 to 250 bytes. */
const pieceCost = 256;

export const costOf = (bytes: number): number => bytes + pieceCost;
