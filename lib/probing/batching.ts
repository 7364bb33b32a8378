import { messageOf } from '../experiment/steadfast-error.ts';
import type { Clock, ProbeOutcome, ProbeRequest, SelfCheckLook } from '../run/ports.ts';
import type { BatchAnswer, BatchDocument } from './batch.ts';

/** How long before they are due a prober elsewhere wants its requests. */
export const leadMs = 2_000;

/** Requests of so long a time go together: about one call a second. */
const collectMs = 1_000;

/** A batch is on its way this long before its first request is due, so that a function that must be started first is up by then. */
const aheadMs = leadMs - collectMs;

/** What asks at once wait for others. */
const atOnceMs = 20;

/** How long an answer may be on its way, besides what the requests themselves take, a self-check included. */
const transitMs = 1_500;

/** Farther apart than this, two clocks do not tell the same time: a request that is due by one is late by the other. */
const apartMs = 100;

/** A prober that stands elsewhere, and is called with batches. */
export interface RemotePoint {
  ask(request: ProbeRequest): Promise<ProbeOutcome>;
  /** When those requests of a probe were due at the latest that are known to be under way. */
  underWay(probe: string): readonly number[];
  look(): Promise<SelfCheckLook | undefined>;
}

interface Waiting {
  readonly request: ProbeRequest;
  readonly resolve: (outcome: ProbeOutcome) => void;
}

/** Calls a prober that stands elsewhere. Whatever keeps a batch from its outcomes is the prober's own failure. */
export function createRemotePoint(options: {
  readonly name: string;
  readonly clock: Clock;
  /** What every batch says. */
  readonly common: Pick<BatchDocument, 'secrets' | 'selfCheck' | 'services'>;
  /** @throws what keeps the batch from being answered */
  readonly call: (batch: BatchDocument, signal: AbortSignal) => Promise<BatchAnswer>;
}): RemotePoint {
  const { name, clock, common, call } = options;
  const ofProber = (what: string): ProbeOutcome => ({ error: `prober: vantage point ${name}: ${what}` });
  const collecting = new Set<Waiting>();
  const calls = new Set<readonly ProbeRequest[]>();
  let flushMs = Number.POSITIVE_INFINITY;

  const callWithin = async (batch: BatchDocument, untilMs: number): Promise<BatchAnswer> => {
    const tooLate = new AbortController();
    const done = new AbortController();
    const sentMs = clock.now();
    const late = clock.sleep(untilMs - sentMs, done.signal).then(() => {
      if (!done.signal.aborted) tooLate.abort();
      return undefined;
    });
    try {
      const answer = await Promise.race([call(batch, tooLate.signal), late]);
      if (answer === undefined)
        throw new Error(`no answer within ${((untilMs - sentMs) / 1_000).toFixed(1)} s`);
      const aheadOfUs = Math.max(answer.endedMs - clock.now(), sentMs - answer.beganMs);
      if (aheadOfUs > apartMs) throw new Error(`its clock is ${aheadOfUs.toFixed(0)} ms off`);
      return answer;
    } finally {
      done.abort();
    }
  };

  const send = async (waiting: readonly Waiting[]): Promise<void> => {
    const requests = waiting.map(({ request }) => request);
    calls.add(requests);
    try {
      const batch = {
        ...common,
        // All requests of a run say the same.
        selfCheckWorks: requests.some(({ selfChecks }) => selfChecks?.includes(name)),
        looks: false,
        probes: Object.fromEntries(
          requests.map(({ probe, definition: { http } }) => [probe, { http, tolerances: anyTolerance }]),
        ),
        asks: requests.map(({ probe, dueMs, timeoutMs }) => ({ probe, dueMs, timeoutMs })),
      };
      const lastMs = Math.max(clock.now(), ...requests.map(({ dueMs }) => dueMs));
      const longestMs = Math.max(...requests.map(({ timeoutMs }) => timeoutMs));
      const { outcomes } = await callWithin(batch, lastMs + longestMs + transitMs + apartMs);
      for (const [index, { resolve }] of waiting.entries())
        resolve(outcomeOf(outcomes[index]) ?? ofProber('it left this request out of its answer'));
    } catch (thrown) {
      for (const { resolve } of waiting) resolve(ofProber(messageOf(thrown)));
    } finally {
      calls.delete(requests);
    }
  };

  const flush = () => {
    flushMs = Number.POSITIVE_INFINITY;
    const waiting = [...collecting];
    collecting.clear();
    // A batch is answered when all of it is: who waits longer must not keep others waiting.
    for (const alike of Map.groupBy(waiting, ({ request }) => request.timeoutMs).values()) void send(alike);
  };

  return {
    ask: (request) =>
      new Promise((resolve) => {
        collecting.add({ request, resolve });
        const nowMs = clock.now();
        const waitMs = Math.min(collectMs, Math.max(atOnceMs, request.dueMs - aheadMs - nowMs));
        const mineMs = nowMs + waitMs;
        if (mineMs >= flushMs) return;
        flushMs = mineMs;
        void clock.sleep(waitMs).then(() => {
          if (flushMs === mineMs) flush();
        });
      }),
    underWay: (probe) => {
      const nowMs = clock.now();
      return [...calls].flatMap((requests) => {
        // Of a batch that is not answered some request is under way; which one is known only where all are of one probe.
        const lastMs = Math.max(...requests.map(({ dueMs }) => dueMs)) + apartMs;
        const isOfOne = requests.every((request) => request.probe === probe);
        return isOfOne && lastMs + transitOfAnswerMs <= nowMs ? [lastMs + transitOfAnswerMs] : [];
      });
    },
    look: async () => {
      const { selfCheck } = common;
      if (selfCheck === undefined) return undefined;
      const look = { from: name, url: selfCheck.url };
      try {
        const batch = { ...common, selfCheckWorks: false, looks: true, probes: {}, asks: [] };
        const { selfCheckFailed } = await callWithin(batch, clock.now() + firstCallMs);
        return selfCheckFailed === undefined ? look : { ...look, failed: selfCheckFailed };
      } catch (thrown) {
        return { ...look, failed: `vantage point ${name}: ${messageOf(thrown)}` };
      }
    },
  };
}

/** A probe that is only asked has no tolerances, and the language asks for one. */
const anyTolerance = { errorRate: { below: { ratio: 1, text: '100%' } } } as const;

/** What an answer whose requests have ended may take to come. */
const transitOfAnswerMs = 500;

/** The first call of a run may have to start the function, and make its network interface. */
const firstCallMs = 10_000;

/** An outcome without what is absent. */
function outcomeOf(answered: BatchAnswer['outcomes'][number] | undefined): ProbeOutcome | undefined {
  if (answered === undefined) return undefined;
  const { latencyMs, status, value, error } = answered;
  return {
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(status === undefined ? {} : { status }),
    ...(value === undefined ? {} : { value }),
    ...(error === undefined ? {} : { error }),
  };
}
