import type { Journal } from '../../run/journal.ts';
import { nameOf, provenName } from '../actor-name.ts';
import { alertsOf } from '../alerts.ts';
import { attemptsOf, attemptThatCounts, type LoggedAttempt } from '../attempts.ts';
import type { Entry, EntryKind } from '../entry.ts';
import type { GameDayInput } from '../input.ts';
import { predictionsOf } from '../predictions.ts';
import { changesKnownUntil, timelineOf } from '../timeline.ts';
import { stageTitle } from '../words.ts';
import { nextEditionBy } from './next-edition.ts';
import type { OpenAction } from './open-actions.ts';
import { type Judged, proposeActions } from './propose-actions.ts';
import type { Retro, RetroAction, RetroAttempt, RetroLine } from './retro.ts';

/** Who drafts it, and from what. */
export interface RetroSource {
  readonly edition: string;
  readonly input: GameDayInput;
  readonly entries: readonly Entry[];
  /** Of the runs that left one, by the id of the run. */
  readonly journals: ReadonlyMap<string, Journal>;
  /** What is still open of former editions. */
  readonly stillOpen: readonly OpenAction[];
}

/** Drafts the retrospective of an edition from its log: everything that is known by then, judged, with each deviation as something to do. */
export function draftRetro(source: RetroSource): Retro {
  const { edition, input, entries, journals, stillOpen } = source;
  const attempts = attemptsOf(entries);
  const closed = entries.find(({ kind }) => kind === 'closed');
  // What has not fired by now is late for good: nothing is awaited in a retrospective.
  const alerts = alertsOf(input, entries, Number.MAX_SAFE_INTEGER);
  const predictions = predictionsOf(input, entries);
  const judged = { input, attempts, journals, predictions, alerts };
  const timeline = timelineOf(input, entries).toReversed();
  const linesOf = (kind: EntryKind): readonly RetroLine[] => {
    const numbers = new Set(entries.flatMap((entry) => (entry.kind === kind ? [entry.number] : [])));
    return timeline.filter(({ number }) => numbers.has(number)).map(lineFrom);
  };
  const beganAt = entries[0]?.at ?? new Date(0).toISOString();
  const nextBy = nextEditionBy(beganAt, input.cadence);
  const gap = gapOf(source, closed?.at);
  return {
    edition,
    gameDay: input.id,
    title: input.title,
    owner: input.owner,
    environment: input.environment.id,
    isRehearsal: input.mode === 'rehearsal',
    timeZone: input.timeZone,
    beganAt,
    ...(closed === undefined ? {} : { closedAt: closed.at }),
    ...(nextBy === undefined ? {} : { nextBy }),
    blastRadius: input.blastRadius,
    people: [...new Set(entries.flatMap(({ by }) => (by.proof === 'steadfast' ? [] : [provenName(by)])))],
    hypothesis: { says: input.hypothesis, ...hypothesisOf(input, attempts) },
    stages: input.stages.map(({ number, title }) => ({
      number,
      title,
      attempts: attempts.filter(({ stage }) => stage === number).map((attempt) => attemptOf(attempt, judged)),
    })),
    ...outcomesOf(input, judged),
    predictions,
    alerts,
    notes: linesOf('note'),
    changes: linesOf('change'),
    ...(gap === undefined ? {} : { changesGap: gap }),
    refused: linesOf('denied'),
    timeline: timeline.map(lineFrom),
    actions: withOpen(stillOpen, proposeActions(judged)),
  };
}

const lineFrom = ({ at, text, by, isLate }: RetroLine): RetroLine => ({ at, text, by, isLate });

/** What is open stays as it is; what showed again is told with it. */
function withOpen(
  stillOpen: readonly OpenAction[],
  proposed: readonly RetroAction[],
): readonly RetroAction[] {
  const again = new Map(proposed.map((one) => [one.id, one]));
  const carried = stillOpen.map(({ edition, action }) => {
    const more = again.get(action.id);
    const since = action.why.startsWith('since ') ? action.why : `since ${edition}: ${action.why}`;
    return more === undefined
      ? { ...action, why: since }
      : { ...action, why: `${since}; again: ${more.why}` };
  });
  const known = new Set(carried.map(({ id }) => id));
  return [...carried, ...proposed.filter(({ id }) => !known.has(id))];
}

