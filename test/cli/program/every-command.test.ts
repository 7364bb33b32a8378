import { describe, expect, it } from 'vitest';
import { readShellLine } from '../../../lib/cli/completion/shell-line.ts';
import { exitCode } from '../../../lib/cli/exit-code.ts';
import { commandHere } from '../command-here.ts';
import { everyCommand, wholeProgram } from './every-command.ts';

const helpOf = async (words: readonly string[]): Promise<string> =>
  (await commandHere().run(...words, '--help')).stdout;

/** Lines of the help that call the command: whatever is set before it, and what is told behind it or piped, apart. */
const examplesIn = (help: string): string[] =>
  [...help.matchAll(/^ {2}(?:[A-Z_]+=\S+ )*(steadfast .*)$/gm)].map(
    ([, line = '']) => line.split(/ {3,}/, 1)[0] ?? '',
  );

/** The words of a line as a shell passes them on: up to where it writes them to a file or pipes them. */
function wordsOf(line: string): readonly string[] {
  const words = readShellLine(`${line} `, '').before.slice(1);
  const end = words.findIndex((word) => /^[|>]/.test(word));
  return end === -1 ? words : words.slice(0, end);
}

/** What the program's own parser makes of words: the command that would be called, or why none would be. */
async function parsed(words: readonly string[]): Promise<string> {
  const program = wholeProgram();
  let called = 'nothing is called';
  for (const { words: own, command, acts } of everyCommand(program))
    if (acts)
      command.action(() => {
        called = own.join(' ');
      });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return called;
  } catch (cause) {
    return String(cause);
  }
}

const commands = everyCommand().map((found) => [found.words.join(' '), found] as const);

describe('the help of every command', () => {
  it('is that of the program, too: each example there can be typed', async () => {
    const examples = examplesIn(await helpOf([]));
    expect(examples.length).toBeGreaterThan(5);
    for (const example of examples)
      expect(await parsed(wordsOf(example)), example).not.toMatch(/Error|nothing/);
  });

  it.each(commands)('%s shows examples, and each can be typed', async (name, { words, acts }) => {
    const help = await helpOf(words);
    const [, shown = ''] = help.split('\nExamples:\n');
    const examples = examplesIn(shown);
    expect(
      examples,
      `add them to its definition: .addHelpText('after', '\\nExamples:\\n  steadfast ${name} …')`,
    ).not.toEqual([]);
    const called = await Promise.all(examples.map(async (one) => [one, await parsed(wordsOf(one))] as const));
    const wrong = called.filter(([, what]) => (acts ? what !== name : !what.startsWith(`${name} `)));
    // A command that is shown beside its own may stand among them.
    expect(wrong.filter(([, what]) => /Error|nothing/.test(what) || what === '')).toEqual([]);
    expect(called.length).toBeGreaterThan(wrong.length);
  });

  it.each(commands)('%s says in a line what it is for', (_, { command }) => {
    const text = command.summary() || command.description();
    expect(text).not.toBe('');
    expect(text.length).toBeLessThanOrEqual(90);
  });
});

it('is 64 for an option that there is not, of every command', async () => {
  for (const [name, { words }] of commands)
    expect((await commandHere().run(...words, '--no-such-thing')).code, name).toBe(exitCode.usage);
});
