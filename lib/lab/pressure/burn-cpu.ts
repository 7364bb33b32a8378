/** How long it computes at a stretch: short, so that it sees in time that it is to end. */
const periodMs = 20;

/** Computes for a share of the time, until this process ends. */
export function burnCpu(loadPercent: number): void {
  const busyMs = (periodMs * loadPercent) / 100;
  const turn = () => {
    const untilMs = performance.now() + busyMs;
    while (performance.now() < untilMs);
    // Even at full load it looks at its channel between two turns.
    if (loadPercent >= 100) setImmediate(turn);
    else setTimeout(turn, periodMs - busyMs);
  };
  turn();
}
