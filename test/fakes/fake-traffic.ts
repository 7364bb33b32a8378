import type { Clock, Traffic, TrafficRequest } from '../../lib/run/ports.ts';

export interface FakeTraffic extends Traffic {
  /** Everything that was asked, also what was refused. */
  readonly requests: readonly TrafficRequest[];
  /** How many times over there is load now: once, or not at all. */
  readonly running: () => number;
}

/** What a team's own function does: load from one time to another, each time once, until it is stopped. */
export function createFakeTraffic(
  clock: Pick<Clock, 'now'>,
  refuses: (request: TrafficRequest) => Error | undefined = () => undefined,
): FakeTraffic {
  const requests: TrafficRequest[] = [];
  const windows = new Map<string, { readonly fromMs: number; readonly untilMs: number }>();
  return {
    requests,
    running: () =>
      [...windows.values()].filter(({ fromMs, untilMs }) => fromMs <= clock.now() && clock.now() < untilMs)
        .length,
    ask: async (request) => {
      requests.push(request);
      const refusal = refuses(request);
      if (refusal !== undefined) throw refusal;
      const { action, runId, fromMs, untilMs } = request;
      if (action === 'stop') windows.clear();
      else windows.set(`${runId} ${fromMs}`, { fromMs, untilMs });
    },
  };
}
