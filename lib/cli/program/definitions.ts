import { profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

/** Looking at definitions, and writing them. */
export const definitions: Register = (program, io, end) => {
  program
    .command('check')
    .summary('validate definitions without running anything')
    .description(
      'Tells everything that is wrong, each with its place and how to mend it, and notes where a steady state could not ' +
        'notice the fault it faces. Exit 0 or 4.',
    )
    .argument('[names...]', 'ids or files; all of the project when none is given')
    .option('--json', 'print { ok, checked, problems } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast check\n  steadfast check experiments/slow-database.ts --json',
    )
    .action(async (names, flags) => {
      const { checkCommand } = await import('../commands/check.ts');
      end(await checkCommand(io, names, flags));
    });

  program
    .command('list')
    .summary('list experiments, environments, labs and game days')
    .description(
      'Lists what the project has; with --env what is deployed in an environment, by whichever repository.',
    )
    .option('--env <name>', 'list what is deployed there')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print them as one document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast list\n  steadfast list --json\n  steadfast list --env staging',
    )
    .action(async (flags) => {
      if (flags.env !== undefined) {
        const { listDeployedCommand } = await import('../commands/list-deployed.ts');
        return end(await listDeployedCommand(io, flags));
      }
      const { listCommand } = await import('../commands/list.ts');
      end(await listCommand(io, flags));
    });

  program
    .command('faults')
    .summary('list what can be made to fail, or explain one fault')
    .description(
      'Lists the faults that a definition can name, or tells all that is known of one. Exit 0 or 4.',
    )
    .argument('[id]', 'a fault, such as aws:ecs:stop-task')
    .option('--service <name>', 'only those of a service, such as ecs')
    .option('--json', 'print { faults }, or the fault, on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast faults --service ecs\n  steadfast faults aws:ecs:task-network-latency\n  steadfast faults --json',
    )
    .action(async (id, flags) => {
      const { faultsCommand } = await import('../commands/faults.ts');
      end(faultsCommand(io, id, flags));
    });

  program
    .command('new')
    .summary('write an experiment, or propose what to break')
    .description(
      'Writes an experiment that check accepts, after a recipe or another experiment, for a service that an environment or lab names. ' +
        'Without words it takes the first thing that no experiment tests yet. Never overwrites a file.',
    )
    .option('--from <id>', 'a recipe such as half-the-tasks, or an experiment to copy')
    .option('--for <service>', 'the service that is broken')
    .option('--id <id>', 'the id of the new experiment')
    .option('--list', 'only propose what could be broken, untested things first')
    .option('--json', 'print { written, experiment, proposals } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast new --list --for shop\n  steadfast new --for shop\n  steadfast new --from half-the-tasks --for shop',
    )
    .action(async (flags) => {
      const { newCommand } = await import('../commands/new.ts');
      end(await newCommand(io, flags));
    });

  program
    .command('init')
    .summary('make a first experiment, lab and environment')
    .description('Writes a small project that check, rehearse and cdk synth accept. Never overwrites a file.')
    .argument('[dir]', 'the folder to write to', '.')
    .option('--json', 'print { written } on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast init\n  steadfast init my-service')
    .action(async (dir, flags) => {
      const { initCommand } = await import('../commands/init.ts');
      end(await initCommand(io, dir, flags));
    });
};
