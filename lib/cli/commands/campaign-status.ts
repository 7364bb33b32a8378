import type { JobProgress } from '../../campaign/dispatch/dispatch-state.ts';
import { type HeardWord, placeText, wordsOfOthers } from '../../campaign/dispatch/part-word.ts';
import type { CampaignPart, PlannedJob } from '../../campaign/plan-document.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { exitCodes, worstVerdict } from '../../experiment/verdict.ts';
import type { EnvironmentFlags } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import { openCampaigns } from '../campaign/open-campaigns.ts';
import { momentText } from '../campaign/plan-lines.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface CampaignStatusFlags extends EnvironmentFlags {
  readonly env: string;
  readonly json?: boolean | undefined;
}

/** How many runs that are still to come are named. */
const nextShown = 3;

/** Shows how far a campaign is. The exit code is that of the worst verdict so far. */
export async function campaignStatusCommand(
  io: Io,
  campaign: string,
  flags: CampaignStatusFlags,
  outside: Outside,
): Promise<number> {
  const campaigns = await openCampaigns(io, flags, outside);
  const plan = await planOf(campaigns, campaign, flags.env);
  const [status, written, words] = await Promise.all([
    campaigns.status(campaign),
    campaigns.jobs(campaign),
    plan.others === undefined ? [] : campaigns.words(campaign),
  ]);
  const known = new Map(written.map((one) => [one.index, one]));
  const runs = plan.jobs.map((job, index) => runOf(job, known.get(index)));
  const verdicts = runs.flatMap(({ verdict }) => verdict ?? []);
  const isLost =
    status?.status === 'running' && !(await campaigns.dispatcher.isRunning(campaign, status.execution));
  const told = {
    campaign,
    environment: flags.env,
    status: status === undefined ? 'not begun' : isLost ? 'interrupted' : status.status,
    ...(status?.reason === undefined ? {} : { reason: status.reason }),
    ...(status?.stoppedIn === undefined ? {} : { stoppedIn: status.stoppedIn }),
    counts: Object.fromEntries(
      [...new Set(verdicts)].map((one) => [one, verdicts.filter((v) => v === one).length]),
    ),
    ...(plan.others === undefined ? {} : { others: othersOf(plan, words) }),
    runs,
  };
  if (flags.json === true) printJson(io, told);
  else for (const line of statusLines(told, verdicts.length)) printLine(io.stdout, line);
  return exitCodes[worstVerdict(verdicts)];
}

async function planOf(campaigns: Awaited<ReturnType<typeof openCampaigns>>, campaign: string, env: string) {
  try {
    return await campaigns.plan(campaign);
  } catch (cause) {
    if (!(cause instanceof SteadfastError) || !cause.message.includes('holds no')) throw cause;
    throw new SteadfastError('unknown-id', `${env} has no campaign '${campaign}'`, {
      hint: 'campaign run says its name, and a campaign is kept by the environment that dispatches it',
      cause,
    });
  }
}

/** The other parts, as far as this one has heard of them. */
function othersOf(plan: CampaignPart, words: readonly HeardWord[]) {
  const heard = wordsOfOthers(plan, words);
  return (plan.others ?? []).map(({ dispatcher, account, region, jobs }) => {
    const word = heard.find((one) => one.dispatcher === dispatcher);
    const { counts = {}, heardAt } = word ?? {};
    return {
      dispatcher,
      account,
      region,
      runs: jobs,
      counts,
      status: word === undefined ? 'not heard of' : word.isOver ? 'over' : 'under way',
      ...(heardAt === undefined ? {} : { heardAt }),
    };
  });
}

type Run = ReturnType<typeof runOf>;

function runOf({ experiment, environment, start }: PlannedJob, progress: JobProgress | undefined) {
  const { status = 'planned', runId, attempt, verdict, rejection, reason } = progress ?? {};
  return {
    experiment,
    environment,
    planned: start,
    status: status === 'starting' ? ('under way' as const) : status,
    ...(runId === undefined || reason !== undefined ? {} : { runId, attempt }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(rejection === undefined ? {} : { rejection }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function statusLines(
  told: {
    readonly campaign: string;
    readonly status: string;
    readonly reason?: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly others?: ReturnType<typeof othersOf>;
    readonly runs: readonly Run[];
  },
  ended: number,
): string[] {
  const { campaign, status, reason, counts, others = [], runs } = told;
  const named = ({ experiment, environment }: Run) => `${experiment} (${environment})`;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
  const of = (wanted: Run['status']) => runs.filter((run) => run.status === wanted);
  const notHeld = of('ended').filter(({ verdict }) => verdict !== 'held');
  return [
    `Campaign ${campaign}: ${status}${reason === undefined ? '' : ` (${reason})`}, ${ended} of ${runs.length} runs ended`,
    ...(status === 'interrupted'
      ? [
          '  Its dispatcher is not running any more: steadfast campaign run with the same plan goes on with it.',
        ]
      : []),
    ...section(
      'Verdicts',
      Object.entries(counts).map(([verdict, count]) => `${String(count).padStart(5)}  ${verdict}`),
    ),
    ...section('Other parts', others.map(otherLine)),
    ...section(
      'Not held',
      notHeld.map(
        (run) =>
          `${run.verdict ?? ''}${run.rejection === undefined ? '' : ` (${run.rejection})`}  ${named(run)}  ${run.reason ?? run.runId ?? ''}`,
      ),
    ),
    ...section(
      'Under way',
      of('under way').map((run) => `${named(run)}  ${run.runId ?? ''}`),
    ),
    ...section(
      'Waiting to be tried again',
      of('waiting').map((run) => `${named(run)}  after attempt ${run.attempt ?? 1}`),
    ),
    ...section(
      'Next',
      of('planned')
        .slice(0, nextShown)
        .map((run) => `${momentText(run.planned)}  ${named(run)}`),
    ),
  ];
}

function otherLine(other: ReturnType<typeof othersOf>[number]): string {
  const counted = Object.entries(other.counts).map(([verdict, count]) => `${count} ${verdict}`);
  const heard = other.heardAt === undefined ? '' : `, last heard ${momentText(other.heardAt)} UTC`;
  return `${placeText(other)}: ${[other.status, ...counted].join(', ')}${heard}`;
}
