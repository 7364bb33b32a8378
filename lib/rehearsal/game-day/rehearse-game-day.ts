import { rm } from 'node:fs/promises';
import type { GameDay, GameDayDefinition } from '../../experiment/game-day.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import { planGameDay } from '../../game-day/plan-game-day.ts';
import type { OpenAction } from '../../game-day/retro/open-actions.ts';
import { createLabGuards } from '../../lab/guards.ts';
import { planTargetOfLab } from '../../plan/lab-target.ts';
import type { Journal } from '../../run/journal.ts';
import type { Clock } from '../../run/ports.ts';
import { type LabOfRuns, type RehearseOptions, withLab } from '../rehearse.ts';
import { type HeldGameDay, holdGameDay } from './hold-game-day.ts';
import { createStagesInLab, type StageExperiment } from './stages-in-lab.ts';

export interface RehearseGameDayOptions {
  readonly gameDay: { readonly definition: GameDayDefinition; readonly parsed: GameDay };
  /** The one that the game day names. */
  readonly lab: RehearseOptions['lab'];
  /** At least those of its stages. */
  readonly experiments: readonly StageExperiment[];
  /** What is still to be done of former editions. */
  readonly openActions?: readonly OpenAction[];
  /** An id of its own (lib/game-day/edition.ts). */
  readonly edition: string;
  /** Where the edition's files and the lab's logs go: a folder of its own. */
  readonly folder: string;
  /** Where the files of a run go; made where it is not there. */
  readonly folderOfRun: (runId: string) => string;
  readonly seed: number;
  readonly clock: Clock;
  /** Ends the start of the lab; once the game day has begun, `stop` ends it in order. */
  readonly signal: AbortSignal;
  /** Told what people should know beside the log. */
  readonly tell: (text: string) => void;
  /** Told of a run's journal once it is written. */
  readonly onJournal?: (journal: Journal, folder: string) => Promise<void>;
}

/**
 * Rehearses a game day in its lab, which runs for the whole edition; leaves nothing running once it has ended. Each stage is a run as
 * `rehearse` makes one. It has begun when this resolves; its `ended` resolves once it is closed and its lab is gone.
 *
 * @throws SteadfastError `invalid` where it cannot take place in the lab, `cannot-begin` where the lab does not start or the folder cannot
 * be written, `interrupted` when the signal aborts before it has begun; nothing is left behind then
 */
export async function rehearseGameDay(options: RehearseGameDayOptions): Promise<HeldGameDay> {
  const { lab, folder, seed, clock, signal, tell } = options;
  const input = inputOf(options);
  const begun = Promise.withResolvers<HeldGameDay>();
  const place = { clock, lab, out: folder, seed, signal, tell };
  const whole = withLab(
    place,
    async (running) => {
      const held = await holdInLab(options, input, running);
      begun.resolve(held);
      await held.ended;
    },
    async (cause) => {
      throw cause;
    },
  );
  whole.catch((cause: unknown) => begun.reject(cause));
  try {
    const held = await begun.promise;
    return {
      edition: held.edition,
      input,
      view: (role) => held.view(role),
      act: (person, command) => held.act(person, command),
      subscribe: (listener) => held.subscribe(listener),
      get entries() {
        return held.entries;
      },
      ended: whole,
      stop: async (reason) => {
        await held.stop(reason);
        await whole;
      },
    };
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}

function inputOf({ gameDay, lab, experiments, openActions = [] }: RehearseGameDayOptions): GameDayInput {
  const { definition, parsed } = gameDay;
  const target = planTargetOfLab(lab.definition, lab.parsed);
  return planGameDay({ definition, gameDay: parsed, target, experiments, openActions });
}

async function holdInLab(
  options: RehearseGameDayOptions,
  input: GameDayInput,
  place: LabOfRuns,
): Promise<HeldGameDay> {
  const { edition, lab, experiments, folder, clock, seed, tell } = options;
  return holdGameDay({
    edition,
    input,
    experiments: Object.fromEntries(experiments.map(({ id, parsed }) => [id, parsed])),
    folder,
    clock,
    guards: createLabGuards({ ...lab.parsed.guards, ...lab.parsed.alarms }, place.running, clock),
    tell,
    run: createStagesInLab({
      place,
      lab,
      experiments,
      folderOf: options.folderOfRun,
      seed,
      clock,
      tell,
      onJournal: options.onJournal ?? (async () => undefined),
    }),
  });
}
