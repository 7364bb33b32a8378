import { createAwsClients } from '../lib/aws/clients.ts';
import { checkLaunchers } from '../lib/aws/game-day/check-launchers.ts';
import { createEditions, type Editions } from '../lib/aws/game-day/editions.ts';
import { createGameDayPorts, type GameDayClients } from '../lib/aws/game-day/ports.ts';
import { wallClock } from '../lib/aws/wall-clock.ts';
import { SteadfastError } from '../lib/experiment/steadfast-error.ts';
import { editionOfExecution } from '../lib/game-day/edition.ts';
import {
  type GameDayMachineState,
  type GameDayTask,
  gameDayTaskSchema,
} from '../lib/game-day/machine-state.ts';
import type { GameDayPorts } from '../lib/game-day/ports.ts';
import { stepGameDay } from '../lib/game-day/step.ts';
import type { Clock } from '../lib/run/ports.ts';
import { createFunctionLog, type FunctionLog } from './log.ts';
import { reportedError } from './reported-error.ts';
import { readSettings } from './settings.ts';

/** What tests put in place of the real thing. */
interface Replacements {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly clients?: GameDayClients;
  readonly clock?: Clock;
  readonly log?: Pick<FunctionLog, 'error' | 'info'>;
}

interface Made {
  readonly clients: GameDayClients;
  readonly ports: GameDayPorts;
  readonly editions: Editions;
  readonly log: Pick<FunctionLog, 'error' | 'info'>;
}

/**
 * A handler that makes one step of a game day: event `{ step, state, execution? }` in, the machine's next state out.
 *
 * @throws an Error whose name is `Steadfast.<code>`, or `Steadfast.retryable` where the same may soon succeed.
 */
export function createGameDayHandler(
  replacements: Replacements = {},
): (event: unknown) => Promise<GameDayMachineState> {
  let made: Made | undefined;
  return async (event) => {
    try {
      made ??= make(replacements);
      const { ports, log } = made;
      const read = gameDayTaskSchema.safeParse(event);
      if (!read.success) {
        throw new SteadfastError('invalid', `this is no step of a game day: ${read.error.message}`, {
          hint: 'start the state machine of the game day with {}',
          cause: read.error,
        });
      }
      if (read.data.step === 'begin') await register(made, read.data);
      const next = await stepGameDay(ports, read.data);
      if (next.next === 'done') await close(made, next.edition);
      log.info('step done', { edition: next.edition, step: read.data.step, next: next.next });
      return next;
    } catch (thrown) {
      const error = reportedError(thrown);
      made?.log.error('step failed', error);
      throw error;
    }
  };
}

function make({ variables, clients, clock, log }: Replacements): Made {
  const settings = readSettings(variables ?? process.env);
  const { environment, table } = settings;
  const used = clients ?? createAwsClients();
  return {
    clients: used,
    ports: createGameDayPorts({ ...settings, clients: used, clock: clock ?? wallClock }),
    editions: createEditions({ dynamo: used.dynamo, table }),
    log: log ?? createFunctionLog({ environment }),
  };
}

/** Before anything else of an edition there is its place in the index: whoever finds its machine dead knows of it by that. */
async function register(
  { clients, editions }: Made,
  { state: { input }, execution }: Extract<GameDayTask, { readonly step: 'begin' }>,
): Promise<void> {
  await checkLaunchers(clients.sfn, input);
  await editions.save({
    edition: editionOfExecution(input.id, execution.name, execution.startedAt),
    gameDay: input.id,
    title: input.title,
    beganAt: execution.startedAt,
    execution: execution.id,
  });
}

async function close({ editions, ports }: Made, edition: string): Promise<void> {
  const known = (await editions.all()).find((one) => one.edition === edition);
  if (known === undefined || known.closedAt !== undefined) return;
  await editions.save({ ...known, closedAt: new Date(ports.clock.now()).toISOString() });
}
