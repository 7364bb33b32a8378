import type { CampaignPart, PlannedJob } from '../plan-document.ts';
import { type Reached, reasonOf } from '../stop-after.ts';
import type { JobProgress } from './dispatch-state.ts';

/** What people are told of a campaign that its policy has stopped. */
export interface StopNotice {
  readonly campaign: string;
  readonly subject: string;
  readonly body: string;
}

/** As many as a message lists of each kind. */
const mostShown = 10;

/** Undefined where nothing is kept from starting: then each run has told of itself, and nobody misses any. */
export function stopNoticeOf(
  part: CampaignPart,
  reached: Reached,
  progress: readonly JobProgress[],
): StopNotice | undefined {
  const { campaign, account, region, dispatcher, jobs } = part;
  const known = new Map(progress.map((one) => [one.index, one]));
  const of = (isMeant: (own: JobProgress | undefined) => boolean) =>
    jobs.flatMap((job, index) => {
      const own = known.get(index);
      return isMeant(own) ? [{ job, own }] : [];
    });
  const left = of((own) => own === undefined || own.status === 'waiting');
  if (left.length === 0) return undefined;
  const guilty = of((own) => own?.status === 'ended' && own.verdict === reached.verdict);
  const under = of((own) => own?.status === 'starting');
  const looks = guilty
    .slice(0, 3)
    .map(({ job, own }) => `npx steadfast show ${own?.runId} --env ${job.environment}`);
  const body = [
    `${reasonOf(reached)}, and the campaign ${campaign} stops after ${reached.most}. Nothing more is started in ${account} ${region}; what is under way ends by itself.`,
    ...section(`Ended as ${reached.verdict}`, guilty.map(withRun)),
    ...section('Under way', under.map(withRun)),
    ...section(`Not started, ${left.length} of ${jobs.length}`, left.map(nameOf)),
    '',
    'What to do now:',
    ...looks.map((command) => `  Look at what ended so: ${command}`),
    `  See the campaign: npx steadfast campaign status ${campaign} --env ${dispatcher}`,
    ...(under.length === 0
      ? []
      : [...new Set(under.map(({ job }) => job.environment))].map(
          (id) => `  End what is under way, too, if it may do harm: npx steadfast halt --all --env ${id}`,
        )),
    `  Once it is mended, plan what was not started: ${planCommand(left.map(({ job }) => job))}`,
  ];
  return {
    campaign,
    subject: `Steadfast: campaign ${campaign} is stopped, ${reasonOf(reached)}`,
    body: body.join('\n'),
  };
}

interface Shown {
  readonly job: PlannedJob;
  readonly own: JobProgress | undefined;
}

const nameOf = ({ job }: Shown) => `${job.experiment} in ${job.environment}`;

const withRun = (one: Shown) => `${nameOf(one)} (run ${one.own?.runId})`;

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0
    ? []
    : [
        '',
        `${title}:`,
        ...lines.slice(0, mostShown).map((line) => `  ${line}`),
        ...(lines.length > mostShown ? [`  and ${lines.length - mostShown} more`] : []),
      ];

/** Of very many the command would be longer than anybody reads; the status lists them. */
function planCommand(left: readonly PlannedJob[]): string {
  const of = (values: readonly string[]) => [...new Set(values)].join(' ');
  const experiments = left.length > mostShown ? '…' : of(left.map(({ experiment }) => experiment));
  return `npx steadfast campaign plan --env ${of(left.map(({ environment }) => environment))} --experiments ${experiments}`;
}
