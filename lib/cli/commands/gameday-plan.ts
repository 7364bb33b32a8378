import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import { type EnvironmentFlags, openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import { projectOf } from '../find-experiment.ts';
import { lookAtDeployed } from '../game-day/deployed-game-day.ts';
import { findGameDay, plannedGameDay, unknownGameDay } from '../game-day/find-game-day.ts';
import { gameDayPlanLines } from '../game-day/plan-lines.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { printError } from '../print-problems.ts';

export interface GameDayPlanFlags extends EnvironmentFlags {
  readonly offline?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** What keeps it from being begun; absent where nothing does, or where nobody was asked. */
type Sight = { readonly input: GameDayInput | undefined; readonly refusal?: SteadfastError };

/** Shows what a game day would be, and whether it could be begun now; changes nothing. Exit 0 where it could, else 4. */
export async function gameDayPlanCommand(
  io: Io,
  id: string,
  flags: GameDayPlanFlags,
  outside: Outside,
): Promise<number> {
  const { env, offline, json } = flags;
  const asksAws = env !== undefined && offline !== true;
  const { input, refusal } = asksAws
    ? await askAws(io, id, flags, outside)
    : { input: await plannedHere(io, id, env) };
  if (input === undefined) throw refusal ?? unknownGameDay(id, [], 'here');
  if (json === true)
    printJson(io, {
      asked: asksAws,
      begins: asksAws ? refusal === undefined : null,
      ...(refusal === undefined ? {} : { refusal: { code: refusal.code, message: refusal.message } }),
      plan: input,
    });
  else {
    for (const line of gameDayPlanLines(input, Math.max(40, io.stdoutColumns ?? 100)))
      printLine(io.stdout, line);
    if (refusal === undefined) printLine(io.stdout, `\nNext: ${nextWords(id, env)}`);
  }
  if (refusal === undefined) return exitCode.fine;
  printError(io, refusal);
  return exitCodeOf(refusal.code);
}

const nextWords = (id: string, env: string | undefined) =>
  env === undefined
    ? `npx steadfast gameday rehearse ${id}`
    : `npx steadfast gameday start ${id} --env ${env}`;

async function plannedHere(io: Io, id: string, env: string | undefined): Promise<GameDayInput> {
  const project = await projectOf(io.cwd);
  const own = findGameDay(id, project);
  if (own !== undefined) return plannedGameDay(own, project, env);
  const known = project.gameDays.map((one) => one.id);
  throw unknownGameDay(id, known, 'in this project');
}

/** What is deployed is what would be held; where it cannot be begun, the plan is shown all the same as far as the project has it. */
async function askAws(io: Io, id: string, flags: GameDayPlanFlags, outside: Outside): Promise<Sight> {
  try {
    const { input, planned } = await lookAtDeployed(await openEnvironment(io, flags, outside), id);
    return { input: input ?? planned };
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError) || thrown.code === 'usage') throw thrown;
    const input = await plannedHere(io, id, flags.env).catch(() => undefined);
    return { input, refusal: thrown };
  }
}
