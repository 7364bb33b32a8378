import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generated, page } from './generated.ts';

const run = promisify(execFile);
const entry = fileURLToPath(new URL('../../bin/steadfast.js', import.meta.url));

/** What the command prints, not to a terminal: 80 columns, no colours. */
async function printed(...words: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [entry, ...words]);
  return stdout.trimEnd();
}

const block = (text: string): string[] => ['```text', text, '```'];

/** The commands that the program's own help lists, under whatever headings: each takes an option, an argument or another command. */
const commandsIn = (help: string): string[] =>
  [...help.matchAll(/^ {2}([a-z]+) (?:[[<]| )/gm)]
    .flatMap(([, name = '']) => name)
    .filter((name) => name !== 'help');

interface CommandHelp {
  readonly words: readonly string[];
  readonly help: string;
}

/** What a command's help says, and that of the commands below it. */
async function helpsOf(words: readonly string[]): Promise<CommandHelp[]> {
  const help = await printed(...words, '--help');
  // Arguments stand in front of them, in the same form.
  const from = help.indexOf('\nCommands:');
  const below = from === -1 ? [] : commandsIn(help.slice(from));
  const helps = await Promise.all(below.map((name) => helpsOf([...words, name])));
  return [{ words, help }, ...helps.flat()];
}

/** docs/reference/command.md: what `--help` prints, of the program and of each command. */
export async function commandPage(): Promise<string> {
  const help = await printed('--help');
  const commands = (await Promise.all(commandsIn(help).map((name) => helpsOf([name])))).flat();
  return page(
    generated('the command itself'),
    '',
    '# The command',
    '',
    'In a project: `npx steadfast <command>`. Results go to stdout, progress to stderr. With `--json` stdout holds one JSON document and nothing else ([which](json-output.md)).',
    'In a narrow terminal lines are broken between words, and tables stand below each other; commands and paths stay whole, to be copied. What goes to a pipe is not broken. Shells complete commands and ids [at Tab](../how-to/complete-at-tab.md).',
    'Colours appear on a terminal only, and never when `NO_COLOR` is set. Exit codes are told in [verdicts and exit codes](verdicts-and-exit-codes.md).',
    '',
    ...block(help),
    ...commands.flatMap(({ words, help: own }) => ['', `## ${words.join(' ')}`, '', ...block(own)]),
  );
}
