import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { retroFiles } from '../../definitions/kept-retros.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { readRetro } from '../../game-day/retro/read-retro.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';

/** Far more than anybody writes. */
const largestBytes = 10_000_000;

/**
 * Whether a retrospective is complete: each action has an owner, a date and a state.
 *
 * @throws SteadfastError `invalid` with what is missing, line by line; `unknown-id` where there is no such file
 */
export async function gameDayRetroCheckCommand(
  io: Io,
  named: string,
  flags: { readonly json?: boolean | undefined },
): Promise<number> {
  const file = await fileOf(resolve(io.cwd, named), named);
  const { actions, problems } = readRetro(await readFile(file, 'utf8'));
  if (problems.length > 0) {
    const count = `${problems.length} ${problems.length === 1 ? 'thing is' : 'things are'} missing or wrong`;
    throw new SteadfastError('invalid', `${named} is not complete: ${count}`, {
      problems: problems.map(({ line, message, hint }) => ({
        code: 'incomplete',
        path: [],
        file,
        line,
        message,
        hint,
      })),
    });
  }
  const open = actions.filter(({ state }) => state === 'open').length;
  if (flags.json === true) printJson(io, { actions });
  else
    printLine(
      io.stdout,
      actions.length === 0
        ? `${named} is complete: nothing is to be done.`
        : `${named} is complete: ${actions.length} ${actions.length === 1 ? 'action' : 'actions'}, ${open} open, each with an owner and a date.`,
    );
  return exitCode.fine;
}

/** A folder means the retrospective in it. */
async function fileOf(path: string, named: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true)
    return fileOf(join(path, retroFiles.markdown), join(named, retroFiles.markdown));
  if (found === undefined || !found.isFile())
    throw new SteadfastError('unknown-id', `there is no file ${named}`, {
      hint: 'steadfast gameday retro <edition> drafts one',
    });
  if (found.size > largestBytes)
    throw new SteadfastError('invalid', `${named} has ${found.size} bytes: it is no retrospective`);
  return path;
}
