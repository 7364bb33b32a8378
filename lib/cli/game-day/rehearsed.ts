import { join } from 'node:path';
import { exitCodes, type Verdict, worstVerdict } from '../../experiment/verdict.ts';
import type { GameDayView } from '../../game-day/view.ts';
import { gameDayFiles } from '../../rehearsal/game-day/files.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printLine } from '../io.ts';
import { columnsAssumed, hanging } from '../plan/words.ts';
import { pathFor } from '../tell-result.ts';
import { plainText } from '../view/text-width.ts';

/**
 * What a rehearsed game day comes to: the worst of its stages' last attempts. Where those that ran held and others never ran, nothing was
 * missed, but it does not carry that all of it holds.
 *
 * @returns undefined where no stage ran
 */
function verdictOf({ stages }: Pick<GameDayView, 'stages'>): Verdict | undefined {
  const verdicts = stages.flatMap(({ verdict }) => verdict ?? []);
  if (verdicts.length === 0) return undefined;
  const worst = worstVerdict(verdicts);
  return worst === 'held' && verdicts.length < stages.length ? 'inconclusive' : worst;
}

/** @param isInterrupted it was ended by Ctrl-C, or by a system that shuts down */
export function exitCodeOfRehearsal(view: Pick<GameDayView, 'stages'>, isInterrupted: boolean): number {
  const verdict = verdictOf(view);
  if (verdict !== undefined) return exitCodes[verdict];
  return isInterrupted ? exitCode.interrupted : exitCode.refused;
}

/** The end of a rehearsal as programs read it; `folder` holds its log. */
export function rehearsalDocument(view: GameDayView, folder: string) {
  const { edition, gameDay, environment, stages } = view;
  return {
    edition,
    gameDay,
    lab: environment,
    verdict: verdictOf(view) ?? null,
    stages: stages.map(({ number, title, status, verdict, summary, attempts }) => ({
      number,
      title,
      status,
      verdict: verdict ?? null,
      summary: summary ?? null,
      attempts,
    })),
    folder,
  };
}

/** The end of a rehearsal for people. */
export function tellRehearsed(io: Io, view: GameDayView, folder: string): void {
  const columns = io.stdoutColumns ?? columnsAssumed;
  const say = (head: string, text: string): void => {
    for (const line of hanging(head, plainText(text), columns)) printLine(io.stdout, line);
  };
  printLine(io.stdout);
  for (const { number, title, verdict, summary, attempts } of view.stages) {
    const tries = attempts > 1 ? `, attempt ${attempts}` : '';
    const came = verdict === undefined ? 'it never ran' : `${verdict}${tries}. ${summary ?? ''}`;
    say(`${number}  `, `${title}: ${came}`);
  }
  const verdict = verdictOf(view);
  printLine(io.stdout);
  say('', `The rehearsal of ${view.gameDay}: ${verdict ?? 'no stage ran'}.`);
  say('Log:   ', pathFor(io, join(folder, gameDayFiles.log)));
  say('Next:  ', `npx steadfast gameday status ${view.edition} --all`);
}
