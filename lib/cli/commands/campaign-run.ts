import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { EnvironmentFlags } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import { openCampaigns } from '../campaign/open-campaigns.ts';
import { momentText } from '../campaign/plan-lines.ts';
import { partFor, readPlan, refuseOutdated } from '../campaign/read-plan.ts';
import { readStopAfter } from '../campaign/read-stop-after.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface CampaignRunFlags extends EnvironmentFlags {
  readonly env: string;
  readonly json?: boolean | undefined;
  readonly stopAfter?: readonly string[] | undefined;
}

/** Hands a plan to its dispatcher, which starts the runs; of a campaign whose dispatcher died, another execution goes on. */
export async function campaignRunCommand(
  io: Io,
  file: string,
  flags: CampaignRunFlags,
  outside: Outside,
): Promise<number> {
  const planned = partFor(readPlan(file, io.cwd), flags.env);
  const part = { ...planned, stopAfter: readStopAfter(flags.stopAfter ?? [], planned.stopAfter) };
  refuseOutdated(part, await projectOf(io.cwd));
  const campaigns = await openCampaigns(io, flags, outside);
  const { environment } = campaigns;
  if (environment.account !== part.account || environment.region !== part.region) {
    throw new SteadfastError(
      'invalid',
      `the plan is for ${part.account} ${part.region}, and ${environment.id} is in ${environment.account} ${environment.region}`,
      { hint: 'plan again with steadfast campaign plan' },
    );
  }
  const { campaign, jobs } = part;
  const before = await campaigns.status(campaign);
  if (before !== undefined && before.status !== 'running') {
    throw new SteadfastError(
      'cannot-begin',
      `the campaign ${campaign} is over already: ${before.reason ?? before.status}`,
      {
        hint: `steadfast campaign status ${campaign} --env ${flags.env} shows it; what is left is planned anew with steadfast campaign plan`,
      },
    );
  }
  const last = before?.execution ?? 0;
  // The one after the last that told of itself may have been started, and not have come to it yet.
  const isUnderWay =
    (last > 0 && (await campaigns.dispatcher.isRunning(campaign, last))) ||
    (await campaigns.dispatcher.isRunning(campaign, last + 1)) ||
    !(await begin(last + 1));
  if (isUnderWay && flags.stopAfter !== undefined) {
    throw new SteadfastError(
      'cannot-begin',
      `the campaign ${campaign} is under way, and keeps the policy that it began with`,
      {
        hint: `leave --stop-after out, or end it with steadfast halt ${campaign} --env ${flags.env} and plan what is left anew`,
      },
    );
  }
  const told = { campaign, environment: flags.env, runs: jobs.length, started: !isUnderWay };
  if (flags.json === true) printJson(io, told);
  else {
    const [first] = jobs;
    printLine(
      io.stdout,
      isUnderWay
        ? `The campaign ${campaign} is under way already.`
        : `The campaign ${campaign} ${last === 0 ? 'has begun' : 'goes on'}: ${jobs.length} ${jobs.length === 1 ? 'run' : 'runs'}, the first at ${momentText(first?.start ?? '')} UTC.`,
    );
    printLine(io.stdout, `See it:  steadfast campaign status ${campaign} --env ${flags.env}`);
    for (const other of part.others ?? [])
      printLine(
        io.stdout,
        `Start the part in ${other.account} ${other.region} too:  steadfast campaign run ${file} --env ${other.dispatcher}`,
      );
    printLine(io.stdout, `End it:  steadfast halt ${campaign} --env ${flags.env}`);
  }
  return exitCode.fine;

  /** False where somebody else has begun it meanwhile. */
  async function begin(execution: number): Promise<boolean> {
    await campaigns.save(part);
    const started = await campaigns.dispatcher.start(campaign, execution);
    if (started !== 'not deployed') return started === 'started';
    throw new SteadfastError(
      'cannot-begin',
      `${environment.id} has no dispatcher (${environment.names.dispatcher})`,
      {
        hint: `deploy ${environment.names.stack('runner')}`,
      },
    );
  }
}
