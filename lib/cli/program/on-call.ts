import { environmentOption, maybeEnvironmentOption, profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

/** Ending runs, holding them back, and letting them go on. */
export const onCall: Register = (program, io, end) => {
  program
    .command('halt')
    .summary('end a run, or everything in an environment, at once')
    .description(
      'Stops the FIS experiments of a run, which then rolls back, recovers and concludes; with --all those of every run, and refuses ' +
        'new starts until unlock. Where the environment’s kill switch does not answer, the faults are stopped with your own credentials.',
    )
    .argument('[run]', 'the id of a run')
    .option('--all', 'everything in the environment')
    .addOption(maybeEnvironmentOption())
    .option(
      '--safety-lever',
      'engage FIS’s safety lever too: it stops every team’s experiments in the account and Region',
    )
    .option('--reason <text>', 'why; the run’s journal says it')
    .option('--yes', 'do not ask')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print what was ended on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast halt slow-database-20260501T093000Z-4fzk --env staging\n  steadfast halt --all --env staging --reason "an outage is being worked on"',
    )
    .action(async (run, flags) => {
      const { haltCommand } = await import('../commands/halt.ts');
      end(await haltCommand(io, run, flags));
    });

  program
    .command('unlock')
    .summary('let runs start again after halt --all')
    .description(
      'Takes the halt of an environment away, and disengages FIS’s safety lever where Steadfast engaged it.',
    )
    .addOption(maybeEnvironmentOption())
    .option('--reason <text>', 'why')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print what was done on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast unlock --env staging')
    .action(async (flags) => {
      const { unlockCommand } = await import('../commands/halt.ts');
      end(await unlockCommand(io, flags));
    });

  program
    .command('approve')
    .summary('let a run that waits for an approval go on, or end it')
    .description(
      'Shows what the run will do, and approves or refuses exactly that, in the name of the credentials that are used. Without a run it lists those that wait.',
    )
    .argument('[run]', 'the id of a run')
    .addOption(maybeEnvironmentOption())
    .option('--refuse', 'end the run without a fault')
    .option('--note <text>', 'what the journal is to say of it')
    .option('--yes', 'do not ask')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print what was answered on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast approve --env production\n  steadfast approve slow-database-20260501T093000Z-4fzk --env production --note "the release is out"',
    )
    .action(async (run, flags) => {
      const { approveCommand } = await import('../commands/approve.ts');
      end(await approveCommand(io, run, flags));
    });

  program
    .command('pause')
    .summary('refuse every start of an experiment')
    .description(
      'Every start is rejected until resume, the schedule’s too. A run under way goes on. A deploy does not undo it.',
    )
    .argument('<experiment>', 'the id of an experiment that is deployed there')
    .addOption(environmentOption())
    .option('--reason <text>', 'why; whoever is rejected is told')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print the pause on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast pause slow-database --env staging --reason "the database is being moved"',
    )
    .action(async (experiment, flags) => {
      const { pauseCommand } = await import('../commands/pause.ts');
      end(await pauseCommand(io, experiment, flags));
    });

  program
    .command('resume')
    .summary('let a paused experiment start again')
    .argument('<experiment>', 'its id')
    .addOption(environmentOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print the pause that is over on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast resume slow-database --env staging')
    .action(async (experiment, flags) => {
      const { resumeCommand } = await import('../commands/pause.ts');
      end(await resumeCommand(io, experiment, flags));
    });
};
