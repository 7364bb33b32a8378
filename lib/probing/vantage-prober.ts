import type { HttpProbe } from '../experiment/probe.ts';
import { inside, outside, vantagePointsOf } from '../experiment/vantage-point-names.ts';
import type { Clock, ProbeOutcome, ProbeRequest, Prober } from '../run/ports.ts';
import { leadMs, type RemotePoint } from './batching.ts';
import { createGrowth } from './growth.ts';
import { sendWhenDue } from './send-when-due.ts';

/** A prober whose vantage points are all on this machine, as in a lab: they take turns in name only. */
export const createLocalVantageProber = (here: Prober): Prober => {
  const turns = takeTurns([inside]);
  return {
    ...here,
    ask: async (request) => {
      const from = turns(request);
      const outcome = await here.ask(request);
      return from === undefined ? outcome : { ...outcome, from };
    },
  };
};

/** Shares a probe's requests out among the vantage points that it names; those that it does not are asked from here. */
export function createVantageProber(options: {
  readonly clock: Clock;
  readonly here: Prober;
  readonly points: Readonly<Record<string, RemotePoint>>;
}): Prober {
  const { clock, here, points } = options;
  const declared = Object.keys(points);
  const turns = takeTurns(declared);
  const growth = createGrowth();
  /** When the requests were due that go out from here, of probes whose requests are wanted ahead. */
  const own = new Map<ProbeRequest, number>();

  const isElsewhere = ({ http }: HttpProbe) =>
    vantagePointsOf(http.from, declared).some((name) => name !== outside);

  const askHere = async (request: ProbeRequest): Promise<ProbeOutcome> => {
    own.set(request, request.dueMs);
    try {
      return await sendWhenDue(clock, request.dueMs, () => here.ask(request));
    } finally {
      own.delete(request);
    }
  };

  const askFrom = async (from: string, request: ProbeRequest): Promise<ProbeOutcome> => {
    if (from === outside) return askHere(request);
    const point = points[from];
    if (point === undefined) return { error: `prober: no vantage point is called ${from}` };
    return point.ask(request);
  };

  return {
    leadMs: (definition) => (isElsewhere(definition) ? leadMs : 0),
    ask: async (request) => {
      const from = turns(request);
      if (from === undefined) return here.ask(request);
      const { growthOf } = request.definition.http;
      if (growthOf === undefined) return { ...(await askFrom(from, request)), from };
      // Each of several probers sees only part of a counter's growth: they read it, and here it is put together.
      const outcome = await askFrom(from, { ...request, definition: reading(request.definition) });
      return { ...growth(request.probe, outcome, request.dueMs + (outcome.latencyMs ?? 0)), from };
    },
    underWay: (probe) => [
      ...[...own].flatMap(([request, dueMs]) =>
        request.probe === probe && dueMs <= clock.now() ? [dueMs] : [],
      ),
      ...Object.values(points).flatMap((point) => point.underWay(probe)),
    ],
    selfChecks: async () => {
      const looks = await Promise.all([
        here.selfChecks?.() ?? [],
        ...Object.values(points).map((point) => point.look()),
      ]);
      return looks.flat().filter((look) => look !== undefined);
    },
  };
}

const reading = ({ http: { growthOf, ...http }, ...probe }: HttpProbe): HttpProbe => ({
  ...probe,
  http: { ...http, numberOf: growthOf },
});

/** Which vantage point is next: by the request's own number, so that a repeated slice does the same, or one after the other. */
function takeTurns(declared: readonly string[]): (request: ProbeRequest) => string | undefined {
  let count = 0;
  return ({ definition, turn }) => {
    const names = vantagePointsOf(definition.http.from, declared);
    return names.length === 0 ? undefined : names[(turn ?? count++) % names.length];
  };
}
