import type { CampaignPart, PlannedJob } from '../plan-document.ts';
import { type Reached, reasonOf } from '../stop-after.ts';
import type { JobProgress } from './dispatch-state.ts';
import { type HeardWord, placeText } from './part-word.ts';

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
  words: readonly HeardWord[] = [],
): StopNotice | undefined {
  const { campaign, account, region, dispatcher, jobs, others = [] } = part;
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
    ...(others.length === 0
      ? []
      : [
          `It was stopped in ${placeText(part)}. The same campaign stops in ${others.map(placeText).join(', ')} as soon as it is heard of there, within a minute or so.`,
        ]),
    ...section(`Ended as ${reached.verdict}`, guilty.map(withRun)),
    ...section(
      `Ended as ${reached.verdict} in other parts`,
      words.flatMap((word) => {
        const count = word.counts[reached.verdict] ?? 0;
        return count === 0 ? [] : [`${count} in ${placeText(word)}`];
      }),
    ),
    ...section('Under way', under.map(withRun)),
    ...section(`Not started, ${left.length} of ${jobs.length}`, left.map(nameOf)),
    '',
    'What to do now:',
    ...looks.map((command) => `  Look at what ended so: ${command}`),
    ...[dispatcher, ...others.map((other) => other.dispatcher)].map(
      (id) => `  See the campaign: npx steadfast campaign status ${campaign} --env ${id}`,
    ),
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

/** What people are told of a dispatcher that is cut off from another part of its campaign. */
export const cutOffNoticeOf = (part: CampaignPart, why: string): StopNotice => ({
  campaign: part.campaign,
  subject: `Steadfast: campaign ${part.campaign} is cut off in ${part.dispatcher}`,
  body: [
    `${placeText(part)} ${why}. What happens there must count here, and what happens here there; so nothing more is started in ${part.account} ${part.region} until it is mended. What is under way ends by itself.`,
    '',
    'What to do now:',
    ...(part.others ?? []).map(
      ({ dispatcher }) =>
        `  See the other part: npx steadfast campaign status ${part.campaign} --env ${dispatcher}`,
    ),
    `  Where it cannot be told: both environments must name each other among their campaignPartners, and both runners must be deployed since (npx steadfast check)`,
    `  Once it is mended, go on with: npx steadfast campaign run PLAN --env ${part.dispatcher}`,
  ].join('\n'),
});
