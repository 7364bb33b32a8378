import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { projectRootOf } from '../../definitions/project-root.ts';
import { answerLines, bashAnswer } from '../completion/answer.ts';
import { idsFrom } from '../completion/known-ids.ts';
import { propose } from '../completion/propose.ts';
import { readShellLine } from '../completion/shell-line.ts';
import { type Io, printLine } from '../io.ts';

export interface CompleteFlags {
  readonly shell?: string | undefined;
  readonly breaks?: string | undefined;
}

/** Spaces and quotes break words anyway; the others of Bash's own list begin or end commands and never stand within a word of ours. */
const breaksWithin = /[^:=@]/g;

/**
 * Answers a shell at Tab. It never fails and tells no error: whoever presses Tab sees proposals or none.
 *
 * @param words of Bash the line up to the cursor; of the others the words after the command, the last as far as it is typed
 */
export async function completeCommand(
  io: Io,
  program: CommandUnknownOpts,
  words: readonly string[],
  { shell, breaks = '' }: CompleteFlags,
): Promise<void> {
  const root = projectRootOf(io.cwd);
  const ids = (source: Parameters<typeof idsFrom>[0]) => idsFrom(source, root);
  try {
    if (shell === 'bash') {
      const line = readShellLine(words[0] ?? '', breaks.replaceAll(breaksWithin, ''));
      const found = await propose(program, line.before.slice(1), line.current, ids);
      for (const one of bashAnswer(found, line)) printLine(io.stdout, one);
      return;
    }
    const found = await propose(program, words.slice(0, -1), words.at(-1) ?? '', ids);
    for (const one of answerLines(found)) printLine(io.stdout, one);
  } catch {
    // A folder that cannot be read, a definition that is gone: nothing is proposed.
  }
}
