import { type KeptRetro, keptRetros } from '../../definitions/kept-retros.ts';
import type { Project } from '../../definitions/project.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { isTimeZone } from '../../experiment/time-zone.ts';
import { askedMonth, type Month, monthBefore } from '../../report/month/calendar.ts';
import { monthMarkdown } from '../../report/month/month-markdown.ts';
import { renderMonth } from '../../report/month/month-page.ts';
import { type MonthPast, type MonthPastGameDay, monthReport } from '../../report/month/month-report.ts';
import { monthLines } from '../../report/month/month-text.ts';
import { openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import type { Io } from '../io.ts';
import { awsPast, withLessons } from '../reports/aws-past.ts';
import { folderOfRuns, type SourceFlags } from '../reports/find-journal.ts';
import { type FormFlags, giveReport } from '../reports/give-report.ts';
import { knownServices } from '../reports/known-services.ts';
import { localPast } from '../reports/local-past.ts';
import { nowOf } from '../reports/now.ts';
import type { Past } from '../reports/past.ts';
import { heldGameDays } from '../resilience/held-game-days.ts';

export interface ReportMonthFlags extends Omit<SourceFlags, 'env'>, FormFlags {
  /** `2026-11`; the last one that is over where absent. */
  readonly month?: string | undefined;
  /** By whose clocks it begins and ends; UTC where absent. */
  readonly timeZone?: string | undefined;
}

/** Reports a month of an environment, or of a lab, for people who were not there. */
export async function reportMonthCommand(
  io: Io,
  environment: string,
  flags: ReportMonthFlags,
  outside: Outside,
): Promise<number> {
  const nowMs = nowOf(outside);
  const month = askedMonth(flags.month, zoneOf(flags), nowMs);
  const project = await projectOf(io.cwd);
  const isRehearsal = project.labs.some(({ id }) => id === environment);
  const past = await pastOf(io, { environment, isRehearsal, month }, flags, outside);
  const report = monthReport({
    environment,
    isRehearsal,
    month,
    nowMs,
    ...knownOf(project, environment, isRehearsal, nowMs),
    ...past,
  });
  await giveReport(io, flags, {
    html: () => renderMonth(report),
    markdown: () => monthMarkdown(report),
    document: report,
    lines: () => monthLines(report),
  });
  return exitCode.fine;
}

function zoneOf({ timeZone = 'UTC' }: ReportMonthFlags): string {
  if (isTimeZone(timeZone)) return timeZone;
  throw new SteadfastError('usage', `'${timeZone}' is no IANA time zone`, {
    hint: 'write one such as Europe/Dublin, or leave it out for UTC',
  });
}

/** The runs of the month and of the one before: of a lab, or with a folder of runs, those on this machine, else those of the index. */
async function pastOf(
  io: Io,
  about: { readonly environment: string; readonly isRehearsal: boolean; readonly month: Month },
  flags: ReportMonthFlags,
  outside: Outside,
): Promise<Past> {
  const { environment, isRehearsal, month } = about;
  const span = { fromMs: monthBefore(month).fromMs, toMs: month.toMs };
  if (!isRehearsal && flags.runs === undefined) {
    const opened = await openEnvironment(io, { ...flags, env: environment }, outside);
    return withLessons(await awsPast(opened, span), opened);
  }
  const past = await localPast(io, folderOfRuns(io, flags), span);
  return { ...past, runs: past.runs.filter((run) => run.environment === environment) };
}

/** What the project says of the environment; nothing where it does not describe it. */
function knownOf(
  project: Project,
  environment: string,
  isRehearsal: boolean,
  nowMs: number,
): Pick<MonthPast, 'experiments' | 'untested' | 'gameDays'> {
  const isHere = isRehearsal || project.environments.some(({ id }) => id === environment);
  if (!isHere) return {};
  const labs = project.labs.filter(({ id }) => id === environment);
  const services = isRehearsal
    ? knownServices({ ...project, labs }, undefined)
    : knownServices(project, environment);
  return {
    experiments: project.experiments
      .filter(({ parsed }) =>
        isRehearsal ? parsed.lab === environment : parsed.environments?.[environment] !== undefined,
      )
      .map(({ id, parsed }) => ({ id, title: parsed.title })),
    untested: services?.map(({ service, untested }) => ({ service, what: [...untested] })),
    gameDays: gameDaysOf(project, environment, isRehearsal, nowMs),
  };
}

function gameDaysOf(
  project: Project,
  environment: string,
  isRehearsal: boolean,
  nowMs: number,
): readonly MonthPastGameDay[] {
  const retros = keptRetros(project.root);
  const days = isRehearsal
    ? project.gameDays.filter(({ parsed }) => parsed.lab === environment)
    : project.gameDays;
  const isOfHere = (one: KeptRetro) =>
    one.isRehearsal === isRehearsal && (isRehearsal || one.environment === environment);
  return heldGameDays({ gameDays: days }, retros, isRehearsal ? undefined : environment, nowMs).map(
    ({ gameDay, nextBy, isOverdue, open }) => ({
      gameDay,
      editions: retros
        .filter((one) => one.gameDay === gameDay && isOfHere(one))
        .map(({ edition, beganAt }) => ({ edition, beganAt })),
      nextBy,
      isOverdue,
      open,
    }),
  );
}
