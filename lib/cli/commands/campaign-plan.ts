import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { planCampaign } from '../../campaign/plan-campaign.ts';
import { planDocumentOf } from '../../campaign/plan-document.ts';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { systemClock } from '../../probing/system-clock.ts';
import type { Clock } from '../../run/ports.ts';
import { planLines } from '../campaign/plan-lines.ts';
import { readStopAfter } from '../campaign/read-stop-after.ts';
import { refuseStrangers } from '../campaign/refuse-strangers.ts';
import { dispatcherOf, selectJobs } from '../campaign/select-jobs.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface CampaignPlanFlags {
  readonly env?: readonly string[] | undefined;
  readonly experiments?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly json?: boolean | undefined;
  readonly out?: string | undefined;
  readonly stopAfter?: readonly string[] | undefined;
  readonly stopApart?: boolean | undefined;
}

const minuteMs = 60_000;
/** A quarter: blackouts further ahead are rarely known. */
const aheadMs = 92 * 24 * 60 * minuteMs;

/** Plans a campaign from the project alone. Exit 4 where an experiment has no place in it. */
export async function campaignPlanCommand(
  io: Io,
  flags: CampaignPlanFlags,
  clock: Pick<Clock, 'now'> = systemClock,
): Promise<number> {
  const fromMs = momentOf(flags.from, '--from') ?? Math.ceil(clock.now() / minuteMs) * minuteMs;
  const untilMs = momentOf(flags.until, '--until') ?? fromMs + aheadMs;
  if (untilMs <= fromMs)
    throw new SteadfastError('usage', 'the campaign would be over before it begins', {
      hint: 'give --until a time after --from',
    });
  const stopAfter = readStopAfter(flags.stopAfter ?? []);
  const project = await projectOf(io.cwd);
  const { jobs, environments, hashes } = selectJobs(project, {
    environments: flags.env,
    experiments: flags.experiments,
    fromMs,
    untilMs,
  });
  const plan = planDocumentOf(planCampaign({ jobs, environments, fromMs, untilMs }), {
    hashes,
    untilMs,
    stopAfter,
    stopsAsOne: flags.stopApart !== true,
    dispatcherOf: (several) => dispatcherOf(project, several),
  });
  refuseStrangers(plan, project);
  if (flags.out !== undefined) writePlan(resolve(io.cwd, flags.out), plan);
  if (flags.json === true) printJson(io, plan);
  else {
    for (const line of planLines(plan, io.stdoutColumns)) printLine(io.stdout, line);
    if (flags.out !== undefined)
      for (const { dispatcher } of plan.parts)
        printLine(io.stdout, `Start it with: steadfast campaign run ${flags.out} --env ${dispatcher}`);
  }
  return plan.unplaced.length === 0 ? exitCode.fine : exitCode.refused;
}

function writePlan(file: string, plan: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`);
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `the plan cannot be written to ${file}: ${messageOf(cause)}`, {
      hint: 'name a file in a folder that exists and can be written to',
      cause,
    });
  }
}

/** A time that is asked for, in whole milliseconds. */
function momentOf(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (/^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:\d{2}))?$/.test(text) && Number.isFinite(ms)) return ms;
  throw new SteadfastError('usage', `${flag} is no time: ${text}`, {
    hint: 'write ISO 8601 with its zone, such as 2026-12-01T18:00:00Z',
  });
}
