import type { Register } from './register.ts';

/** Finding out what is wrong. */
export const helping: Register = (program, io, end) => {
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
