import { loadEnvironments } from '../../definitions/project.ts';
import { projectRootOf } from '../../definitions/project-root.ts';
import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type EnvironmentFlags, openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import type { Io } from '../io.ts';
import { openAwsGameDays } from './aws-client.ts';
import type { GameDayChoice, GameDayClient } from './client.ts';
import { openLocalGameDays } from './local-client.ts';
import type { EditionSummary, GameDayPlace } from './place.ts';

/** How the command line says which edition is meant, in which role, and by whom. */
export interface GameDayFlags extends EnvironmentFlags, GameDayChoice {
  /** Who somebody says they are, in a rehearsal. */
  readonly as?: string | undefined;
}

/** An edition, with where it takes place. */
export interface OpenGameDay {
  readonly place: GameDayPlace;
  readonly client: GameDayClient;
}

/**
 * Where the editions are that are meant: in the environment that is named. Without one it is a rehearsal on this machine, where one is open or
 * the edition is its; else the project's only environment.
 *
 * @throws SteadfastError `usage` where a name is claimed in AWS, which knows who calls
 */
export async function openPlace(io: Io, flags: GameDayFlags, outside: Outside): Promise<GameDayPlace> {
  const { env, edition, as: name } = flags;
  if (env === undefined) {
    const { clock } = outside;
    const root = projectRootOf(io.cwd);
    const now = () => clock.timeOfDay?.() ?? clock.now();
    const here = openLocalGameDays({ root, name, clock: { now } });
    const rehearsed = await here.editions();
    const isHere = rehearsed.some((one) => (edition === undefined ? isOpen(one) : one.edition === edition));
    if (isHere) return here;
    const { environments } = await loadEnvironments(root);
    if (environments.length !== 1 && rehearsed.length > 0) return here;
  }
  if (name !== undefined)
    throw new SteadfastError('usage', '--as is for rehearsals: in AWS the credentials say who you are', {
      hint: 'leave it away, or name other credentials with --profile',
    });
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
      hint: `begin one with: steadfast gameday ${flags === '' ? 'rehearse <game day>' : `start <game day>${flags}`}`,
    });
  throw new SteadfastError('usage', `several editions are open in ${name}: say which`, {
    hint: `--edition, one of ${open.map((one) => `${one.edition} (${one.title})`).join(', ')}`,
  });
}
