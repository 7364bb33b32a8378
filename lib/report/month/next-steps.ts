import { plural } from '../format.ts';
import type { MonthReport, MonthStep } from './month-schema.ts';

/** More than these nobody does next. */
const mostSteps = 12;
/** Of experiments that were not run so many are steps of their own. */
const mostIdle = 3;
/** Of services with much untested so many are named. */
const mostUntested = 3;

type Known = Pick<
  MonthReport,
  'environment' | 'isRehearsal' | 'broke' | 'open' | 'notRun' | 'idle' | 'untested' | 'actions' | 'gameDays'
>;

/** What to do next, the most pressing first. */
export function nextStepsOf(known: Known): MonthStep[] {
  const steps = [
    ...mend(known),
    ...act(known),
    ...again(known),
    ...begin(known),
    ...hold(known),
    ...test(known),
  ];
  const more = steps.length - mostSteps;
  return more > 0
    ? [...steps.slice(0, mostSteps), { text: `And ${plural(more, 'more step')} like these.` }]
    : steps;
}

const runCommand = ({ environment, isRehearsal }: Known, id: string): string =>
  isRehearsal ? `npx steadfast rehearse ${id}` : `npx steadfast run ${id} --env ${environment}`;

const mend = (known: Known): MonthStep[] =>
  known.broke
    .filter(({ standing }) => standing === 'still')
    .map(({ title, hint, experiment }) => ({
      text: `Mend what breaks in “${title}”${hint === undefined ? '' : `: ${hint.replace(/\.$/, '')}`}. Then see it hold.`,
      command: runCommand(known, experiment),
    }));

const act = ({ actions = [] }: Known): MonthStep[] =>
  actions.flatMap(({ what, owner, due, isOverdue, gameDay }): MonthStep[] => {
    const about = `“${what}”, which the game day ${gameDay} left to do`;
    if (owner === undefined) return [{ text: `Find somebody for ${about}.` }];
    if (due === undefined) return [{ text: `Have ${owner} say by when they see to ${about}.` }];
    return isOverdue ? [{ text: `Ask ${owner} about ${about}: it was due on ${due}.` }] : [];
  });

const again = (known: Known): MonthStep[] =>
  known.open
    .filter(({ standing }) => standing !== 'over')
    .map(({ title, experiment, hint }) => ({
      text: `Run “${title}” again: its last run could not tell${hint === undefined ? '' : ` (${hint.replace(/\.$/, '')})`}.`,
      command: runCommand(known, experiment),
    }));

const begin = (known: Known): MonthStep[] => [
  ...known.notRun
    .filter(({ standing }) => standing !== 'over')
    .map(({ title, experiment, summary }) => ({
      text: `Find out why “${title}” did not run: ${summary}`,
      command: runCommand(known, experiment),
    })),
  ...rest(known),
];

/** Experiments that were not run: a few by their names, many as one step. */
function rest(known: Known): MonthStep[] {
  const { idle = [] } = known;
  if (idle.length <= mostIdle) {
    return idle.map(({ title, experiment }) => ({
      text: `Run “${title}”: it was not run in this month.`,
      command: runCommand(known, experiment),
    }));
  }
  const names = idle.slice(0, mostIdle).map(({ title }) => `“${title}”`);
  return [
    {
      text: `Run the ${idle.length} experiments that were not run in this month: ${names.join(', ')} and ${idle.length - mostIdle} more.`,
    },
  ];
}

const hold = ({ gameDays = [] }: Known): MonthStep[] =>
  gameDays
    .filter(({ isOverdue }) => isOverdue)
    .map(({ gameDay, nextBy }) => ({
      text: `Hold the game day ${gameDay}: ${nextBy === undefined ? 'it was never held' : `it was due by ${nextBy}`}.`,
    }));

const test = ({ untested = [] }: Known): MonthStep[] =>
  untested
    .filter(({ what }) => what.length > 0)
    .slice(0, mostUntested)
    .map(({ service, what }) => ({
      text: `Test what nothing tests of ${service}: ${what[0]}${what.length > 1 ? ` and ${what.length - 1} more` : ''}.`,
      command: `npx steadfast new --list --for ${service}`,
    }));
