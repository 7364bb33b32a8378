import { Argument } from '@commander-js/extra-typings';
import type { Command as Deed } from '../../game-day/command.ts';
import type { Io } from '../io.ts';
import { maybeEnvironmentOption, profileOption, regionOption } from './aws-options.ts';
import { type DeedFlags, editionOption, nameOption, roleOption } from './game-day-options.ts';
import type { Register } from './register.ts';
import { times } from './times.ts';

/** What is written in a log for what is typed. */
const outcomes = { 'as-predicted': 'as predicted', otherwise: 'otherwise' } as const;

/** The words that do one thing in an edition, the same as the buttons of the widget and the page. */
export const gameDayDeeds: Register = (gameDay, io, end) => {
  const word = (name: string, summary: string, ...examples: readonly string[]) =>
    gameDay
      .command(name)
      .summary(summary)
      .addOption(editionOption())
      .addOption(roleOption())
      .addOption(nameOption())
      .addOption(maybeEnvironmentOption())
      .addOption(profileOption())
      .addOption(regionOption())
      .option('--json', 'print what was done on stdout')
      .addHelpText('after', ['\nExamples:', ...examples].join('\n  steadfast gameday '));

  word(
    'check',
    'tick an item of the pre-brief',
    'check dashboard --env staging',
    'check dashboard --undo --env staging',
  )
    .argument('<item>', 'its name, as gameday status shows it')
    .option('--undo', 'it is not seen to after all')
    .action(async (item, { undo, ...flags }) => {
      end(await act(io, { do: 'check', item, done: undo !== true }, flags));
    });

  word(
    'propose',
    'propose go, or the next stage; somebody else approves it',
    'propose go --env staging',
    'propose stage 2 --env staging',
  )
    .addArgument(new Argument('<what>', 'which of both').choices(['go', 'stage']))
    .argument('[number]', 'of the stage; the first is 1', times)
    .action(async (what, number, flags) => {
      const { proposalIn } = await import('../game-day/read-deed.ts');
      end(await act(io, { do: 'propose', proposal: proposalIn(what, number) }, flags));
    });

  word('extend', 'propose that the experiment may last longer', 'extend 30m --env staging')
    .argument('<duration>', 'so much longer, such as 30m')
    .action(async (duration, flags) => {
      const { extensionOf } = await import('../game-day/read-deed.ts');
      end(await act(io, { do: 'propose', proposal: extensionOf(duration) }, flags));
    });

  word('note', 'write down what happened', 'note "on-call paged at 14:03" --env staging')
    .argument('<text...>', 'what happened')
    .option('--at <time>', 'when, such as 2026-12-01T14:03:00Z (default: now)')
    .action(async (text, { at, ...flags }) => {
      const { noteOf } = await import('../game-day/read-deed.ts');
      end(await act(io, noteOf(text.join(' '), at), flags));
    });

  word(
    'observe',
    'say whether a prediction is what happened, where no measurement can',
    'observe 2 paged as-predicted --env staging',
    'observe 2 paged otherwise --note "the page came ten minutes late" --env staging',
  )
    .argument('<stage>', 'the first is 1', times)
    .argument('<prediction>', 'its name, as gameday status shows it')
    .addArgument(new Argument('<outcome>', 'what came of it').choices(['as-predicted', 'otherwise']))
    .option('--note <text>', 'what was seen')
    .action(async (stage, prediction, seen, { note, ...flags }) => {
      const rest = note === undefined ? {} : { note };
      end(await act(io, { do: 'observe', stage, prediction, outcome: outcomes[seen], ...rest }, flags));
    });

  word(
    'pause',
    'begin nothing more until it is resumed; a fault under way goes on',
    'pause --env staging',
  ).action(async (flags) => {
    end(await act(io, { do: 'pause' }, flags));
  });

  word('resume', 'let it go on', 'resume --env staging').action(async (flags) => {
    end(await act(io, { do: 'resume' }, flags));
  });

  word(
    'halt',
    'end every run and every fault at once; asks nothing',
    'halt --env staging',
    'halt --reason "customers are hit" --env staging',
  )
    .option('--reason <text>', 'why; the timeline says it')
    .action(async ({ reason, ...flags }) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gameDayHaltCommand } = await import('../commands/gameday-act.ts');
      end(await gameDayHaltCommand(io, reason, flags, processOutside(io)));
    });

  word(
    'finish',
    'end the experiment; in the retrospective, close the game day',
    'finish --env staging',
    'finish --yes --role operator --as ada',
  )
    .option('--yes', 'do not ask')
    .action(async (flags) => {
      end(
        await act(io, { do: 'finish' }, flags, {
          what: 'In the experiment this means that no further stage runs, in the retrospective that only notes can be added.',
          otherwise: 'nothing was finished',
        }),
      );
    });
};

async function act(
  io: Io,
  command: Deed,
  flags: DeedFlags,
  asks?: { readonly what: string; readonly otherwise: string },
): Promise<number> {
  const { processOutside } = await import('../aws/outside.ts');
  const { gameDayActCommand } = await import('../commands/gameday-act.ts');
  return gameDayActCommand(
    io,
    { command, ...(asks === undefined ? {} : { asks }) },
    flags,
    processOutside(io),
  );
}