function attemptOf({ stage, attempt, runId, ended }: LoggedAttempt, { alerts }: Judged): RetroAttempt {
  const fired = alerts.attempts
    .filter((one) => one.stage === stage && one.attempt === attempt)
    .flatMap(({ expected }) => expected.flatMap(({ fireSeconds }) => fireSeconds ?? []));
  return {
    attempt,
    runId,
    summary: ended?.summary ?? 'It was not told how it ended.',
    ...(ended === undefined ? {} : { verdict: ended.verdict }),
    ...(ended?.rejection === undefined ? {} : { rejection: ended.rejection }),
    ...(ended?.detectSeconds === undefined ? {} : { detectSeconds: ended.detectSeconds }),
    ...(ended?.recoverSeconds === undefined ? {} : { recoverSeconds: ended.recoverSeconds }),
    ...(fired.length === 0 ? {} : { alertSeconds: Math.min(...fired) }),
  };
}

/** The hypothesis is shown where every stage held in the attempt that counts; it is refuted by one that was judged otherwise. */
function hypothesisOf(
  input: GameDayInput,
  attempts: readonly LoggedAttempt[],
): Pick<Retro['hypothesis'], 'outcome' | 'why'> {
  const verdicts = input.stages.map(({ number }) => ({
    number,
    verdict: attemptThatCounts(attempts, number)?.ended?.verdict,
  }));
  const titles = (numbers: readonly { readonly number: number }[]) =>
    numbers.map(({ number }) => stageTitle(number, input)).join('; ');
  const against = verdicts.filter(({ verdict }) => verdict === 'deviated' || verdict === 'unrecovered');
  if (against.length > 0) return { outcome: 'did not hold', why: `It did not hold in ${titles(against)}.` };
  const open = verdicts.filter(({ verdict }) => verdict !== 'held');
  return open.length === 0
    ? { outcome: 'held', why: 'Every stage held.' }
    : { outcome: 'not shown', why: `Nothing was shown by ${titles(open)}.` };
}

function outcomesOf(
  input: GameDayInput,
  { attempts, predictions, alerts }: Judged,
): Pick<Retro, 'held' | 'broke' | 'notShown'> {
  const held: string[] = [];
  const broke: string[] = [];
  const notShown: string[] = [];
  for (const { number } of input.stages) {
    const title = stageTitle(number, input);
    const own = attempts.filter(({ stage }) => stage === number);
    if (own.length === 0) notShown.push(`${title}: it was not run`);
    for (const { attempt, ended } of own) {
      const list =
        { held, deviated: broke, unrecovered: broke, errored: broke }[String(ended?.verdict)] ?? notShown;
      list.push(`${title}, attempt ${attempt}: ${ended?.summary ?? 'it was not told how it ended'}`);
    }
  }
  for (const { stage, says, outcome, happened, by } of predictions) {
    const list = { 'as predicted': held, otherwise: broke, unknown: notShown }[outcome];
    list.push(`stage ${stage}, "${says}": ${happened}${by === undefined ? '' : `, says ${nameOf(by)}`}`);
  }
  for (const { stage, counts, expected } of alerts.attempts) {
    if (!counts) continue;
    for (const { alarm, status, text } of expected) {
      const list = { awaited: notShown, 'as expected': held, late: broke, missing: broke, unknown: notShown }[
        status
      ];
      list.push(`stage ${stage}, alert ${alarm}: ${text}`);
    }
  }
  return { held, broke, notShown };
}

/** CloudTrail tells of changes minutes later: what lies between is not known. */
function gapOf({ input, entries }: RetroSource, closedAt: string | undefined): string | undefined {
  if (input.mode === 'rehearsal') return undefined;
  const until = changesKnownUntil(entries);
  if (until === undefined) return 'Nobody looked for changes in the account.';
  const end = closedAt ?? entries.at(-1)?.at ?? until;
  return Date.parse(until) >= Date.parse(end)
    ? undefined
    : `Changes in the account are known until ${until}; what was changed from then until ${end} is not.`;
}
