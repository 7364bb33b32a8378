import type { GameDay } from '../experiment/game-day.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { problemsOfGameDay } from '../game-day/problems.ts';
import type { Broken, LoadedGameDay } from './load-definition.ts';
import { brokenOf, type Project } from './project.ts';
import { toldOf, toldOfBroken } from './told-of.ts';

/** What keeps a game day from taking place in any environment or lab that it names, each problem with file, line and suggestion. */
export const checkGameDay = (loaded: LoadedGameDay, project: Project): Problem[] =>
  toldOf(loaded, problemsIn(loaded.parsed, project));

/** Everything that is wrong with a game day that does not fit its schema: that, and what the rest of it would do. */
export const checkBrokenGameDay = (broken: Broken<GameDay>, project: Project): Problem[] =>
  toldOfBroken(broken, (parsed) => problemsIn(parsed, project));

const problemsIn = (gameDay: GameDay, project: Project): Problem[] =>
  problemsOfGameDay({
    gameDay,
    project: { ...project, isBroken: (kind, id) => brokenOf(project, id, kind) !== undefined },
  });
