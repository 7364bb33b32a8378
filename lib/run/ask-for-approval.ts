import { messageOf } from '../experiment/steadfast-error.ts';
import { hashOf } from '../plan/hash.ts';
import { partsOf } from '../plan/part-of-run.ts';
import { answeredBy, approvalLines } from './approval-lines.ts';
import type { ApprovalRequest } from './approvals.ts';
import { note, type RunContext } from './context.ts';
import { iso } from './iso.ts';
import type { Target } from './ports.ts';
import type { RunState } from './run-state.ts';

/** At first somebody may be there already; later a look every half minute is soon enough, and half as dear. */
export const lookEverySeconds = (waitedMs: number): number => (waitedMs < 5 * 60_000 ? 15 : 30);

/** As many targets as a person looks through; the count tells of the others. */
const shownTargets = 20;

/** Asks a person to approve exactly what will run, now that its targets are known, and tells people that they are asked. */
export async function askForApproval(
  context: RunContext,
  state: RunState,
  targets: readonly Target[],
  withinMs: number,
): Promise<RunState> {
  const { ports, runId, input } = context;
  const nowMs = ports.clock.now();
  const asked = requestOf(context, targets, nowMs, nowMs + withinMs);
  const { expiresAtMs } = await ports.approvals.ask(runId, asked);
  const request = { ...asked, expiresAtMs };
  await note(
    context,
    'approval-asked',
    'phase',
    `An approval is waited for until ${iso(expiresAtMs)}.`,
    nowMs,
  );
  try {
    await ports.notifier.approvalWanted({
      runId,
      request,
      production: input.environment.production,
      subject: `Steadfast: approve ${request.experiment} in ${request.environment}${request.gameDay === undefined ? '' : `, game day ${request.gameDay.edition}`}?`,
      body: inWords(runId, request),
    });
  } catch (cause) {
    // Whoever follows the run sees that it waits, and nothing has been touched: no reason to end it.
    await note(
      context,
      'approval-untold',
      'note',
      `Nobody could be told that an approval is wanted: ${messageOf(cause)}.`,
    );
  }
  const approval = {
    hash: request.hash,
    askedMs: nowMs,
    untilMs: expiresAtMs,
    waitSeconds: lookEverySeconds(0),
  };
  return { ...state, next: 'awaitApproval', approval };
}

function requestOf(
  { input, experiment }: RunContext,
  targets: readonly Target[],
  askedAtMs: number,
  expiresAtMs: number,
): ApprovalRequest {
  return {
    hash: hashOf(input),
    experiment: experiment.id,
    title: experiment.title,
    environment: input.environment.id,
    ...(input.set === undefined ? {} : { set: input.set }),
    ...partsOf(input),
    stages: input.stages.map(({ label, durationMs, faults }) => ({
      label,
      durationMs,
      faults: faults.map(({ name, action, parameters }) => ({
        name,
        action,
        parameters: Object.entries(parameters)
          .map(([key, value]) => `${key}=${value}`)
          .join(' '),
      })),
    })),
    targets: Object.keys(experiment.faults).map((fault) => {
      const ids = targets.filter((target) => target.fault === fault).map(({ id }) => id);
      return { fault, count: ids.length, some: ids.slice(0, shownTargets) };
    }),
    askedAtMs,
    expiresAtMs,
  };
}

/** The request as people read it, with where it is answered. */
function inWords(runId: string, request: ApprovalRequest): string {
  const { title, experiment, environment, expiresAtMs } = request;
  return [
    `${title} (${experiment}) waits in ${environment} until ${iso(expiresAtMs)}. Nothing has been touched yet.`,
    '',
    ...approvalLines(request),
    '',
    answeredBy(runId, request),
  ].join('\n');
}
