import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { createProgram } from '../../../lib/cli/main.ts';
import { capturedIo } from '../captured-io.ts';

/** A command of the program, with its words: `gameday retro check`. */
export interface FoundCommand {
  readonly words: readonly string[];
  readonly command: CommandUnknownOpts;
  /** Whether it does something itself, besides holding other commands. */
  readonly acts: boolean;
}

/** The program as it is, whose commands nobody calls. */
export const wholeProgram = (): CommandUnknownOpts => createProgram(capturedIo('/').io, '1.2.3', () => {});

/** Every command that the help shows, and those below them. */
export function everyCommand(program: CommandUnknownOpts = wholeProgram()): FoundCommand[] {
  const below = (parent: CommandUnknownOpts, words: readonly string[]): FoundCommand[] =>
    parent
      .createHelp()
      .visibleCommands(parent)
      .filter((command) => command.name() !== 'help')
      .flatMap((command) => {
        const own = [...words, command.name()];
        const acts = command.commands.length === 0 || command.registeredArguments.length > 0;
        return [{ words: own, command, acts }, ...below(command, own)];
      });
  return below(program, []);
}
