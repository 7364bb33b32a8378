import { profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

/** Finding out what is wrong. */
export const helping: Register = (program, io, end) => {
  program
    .command('doctor')
    .summary('look for what is wrong with this machine, or an environment')
    .description(
      'Looks at Node, the install, the project, what labs need and what died before; with --env also at credentials, Region, clock, ' +
        'permissions, quotas, alarms, what is deployed, what is left of owners that are gone, and whether anything is locked or paused. ' +
        'Changes nothing. Exit 0, or 4 where something has to be mended or could not be seen.',
    )
    .option('--env <name>', 'look at this environment too')
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { ok, version, environment, checks } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast doctor\n  steadfast doctor --env staging\n  steadfast doctor --env staging --json',
    )
    .action(async (flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { doctorCommand } = await import('../commands/doctor.ts');
      end(await doctorCommand(io, flags, program.version() ?? 'unknown', processOutside(io)));
    });

  program
    .command('explain')
    .summary('tell what a code means, and how to mend it')
    .description(
      'Tells of a code in an error, a problem, a finding or a verdict what it means, why it is told, how to mend it, and where ' +
        'more is written; without one it lists them all. Exit 0 or 4.',
    )
    .argument('[code]', 'such as no-bite, Steadfast.permission, or an exit code such as 5')
    .option('--json', 'print { code, senses }, or { codes }, on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast explain\n  steadfast explain no-bite\n  steadfast explain Steadfast.permission --json',
    )
    .action(async (code, flags) => {
      const { explainCommand } = await import('../commands/explain.ts');
      end(explainCommand(io, code, flags));
    });
};
