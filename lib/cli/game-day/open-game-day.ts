import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type EnvironmentFlags, openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import type { Io } from '../io.ts';
import { openAwsGameDays } from './aws-client.ts';
import type { GameDayChoice, GameDayClient } from './client.ts';
import type { EditionSummary, GameDayPlace } from './place.ts';

/** How the command line says which edition is meant, and in which role. */
export interface GameDayFlags extends EnvironmentFlags, GameDayChoice {}

/** An edition, with where it takes place. */
export interface OpenGameDay {
  readonly place: GameDayPlace;
  readonly client: GameDayClient;
}

/** Where the editions are that are meant: in the environment that is named or, without one, first the rehearsals that are open here. */
export async function openPlace(io: Io, flags: GameDayFlags, outside: Outside): Promise<GameDayPlace> {
  return openAwsGameDays(await openEnvironment(io, flags, outside));
}

/**
 * Opens the edition that is named, else the only one that is open: nothing is guessed where there are several.
 *
 * @throws SteadfastError `unknown-id` where there is none, `usage` where several are open
 */
export async function openGameDay(io: Io, flags: GameDayFlags, outside: Outside): Promise<OpenGameDay> {
  const place = await openPlace(io, flags, outside);
  const { edition } = choose(await place.editions(), flags, place);
  return { place, client: place.open(edition, flags.role) };
}

export const isOpen = ({ closedAt }: EditionSummary): boolean => closedAt === undefined;

function choose(
  editions: readonly EditionSummary[],
  { edition }: GameDayChoice,
  { name, flags }: GameDayPlace,
): EditionSummary {
  if (edition !== undefined) {
    const named = editions.find((one) => one.edition === edition);
    if (named !== undefined) return named;
    const meant = suggest(
      edition,
      editions.map((one) => one.edition),
    );
    throw new SteadfastError('unknown-id', `there is no edition '${edition}' in ${name}`, {
      hint:
        meant === undefined
          ? `steadfast gameday status${flags} tells which are open`
          : `did you mean '${meant}'?`,
    });
  }
  const open = editions.filter(isOpen);
  const [only] = open;
  if (only !== undefined && open.length === 1) return only;
  if (only === undefined)
    throw new SteadfastError('unknown-id', `no game day is open in ${name}`, {
      hint: `begin one with: steadfast gameday start <game day>${flags}`,
    });
  throw new SteadfastError('usage', `several editions are open in ${name}: say which`, {
    hint: `--edition, one of ${open.map((one) => `${one.edition} (${one.title})`).join(', ')}`,
  });
}
