import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import { trafficMakerOf } from '../experiment/traffic-maker.ts';
import { note, type RunContext, recordFinding } from './context.ts';
import { iso } from './iso.ts';
import type { RunState } from './run-state.ts';
import { stretchAt, stretchesUntil } from './stretch.ts';
import { undone } from './undo-ledger.ts';

/** So long before its end it is asked for anew: whoever observes looks at least once a minute. */
const aheadMs = 150_000;

/** How often stopping it is tried, and how long is waited between. */
const stopTries = 3;
const stopAgainMs = 1_000;

type Asked = NonNullable<RunState['traffic']>;

/**
 * Starts what makes traffic, where the experiment names something. What has to be undone is written down first. Undefined when it
 * could not be started: then nothing may be broken, since nobody could see it.
 */
export async function startTraffic(context: RunContext): Promise<{ readonly traffic?: Asked } | undefined> {
  const { experiment, ports, runId } = context;
  if (experiment.traffic === undefined) return {};
  const { kind, name, words } = trafficMakerOf(experiment.traffic);
  const now = ports.clock.now();
  const { fromMs, untilMs } = stretchAt(now);
  await ports.liveRuns.willUndo(runId, [{ what: 'traffic', name }], now);
  try {
    await ports.traffic.ask({ runId, action: 'start', fromMs, untilMs });
  } catch (cause) {
    await recordFinding(context, 'traffic-start', {
      code: 'traffic-not-started',
      verdict: 'rejected',
      rejection: cause instanceof SteadfastError && cause.code === 'permission' ? 'permission' : 'unhealthy',
      message: `Traffic could not be started, and without it nothing could be seen: ${messageOf(cause)}.`,
      hint:
        kind === 'function'
          ? `See that the ${words} '${name}' answers the action start.`
          : `See that the ${words} '${name}' is there, is a standard one, and takes what it is given.`,
    });
    return undefined;
  }
  await note(context, 'traffic-start', 'phase', `Traffic by ${name} began.`);
  return { traffic: { untilMs } };
}

/** Asks for more traffic before what was asked for ends. A failure ends no run: missing samples are unknown, and tell by themselves. */
export async function keepTraffic(context: RunContext, state: RunState): Promise<RunState> {
  const { ports, runId } = context;
  const now = ports.clock.now();
  if (state.traffic === undefined || now < state.traffic.untilMs - aheadMs) return state;
  const { fromMs, untilMs } = stretchAt(Math.max(now, state.traffic.untilMs));
  try {
    await ports.traffic.ask({ runId, action: 'keep', fromMs, untilMs });
    return { ...state, traffic: { untilMs } };
  } catch (cause) {
    await note(context, `traffic-keep-${now}`, 'note', `Traffic was not kept up: ${messageOf(cause)}.`);
    return state;
  }
}

/** Stops the traffic of a run, whatever path led here: what the run wrote down counts, not what a step that died could hand on. */
export async function stopTraffic(context: RunContext, state: RunState): Promise<void> {
  const { experiment, ports, runId } = context;
  if (experiment.traffic === undefined) return;
  const begun = (await ports.liveRuns.pending(runId)).find(({ what }) => what === 'traffic');
  if (begun === undefined) return;
  const now = ports.clock.now();
  const sinceMs = Date.parse(begun.at);
  const endsMs = Math.max(now, state.traffic?.untilMs ?? stretchesUntil(now, sinceMs).at(-1)?.untilMs ?? now);
  for (let tries = 1; ; tries += 1) {
    try {
      await ports.traffic.ask({ runId, action: 'stop', fromMs: now, untilMs: now, sinceMs });
      await note(context, 'traffic-stop', 'phase', 'Traffic ended.');
      await undone(context, begun);
      return;
    } catch (cause) {
      if (tries < stopTries) {
        await ports.clock.sleep(stopAgainMs);
        continue;
      }
      await recordFinding(context, 'traffic-stop', {
        code: 'traffic-not-stopped',
        verdict: 'errored',
        message: `Traffic could not be stopped: ${messageOf(cause)}.`,
        hint: `It was asked for until ${iso(endsMs)}: look whether it ends then, and end it by hand where it does not.`,
      });
      return;
    }
  }
}
