import { type Injection, pathOf, textAt } from '../injection.ts';
import type { Native, NotNative, Wish } from './native.ts';

/** The longest grace that FIS takes, in seconds. */
const longestGrace = 12 * 3_600;

/** Deleted pods are FIS's own; failing pods and killed containers are not. */
export function podAction({ injection, does }: Wish): Native | NotNative {
  if (does.action === 'pod-failure') return { why: 'FIS has no action that keeps pods failing for a while' };
  if (does.action === 'container-kill') return { why: 'FIS has no action that kills one container of a pod' };
  const seconds = graceOf(injection);
  if (seconds === undefined)
    return { why: 'its grace is no whole number of seconds up to 12 hours, which FIS asks for' };
  const grace = pathOf(injection, 'gracePeriod');
  return {
    action: 'aws:eks:pod-delete',
    parameters: { grace: `${seconds}s` },
    say: (to) => injection.account.mapped(grace, to('grace')),
  };
}

/** Chaos Mesh deletes at once where nothing is said; FIS would leave the pod its own grace. */
function graceOf(injection: Injection): number | undefined {
  const text = textAt(injection, 'gracePeriod') ?? '0';
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return seconds <= longestGrace ? seconds : undefined;
}
