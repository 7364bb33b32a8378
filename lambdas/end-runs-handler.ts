import * as z from 'zod/mini';
import { createAwsClients } from '../lib/aws/clients.ts';
import { createEventClock } from '../lib/aws/event-clock.ts';
import { createHaltPorts, type HaltClients } from '../lib/aws/independent/halt-ports.ts';
import { messageOf } from '../lib/experiment/steadfast-error.ts';
import { endRuns, type TakenAway } from '../lib/run/independent/end-runs.ts';
import type { Clock } from '../lib/run/ports.ts';
import { createFunctionLog } from './log.ts';
import { readSettings } from './settings.ts';
import type { StopLog, Variables } from './stop-settings.ts';

/** What tests put in place of the real thing. */
export interface EndRunsReplacements {
  readonly variables?: Variables;
  readonly clients?: HaltClients;
  readonly clock?: Clock;
  readonly log?: StopLog;
}

const propertiesSchema = z.object({
  Scope: z.enum(['environment', 'experiments', 'game-days', 'guards']),
  /** The names of the alarms that a stack makes for guards. */
  Guards: z._default(z.array(z.string()), []),
  /** The ids of the game days that a stack holds. */
  GameDays: z._default(z.array(z.string()), []),
  /** The ids of an experiment's FIS templates, by its id. */
  Experiments: z._default(z.record(z.string(), z.array(z.string())), {}),
  /** FIS's role for it. */
  Roles: z._default(z.record(z.string(), z.string()), {}),
});

/** What CloudFormation sends to a custom resource (CloudFormation user guide, "Custom resource request objects"). */
const requestSchema = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  PhysicalResourceId: z.optional(z.string()),
  ResourceProperties: propertiesSchema,
  OldResourceProperties: z.optional(propertiesSchema),
});

type Request = z.output<typeof requestSchema>;

interface Call {
  getRemainingTimeInMillis(): number;
}

/** Time to answer before the function would be cut off: CloudFormation waits an hour for an answer that does not come. */
const reserveMs = 30_000;

/** What the request takes away; undefined where it takes nothing. */
function takenBy(request: Request): TakenAway | undefined {
  const { RequestType, ResourceProperties: now, OldResourceProperties: before } = request;
  if (RequestType === 'Create') return undefined;
  // With all guards goes the core, and with it what runs conclude by.
  if (RequestType === 'Delete') {
    if (now.Scope === 'game-days') return { kind: 'game-days', gameDays: now.GameDays };
    return now.Scope === 'experiments'
      ? { kind: 'experiments', experiments: now.Experiments }
      : { kind: 'environment' };
  }
  const guards = (before?.Guards ?? []).filter((guard) => !now.Guards.includes(guard));
  if (guards.length > 0) return { kind: 'guards', guards };
  const gameDays = (before?.GameDays ?? []).filter((gameDay) => !now.GameDays.includes(gameDay));
  if (gameDays.length > 0) return { kind: 'game-days', gameDays };
  const gone = Object.entries(before?.Experiments ?? {}).filter(
    ([id]) => !Object.hasOwn(now.Experiments, id) || before?.Roles[id] !== now.Roles[id],
  );
  return gone.length === 0 ? undefined : { kind: 'experiments', experiments: Object.fromEntries(gone) };
}

/**
 * A custom resource that is deleted before what runs need: it ends those runs, and lets CloudFormation go on only once no fault is
 * active that could no longer be undone.
 */
export function createEndRunsHandler(
  replacements: EndRunsReplacements = {},
): (event: unknown, call: Call) => Promise<void> {
  return async (event, call) => {
    const request = requestSchema.parse(event);
    const clock = replacements.clock ?? createEventClock();
    const again = request.RequestType === 'Update' ? 'deploy again' : 'delete again';
    let failure: string | undefined;
    try {
      const taken = takenBy(request);
      if (taken !== undefined) {
        const settings = readSettings(replacements.variables ?? process.env);
        const log = replacements.log ?? createFunctionLog({ environment: settings.environment });
        const ports = createHaltPorts({
          ...settings,
          clients: replacements.clients ?? createAwsClients(),
          clock,
        });
        const untilMs = clock.now() + call.getRemainingTimeInMillis() - reserveMs;
        const left = await endRuns(ports, taken, untilMs);
        log.info('ended runs', { taken, left });
        if (left.length > 0)
          failure = `Runs are still under way (${left.join('; ')}). Wait until they have ended, or stop them, and ${again}.`;
      }
    } catch (cause) {
      failure = `Nobody could tell whether runs are under way: ${messageOf(cause)}. Mend that, and ${again}.`;
    }
    await answer(request, failure);
  };
}

async function answer(request: Request, failure: string | undefined): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = request;
  const body = {
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    ...(failure === undefined ? {} : { Reason: failure }),
    PhysicalResourceId: request.PhysicalResourceId ?? 'end-runs-first',
    StackId,
    RequestId,
    LogicalResourceId,
  };
  // The URL is signed for a request without a content type.
  const put = { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(body) };
  const { ok, status } = await fetch(ResponseURL, put);
  // Lambda then calls this again; unanswered, CloudFormation would wait until its time is up.
  if (!ok) throw new Error(`CloudFormation could not be answered: status ${status}`);
}
