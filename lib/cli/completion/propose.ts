import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { together } from '../program/together.ts';
import { nextArgument, optionOf, type Place, placeOf } from './asked-for.ts';
import type { Candidate } from './candidate.ts';
import { type Source, takenBy } from './what-is-taken.ts';

/** What may stand at the cursor. */
export interface Proposal {
  readonly candidates: readonly Candidate[];
  /** Whether the shell adds names of files or folders of its own that begin with `typed`. */
  readonly shell: 'words' | 'files' | 'folders';
  /** What of the word belongs to an option (`--out=`), and what is typed of the value. */
  readonly prefix: string;
  readonly typed: string;
}

/** Gives the ids of a source. */
export type Ids = (source: Source) => Promise<readonly Candidate[]>;

/** Proposes what may follow words; `current` is what is typed of the last one. */
export async function propose(
  program: CommandUnknownOpts,
  before: readonly string[],
  current: string,
  ids: Ids,
): Promise<Proposal> {
  const place = placeOf(program, before);
  const { open, onlyArguments } = place;
  const startsOption = current.startsWith('-') && !onlyArguments;
  if (open !== undefined && !(startsOption && open.variadic)) return valuesOf(place, open, '', current, ids);
  if (!startsOption) return wordsAt(place, current, ids);
  const option = current.includes('=') ? optionOf(place.command, current) : undefined;
  if (option === undefined) return only(optionsAt(place), current);
  const end = current.indexOf('=') + 1;
  return valuesOf(place, option, current.slice(0, end), current.slice(end), ids);
}

const matching = (candidates: readonly Candidate[], typed: string): Candidate[] =>
  candidates.filter(({ value }) => value.startsWith(typed));

const only = (candidates: readonly Candidate[], typed: string): Proposal => ({
  candidates: matching(candidates, typed),
  shell: 'words',
  prefix: '',
  typed,
});

/** Commands, the next argument's values, and options where nothing else is left to say. */
async function wordsAt(place: Place, current: string, ids: Ids): Promise<Proposal> {
  const argument = nextArgument(place);
  const commands = place.argumentsGiven === 0 || place.isHelp ? commandsAt(place) : [];
  if (argument === undefined || place.isHelp) {
    const isOver = place.isHelp || place.argumentsGiven > place.command.registeredArguments.length;
    return only(isOver || commands.length > 0 ? commands : optionsAt(place), current);
  }
  const choices = argument.argChoices?.map((value) => ({ value }));
  const found = await from(choices ?? takenBy(place.words, argument.name()), current, ids);
  return { ...found, candidates: [...matching(commands, current), ...found.candidates] };
}

async function valuesOf(
  { words }: Place,
  option: Option,
  prefix: string,
  typed: string,
  ids: Ids,
): Promise<Proposal> {
  const choices = option.argChoices?.map((value) => ({ value }));
  const { candidates, ...rest } = await from(choices ?? takenBy(words, option.long ?? ''), typed, ids);
  return {
    ...rest,
    prefix,
    candidates: candidates.map(({ value, description }) => ({ value: `${prefix}${value}`, description })),
  };
}

async function from(
  wanted: readonly Candidate[] | readonly Source[] | undefined,
  typed: string,
  ids: Ids,
): Promise<Proposal> {
  const found = await Promise.all(
    (wanted ?? []).map((one) => Promise.resolve(typeof one === 'string' ? ids(one) : [one])),
  );
  const proposal = only(found.flat(), typed);
  // Where an id is meant nobody looks for files; a path is typed as one.
  const isId = proposal.candidates.length > 0 && !typed.includes('/');
  const shell = isId ? undefined : wanted?.find((one) => one === 'files' || one === 'folders');
  return { ...proposal, shell: shell ?? 'words' };
}

function commandsAt({ command, isHelp, argumentsGiven }: Place): Candidate[] {
  // `help` names commands of where it stands, and nothing below them.
  if (isHelp && argumentsGiven > 0) return [];
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => !(isHelp && one.name() === 'help'))
    .map((one) => ({ value: one.name(), description: one.summary() || one.description() }));
}

/** The options that are not given yet: what must be given first. */
function optionsAt({ command, optionsGiven, onlyArguments }: Place): Candidate[] {
  if (onlyArguments) return [];
  const mayRepeat = (option: Option) =>
    option.variadic || option.parseArg === together || Array.isArray(option.defaultValue);
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => mayRepeat(option) || !optionsGiven.some((given) => given.long === option.long))
    .toSorted((a, b) => Number(b.mandatory) - Number(a.mandatory))
    .flatMap(({ long, description }) => (long === undefined ? [] : [{ value: long, description }]));
}
