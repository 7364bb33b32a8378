import { describe, expect, it } from 'vitest';
import { takenBy } from '../../../lib/cli/completion/what-is-taken.ts';
import { everyCommand } from '../program/every-command.ts';

describe('every value that a command takes', () => {
  it.each(everyCommand().map(({ words, command }) => [words.join(' '), { words, command }] as const))(
    'of %s is known to completion',
    (_, { words, command }) => {
      const open = [
        ...command.registeredArguments.filter((one) => one.argChoices === undefined).map((one) => one.name()),
        ...command.options
          .filter((one) => (one.required || one.optional) && one.argChoices === undefined)
          .map((one) => one.long ?? ''),
      ];
      expect(
        open.filter((name) => takenBy(words, name) === undefined),
        'say in lib/cli/completion/what-is-taken.ts which ids or files it takes, or [] where people alone know',
      ).toEqual([]);
    },
  );
});
