import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { openActionsIn } from '../../definitions/kept-retros.ts';
import { editionId } from '../../game-day/edition.ts';
import { randomTokens } from '../../game-day-page/random-tokens.ts';
import { startGameDayPage } from '../../game-day-page/start-game-day-page.ts';
import { systemClock } from '../../probing/system-clock.ts';
import { runFiles, writeWhole } from '../../rehearsal/file-run-store.ts';
import { startGameDayControl } from '../../rehearsal/game-day/control/start-control.ts';
import { gameDayFolders } from '../../rehearsal/game-day/files.ts';
import type { HeldGameDay } from '../../rehearsal/game-day/hold-game-day.ts';
import { rehearseGameDay } from '../../rehearsal/game-day/rehearse-game-day.ts';
import { renderReport } from '../../report/report.ts';
import { projectOf } from '../find-experiment.ts';
import { type Ending, endOnSignals } from '../game-day/end-on-signals.ts';
import { gameDayToRehearse } from '../game-day/game-day-to-rehearse.ts';
import { createLiveLines } from '../game-day/live-lines.ts';
import { openingLines } from '../game-day/opening-lines.ts';
import { exitCodeOfRehearsal, rehearsalDocument, tellRehearsed } from '../game-day/rehearsed.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { columnsAssumed } from '../plan/words.ts';
import { seeds } from '../rehearsals/seeds.ts';
import { folderOfRun } from '../run-folder.ts';

export interface GameDayRehearseFlags {
  /** False where nobody is to be served a page. */
  readonly page: boolean;
  readonly port?: number | undefined;
  readonly seed?: number | undefined;
  readonly json?: boolean | undefined;
}

/** Holds a game day on this machine until it is closed; the exit code is that of the worst stage. */
export async function gameDayRehearseCommand(
  io: Io,
  id: string,
  flags: GameDayRehearseFlags,
): Promise<number> {
  const tell = (text: string): void => printLine(io.stderr, text);
  const ending = endOnSignals(tell);
  try {
    const project = await projectOf(io.cwd);
    const { gameDay, lab } = gameDayToRehearse(id, project);
    const edition = editionId(gameDay.id, systemClock.now(), randomBytes(8).toString('hex'));
    const folder = join(gameDayFolders(project.root), edition);
    tell(`The lab ${lab.id} is starting.`);
    const live = await rehearseGameDay({
      gameDay,
      lab,
      experiments: project.experiments,
      openActions: openActionsIn(project.root, gameDay.id),
      edition,
      folder,
      folderOfRun: (runId) => folderOfRun({ asked: undefined, cwd: io.cwd, root: project.root, runId }),
      seed: flags.seed ?? randomInt(seeds),
      clock: systemClock,
      signal: ending.signal,
      tell,
      onJournal: (journal, out) => writeWhole(join(out, runFiles.report), renderReport(journal)),
    });
    await attend(io, live, { flags, folder, ending });
    const view = live.view('observer');
    if (flags.json === true) printJson(io, rehearsalDocument(view, folder));
    else tellRehearsed(io, view, folder);
    return exitCodeOfRehearsal(view, ending.reason !== undefined);
  } finally {
    ending.close();
  }
}

interface Attendance {
  readonly flags: GameDayRehearseFlags;
  readonly folder: string;
  readonly ending: Ending;
}

/** Lets people in, and tells what happens, until the game day has ended and nothing of it goes on. */
async function attend(io: Io, live: HeldGameDay, { flags, folder, ending }: Attendance): Promise<void> {
  const doors: { stop(): Promise<void> }[] = [];
  try {
    ending.begun((reason) => live.stop(reason));
    doors.push(await startGameDayControl(live, { folder }));
    const page = flags.page
      ? await startGameDayPage(live, {
          clock: systemClock,
          tokens: randomTokens,
          ...(flags.port === undefined ? {} : { port: flags.port }),
        })
      : undefined;
    if (page !== undefined) doors.push(page);
    const columns = io.stderr.columns ?? columnsAssumed;
    const colours = io.stderrColours;
    for (const line of openingLines(live.view('observer'), page?.links, { columns, colours }))
      printLine(io.stderr, line);
    const lines = createLiveLines({ columns, colours });
    const show = (): void => {
      for (const line of lines(live.view('observer'))) printLine(io.stderr, line);
    };
    const leave = live.subscribe(show);
    show();
    await live.ended;
    leave();
    show();
  } finally {
    await live.stop('the command ended');
    await Promise.all(doors.map((door) => door.stop()));
  }
}
