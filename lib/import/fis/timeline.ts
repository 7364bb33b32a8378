/** What of an action its place in time depends on. */
interface Timed {
  readonly name: string;
  readonly ms: number;
  readonly startAfter: readonly string[];
}

/** Actions that last at the same time, and when. */
export interface Step<A> {
  readonly actions: readonly A[];
  readonly startMs: number;
  readonly endMs: number;
  /** How long nothing happens afterwards, before the next step or the end. */
  readonly restMs: number;
}

/** When each action starts and ends, by its name: FIS starts it once all that it names have ended; undefined where they wait for each other. */
export function timesOf(
  actions: readonly Timed[],
): Map<string, { startMs: number; endMs: number }> | undefined {
  const times = new Map<string, { startMs: number; endMs: number }>();
  let left = actions;
  while (left.length > 0) {
    const ready = left.filter(({ startAfter }) => startAfter.every((name) => times.has(name)));
    if (ready.length === 0) return undefined;
    for (const { name, ms, startAfter } of ready) {
      const startMs = Math.max(0, ...startAfter.map((earlier) => times.get(earlier)?.endMs ?? 0));
      times.set(name, { startMs, endMs: startMs + ms });
    }
    left = left.filter(({ name }) => !times.has(name));
  }
  return times;
}

/**
 * The faults of a template in steps, each of what overlaps in time.
 *
 * @param actions all actions, none of which waits for another in a circle
 * @param isFault whether an action does anything but wait
 */
export function stepsOf<A extends Timed>(
  actions: readonly A[],
  isFault: (action: A) => boolean,
): { readonly steps: readonly Step<A>[]; readonly beforeMs: number } {
  const times = timesOf(actions) ?? new Map<string, { startMs: number; endMs: number }>();
  const timeOf = ({ name }: A) => times.get(name) ?? { startMs: 0, endMs: 0 };
  const wholeMs = Math.max(0, ...actions.map((action) => timeOf(action).endMs));
  const groups: { actions: A[]; startMs: number; endMs: number }[] = [];
  for (const action of actions.filter(isFault).toSorted((a, b) => timeOf(a).startMs - timeOf(b).startMs)) {
    const { startMs, endMs } = timeOf(action);
    const last = groups.at(-1);
    if (last !== undefined && (startMs < last.endMs || startMs === last.startMs)) {
      last.actions.push(action);
      last.endMs = Math.max(last.endMs, endMs);
    } else groups.push({ actions: [action], startMs, endMs });
  }
  const steps = groups.map((group, index) => ({
    ...group,
    restMs: (groups[index + 1]?.startMs ?? wholeMs) - group.endMs,
  }));
  return { steps, beforeMs: steps[0]?.startMs ?? 0 };
}
