import type { Verdict } from '../experiment/verdict.ts';
import { dashboardLink } from '../plan/console-links.ts';
import type { RunnerInput } from '../plan/runner-input.ts';
import type { Journal } from './journal.ts';
import { figuresOf } from './run-figures.ts';
import { unreadableFreeze } from './unreadable-freeze.ts';

/** What people are told of a run's end. */
export interface Notice {
  readonly verdict: Verdict;
  readonly runId: string;
  /** One line. */
  readonly subject: string;
  /** Plain text, several lines. */
  readonly body: string;
  /** The same for a chat: Markdown as chats know it. */
  readonly chat: {
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
}

/** Of so many findings each is told; of the others only how many there are. */
const mostFindings = 8;

/** What each verdict means, for somebody who is woken by it. */
const meaning: Readonly<Record<Verdict, string>> = {
  held: 'the system withstood the fault and came back',
  deviated: 'the system did not withstand the fault',
  inconclusive: 'nothing was missed, but too little was seen to say that it held',
  halted: 'the fault was ended early, and nothing was missed until then',
  rejected: 'it was not started; nothing has been touched',
  unrecovered: 'the system is not back as it was: somebody has to look now',
  errored: 'Steadfast itself failed: make sure that no fault of this run is active',
};

/** A scheduled start inside a blackout or freeze alarms nobody, and neither does what went well. A freeze that nobody can read does. */
export const deservesNotice = ({ verdict, findings }: Journal): boolean =>
  verdict !== 'held' &&
  !findings.some(({ rejection, code }) => rejection === 'blackout' && code !== unreadableFreeze);

/** Says how a run ended, why, and what to do next. */
export function noticeOf(journal: Journal, input: Pick<RunnerInput, 'environment'>): Notice {
  const { verdict, experiment, environment, findings, runId, start, end } = journal;
  const told = findings.slice(0, mostFindings);
  const more = findings.length - told.length;
  const figures = figureLines(journal);
  const nextSteps = nextStepsOf(journal, input);
  const subject = `Steadfast: ${experiment.id} in ${environment.id} ${verdict}`;
  const headline = `${experiment.title} (${experiment.id}) in ${environment.id}: ${verdict}, ${meaning[verdict]}.`;
  const body = [
    headline,
    '',
    ...told.flatMap(({ message, hint }) => [`- ${message}`, ...(hint === undefined ? [] : [`  ${hint}`])]),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(figures.length === 0 ? [] : ['', ...figures]),
    ...(nextSteps.length === 0 ? [] : ['', 'What to do:', ...nextSteps.map((step) => `- ${step}`)]),
    '',
    `Run ${runId}, ${start} to ${end}.`,
  ];
  const description = [
    `**${verdict}**: ${meaning[verdict]}.`,
    ...told.map(({ message, hint }) => `• ${message}${hint === undefined ? '' : ` _${hint}_`}`),
    ...(more > 0 ? [`• and ${more} more`] : []),
    ...figures,
  ];
  return {
    verdict,
    runId,
    subject,
    body: body.join('\n'),
    chat: {
      title: `${experiment.title} (${environment.id})`,
      description: description.join('\n'),
      nextSteps,
      keywords: [verdict, experiment.id, environment.id],
    },
  };
}

function figureLines(journal: Journal): string[] {
  const { exposureSeconds, detectSeconds, recoverySeconds } = figuresOf(journal);
  const seconds = (value: number) => `${Number(value.toFixed(1))} s`;
  return [
    ...(exposureSeconds > 0 ? [`Faults were active for ${seconds(exposureSeconds)}.`] : []),
    ...(detectSeconds === undefined ? [] : [`The harm was seen after ${seconds(detectSeconds)}.`]),
    ...(recoverySeconds === undefined ? [] : [`Steady state was back after ${seconds(recoverySeconds)}.`]),
  ];
}

function nextStepsOf(
  { runId, environment, verdict, mode }: Journal,
  input: Pick<RunnerInput, 'environment'>,
): string[] {
  // The commands below ask AWS, which knows no lab; whoever rehearses is told what comes next as the command ends.
  if (mode === 'rehearsal') return [];
  const { account, region } = input.environment;
  const place = account === undefined || region === undefined ? undefined : { account, region };
  return [
    ...(verdict === 'errored' || verdict === 'unrecovered'
      ? [`If harm goes on: npx steadfast halt --all --env ${environment.id}`]
      : []),
    `See the run: npx steadfast show ${runId} --env ${environment.id}`,
    ...(place === undefined
      ? []
      : [`See the environment: ${dashboardLink(place, `steadfast-${environment.id}`)}`]),
  ];
}
