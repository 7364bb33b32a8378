import * as z from 'zod/mini';
import { createAwsClients } from '../lib/aws/clients.ts';
import { createEventClock } from '../lib/aws/event-clock.ts';
import { createHaltPorts, type HaltClients } from '../lib/aws/independent/halt-ports.ts';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import type { SafetyLever } from '../lib/run/admission-ports.ts';
import { type HaltReport, halt, unlock } from '../lib/run/independent/halt.ts';
import type { Clock } from '../lib/run/ports.ts';
import { createFunctionLog } from './log.ts';
import { readSettings } from './settings.ts';
import type { StopLog, Variables } from './stop-settings.ts';

/** What tests put in place of the real thing. */
export interface HaltReplacements {
  readonly variables?: Variables;
  readonly clients?: HaltClients;
  readonly clock?: Clock;
  readonly lever?: SafetyLever;
  readonly log?: StopLog;
}

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));

/** What the kill switch is started with. `{}` halts everything. A word that it does not know is an error: `runs` for `run` would halt everything. */
const requestSchema = z.strictObject({
  run: z.optional(text),
  reason: z._default(text, 'no reason was given'),
  by: z.optional(text),
  safetyLever: z.optional(z.boolean()),
  unlock: z.optional(z.boolean()),
  /** Step Functions adds it where an execution is started from another. */
  AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: z.optional(z.string()),
});

const eventSchema = z.object({ request: z.unknown(), execution: z.string() });

/** The answer of the kill switch, with what its state machine needs to end as it should. */
export type HaltAnswer = HaltReport & { readonly complete: boolean; readonly incomplete: string };

/**
 * The kill switch: ends one run or everything, or lets runs start again.
 *
 * @throws SteadfastError `invalid` for a request that cannot be read. What could not be stopped is no error here, but in the answer.
 */
export function createHaltHandler(
  replacements: HaltReplacements = {},
): (event: unknown) => Promise<HaltAnswer> {
  let made: { readonly clients: HaltClients; readonly log: StopLog } | undefined;
  return async (event) => {
    const settings = readSettings(replacements.variables ?? process.env);
    const { environment } = settings;
    made ??= {
      clients: replacements.clients ?? createAwsClients(),
      log: replacements.log ?? createFunctionLog({ environment }),
    };
    const { execution, request } = eventSchema.parse(event);
    const read = requestSchema.safeParse(request);
    if (!read.success) {
      const problems = read.error.issues.map(({ path, message }) =>
        [path.join('.'), message].filter(Boolean).join(': '),
      );
      throw new SteadfastError(
        'invalid',
        `nothing was halted, since the request is wrong: ${problems.join('; ')}`,
        {
          hint: 'start it again with {} to halt everything, or {"run": "<id of the run>"}; also taken are reason, by, safetyLever and unlock',
        },
      );
    }
    const clock = replacements.clock ?? createEventClock();
    const ports = createHaltPorts({ ...settings, clients: made.clients, clock, lever: replacements.lever });
    const { run, reason, by = `execution ${execution}`, safetyLever } = read.data;
    const report = await (read.data.unlock === true ? unlock : halt)(ports, { run, reason, by, safetyLever });
    made.log.info('kill switch', { ...report });
    return { ...report, complete: report.problems.length === 0, incomplete: report.problems.join('; ') };
  };
}
