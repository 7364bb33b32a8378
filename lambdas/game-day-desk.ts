import { createGameDayClients } from '../lib/aws/game-day/clients.ts';
import { createEditions, type Editions } from '../lib/aws/game-day/editions.ts';
import { createAwsFigures } from '../lib/aws/game-day/figures.ts';
import { createGameDayPorts, type GameDayClients } from '../lib/aws/game-day/ports.ts';
import { wallClock } from '../lib/aws/wall-clock.ts';
import type { GameDayPorts } from '../lib/game-day/ports.ts';
import type { FiguresOf } from '../lib/game-day/show.ts';
import type { Clock } from '../lib/run/ports.ts';
import { createFunctionLog, type FunctionLog } from './log.ts';
import { readSettings } from './settings.ts';

/** What people reach game days by: the widgets and the desk alike. */
export interface GameDayDesk {
  readonly environment: string;
  readonly ports: GameDayPorts;
  readonly editions: Editions;
  readonly figuresOf: FiguresOf;
  readonly log: Pick<FunctionLog, 'error' | 'info'>;
}

/** What tests put in place of the real thing. */
export interface DeskReplacements {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly clients?: GameDayClients;
  readonly clock?: Clock;
  readonly log?: Pick<FunctionLog, 'error' | 'info'>;
}

/** @throws SteadfastError `invalid` where the environment variables are wrong */
export function createGameDayDesk({ variables, clients, clock, log }: DeskReplacements): GameDayDesk {
  const settings = readSettings(variables ?? process.env);
  const { environment, table, bucket } = settings;
  const used = clients ?? createGameDayClients();
  return {
    environment,
    ports: createGameDayPorts({ ...settings, clients: used, clock: clock ?? wallClock }),
    editions: createEditions({ dynamo: used.dynamo, table }),
    figuresOf: createAwsFigures({ s3: used.s3, bucket }),
    log: log ?? createFunctionLog({ environment }),
  };
}
