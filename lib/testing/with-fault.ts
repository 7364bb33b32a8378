import { AssertionError } from 'node:assert';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { parseDuration } from '../fis/quantity.ts';
import { systemClock } from '../probing/system-clock.ts';
import { refused } from './refused.ts';
import type { TestFault } from './test-fault.ts';
import type { FaultBite, FaultEnd, FaultOn, FaultOptions, TestLab } from './test-lab.ts';

/** How a body runs under a fault. */
export interface WithFaultOptions extends FaultOptions {
  /** How long the fault stays on after the body, at most, for something to be held back by it (default `'2s'`). */
  readonly biteWithin?: string;
  /** `false` lets a fault pass that nothing shows to have bitten. Default true. */
  readonly mustBite?: boolean;
}

/** A fault that reached nothing, so that what the test saw says nothing of it. */
export class DidNotBite extends AssertionError {
  readonly bite: FaultBite;

  constructor(bite: FaultBite) {
    const { bit, evidence, likely } = bite;
    const what =
      bit === undefined
        ? 'nothing shows whether the fault reached its target'
        : 'the fault did not reach its target';
    const reason = likely === undefined ? '' : `. Likely: ${likely}`;
    super({
      message: `${what}, so this test has shown nothing: ${evidence}${reason}. Where that is meant, say { mustBite: false }.`,
    });
    this.name = 'DidNotBite';
    this.bite = bite;
  }
}

const lookEveryMs = 20;

/** Leaves the fault on until something was held back, or its time is up. A fault on no link needs no such time. */
async function letBite(fault: FaultOn, withinMs: number, signal: AbortSignal | undefined): Promise<void> {
  const untilMs = systemClock.now() + withinMs;
  while (fault.heldBack() === false && systemClock.now() < untilMs && signal?.aborted !== true)
    await systemClock.sleep(lookEveryMs, signal);
}

/** A fault that is no longer on while the body still runs: what the body sees from then on is no longer seen under it. */
function endedEarly({ how, reason }: FaultEnd, atMost: string): SteadfastError {
  if (how === 'over')
    return new SteadfastError(
      'interrupted',
      `the fault was over after ${atMost}, before the test's body was`,
      {
        hint: 'give it more time: { atMost: "5m" }',
      },
    );
  return new SteadfastError('interrupted', `the fault ended before the test's body did: ${reason}`);
}

/**
 * Runs `body` while a fault is on. The fault is ended on every path: when the body is done, throws, or the signal aborts, when its
 * time is up, and when the lab is stopped. Throws what the body throws; and where the body is content, but the fault reached nothing
 * (a service that goes past the link, a link that nothing was sent over), that it did not bite, with its likely reason.
 *
 * @returns what the body returns
 * @example
 * await withFault(shop, { toxic: 'latency', attributes: { latency: 3_000 }, from: 'shop', to: 'database' }, async () => {
 *   expect((await shop.fetch('shop', '/products')).status).toBe(200);
 * });
 */
export async function withFault<Result>(
  lab: Pick<TestLab, 'inject'>,
  fault: TestFault,
  body: (context: { readonly signal: AbortSignal }) => Promise<Result> | Result,
  options: WithFaultOptions = {},
): Promise<Result> {
  const { biteWithin = '2s', mustBite = true, atMost = '1m', signal } = options;
  const biteWithinMs = parseDuration(biteWithin)?.ms;
  if (biteWithinMs === undefined)
    throw refused('the fault cannot be used', [
      { code: 'invalid', path: ['biteWithin'], message: `'${biteWithin}' is no duration, such as '2s'` },
    ]);
  const on = await lab.inject(fault, options);
  const ended = new AbortController();
  const early = on.ended.then((end) => {
    const reason: unknown = signal?.aborted === true ? signal.reason : endedEarly(end, atMost);
    ended.abort(reason);
    throw reason;
  });
  try {
    // Unheard, a rejection that comes when the body is done would end the process.
    early.catch(() => undefined);
    const result = await Promise.race([early, Promise.resolve(body({ signal: ended.signal }))]);
    if (mustBite) await letBite(on, biteWithinMs, ended.signal);
    const { how, reason, bite } = await on.end();
    signal?.throwIfAborted();
    if (how === 'failed')
      throw new SteadfastError('internal', `the fault could not be carried out: ${reason}`);
    if (mustBite && bite.bit !== true) throw new DidNotBite(bite);
    return result;
  } finally {
    await on.end();
  }
}
