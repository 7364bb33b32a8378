import { defaultMs } from '../../experiment/default-ms.ts';
import { defaults } from '../../experiment/defaults.ts';
import type { PolledProbe } from '../../experiment/probe.ts';
import { byPolledKind } from '../../experiment/probe-kind.ts';
import { messageOf } from '../../experiment/steadfast-error.ts';
import type { ProbeSpec } from '../../steady-state/probe-spec.ts';
import type { Clock, ProbeOutcome } from '../ports.ts';
import { lookAtAlarm } from './alarm.ts';
import { lookAtEcsService } from './ecs-service.ts';
import { lookByFunction } from './lambda.ts';
import { lookAtMetric } from './metric.ts';
import { sound } from './sound.ts';
import { type Look, ofProber, type Sources, type Stretch } from './sources.ts';

/**
 * Looks once, by the probe's kind: at all readings of a metric within the stretch, at anything else as it is at the end of it. Never
 * rejects, and takes no longer than a look may: what goes wrong on our side is a look too, one that says nothing about the system.
 */
export async function look(
  sources: Sources,
  clock: Clock,
  spec: ProbeSpec,
  probe: PolledProbe,
  stretch: Stretch,
): Promise<readonly Look[]> {
  const { toMs } = stretch;
  const isMetric = 'metric' in probe;
  // A metric's time-out says how late its data comes, not how long a look takes.
  const limitMs = isMetric ? defaultMs(defaults.lookTimeout) : spec.timeoutMs;
  const at = (outcome: ProbeOutcome): Look => ({ atMs: isMetric ? toMs - 1 : toMs, ...outcome });
  const once = async (outcome: Promise<ProbeOutcome>): Promise<readonly Look[]> => [at(await outcome)];
  const done = new AbortController();
  try {
    const looking = byPolledKind(probe, {
      metric: (one) => lookAtMetric(sources, one, stretch),
      alarm: (one) => once(lookAtAlarm(sources, one)),
      ecsService: (one) => once(lookAtEcsService(sources, one)),
      lambda: (one) => once(lookByFunction(sources, one, limitMs)),
    });
    const late = clock
      .sleep(limitMs, done.signal)
      .then(() => [at(ofProber(`nothing was seen within ${limitMs} ms`))]);
    return (await Promise.race([looking, late])).map(({ atMs, ...seen }) => ({ atMs, ...sound(seen) }));
  } catch (cause) {
    return [at(ofProber(messageOf(cause)))];
  } finally {
    done.abort();
  }
}
