import type { Argument, CommandUnknownOpts, Option } from '@commander-js/extra-typings';

/** Where in the program a line has come to. */
export interface Place {
  readonly command: CommandUnknownOpts;
  /** The command's words, without the program's name. */
  readonly words: readonly string[];
  /** So many of its arguments stand there. */
  readonly argumentsGiven: number;
  readonly optionsGiven: readonly Option[];
  /** The option whose value comes next, or may: one that takes several can be over. */
  readonly open?: Option;
  /** After `--` all words are arguments. */
  readonly onlyArguments: boolean;
  /** After `help` only commands' names stand. */
  readonly isHelp: boolean;
}

const takesValue = (option: Option): boolean => option.required || option.optional;

/** The option that a word gives: `--env`, `--env=staging` or `-V`. */
export const optionOf = (command: CommandUnknownOpts, word: string): Option | undefined => {
  const name = word.split('=', 1)[0];
  return command.options.find(({ long, short }) => long === name || short === name);
};

/** Follows words through the program's commands, as its parser does. */
export function placeOf(program: CommandUnknownOpts, words: readonly string[]): Place {
  const start: Place = {
    command: program,
    words: [],
    argumentsGiven: 0,
    optionsGiven: [],
    onlyArguments: false,
    isHelp: false,
  };
  return words.reduce(after, start);
}

function after(place: Place, word: string): Place {
  const { open, ...closed } = place;
  const isOption = !place.onlyArguments && word.startsWith('-') && word !== '-';
  if (open !== undefined && !isOption) return open.variadic ? place : closed;
  if (isOption) return afterOption(closed, word);
  const below = place.command.commands.find((one) => one.name() === word || one.aliases().includes(word));
  if (place.argumentsGiven === 0 && !place.onlyArguments) {
    if (below !== undefined)
      return { ...closed, command: below, words: [...place.words, below.name()], optionsGiven: [] };
    if (word === 'help' && place.command.commands.length > 0) return { ...closed, isHelp: true };
  }
  return { ...closed, argumentsGiven: place.argumentsGiven + 1 };
}

function afterOption(place: Place, word: string): Place {
  if (word === '--') return { ...place, onlyArguments: true };
  const option = optionOf(place.command, word);
  if (option === undefined) return place;
  const given = { ...place, optionsGiven: [...place.optionsGiven, option] };
  return takesValue(option) && !word.includes('=') ? { ...given, open: option } : given;
}

/** The argument whose turn it is; the last may take all that follow. */
export function nextArgument({ command, argumentsGiven }: Place): Argument | undefined {
  const all = command.registeredArguments;
  const last = all.at(-1);
  return all[argumentsGiven] ?? (last?.variadic === true ? last : undefined);
}
