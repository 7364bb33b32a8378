import { Argument } from '@commander-js/extra-typings';
import { shells } from '../completion/answer.ts';
import { exitCode } from '../exit-code.ts';
import type { Register } from './register.ts';

/** Teaching a shell what can be typed. */
export const completing: Register = (program, io, end) => {
  program
    .command('completion')
    .summary('print what teaches a shell to complete commands, options and ids')
    .description(
      'Prints a script that a shell reads: from then on Tab completes commands, options and their values, and the ids of experiments, ' +
        'environments, labs, game days and runs. Where the command is npx steadfast, write a function first: steadfast() { npx steadfast "$@"; }',
    )
    .addArgument(new Argument('<shell>', 'which').choices(shells))
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast completion bash > ~/.local/share/bash-completion/completions/steadfast\n' +
        '  steadfast completion zsh > ~/.zfunc/_steadfast\n' +
        '  steadfast completion fish > ~/.config/fish/completions/steadfast.fish\n\n' +
        'For one session:\n  source <(steadfast completion bash)',
    )
    .action(async (shell) => {
      const { scripts } = await import('../completion/scripts.ts');
      io.stdout.write(scripts[shell]);
      end(exitCode.fine);
    });

  // What the scripts ask at each Tab.
  program
    .command('complete', { hidden: true })
    .description('Answers a shell that completes a line: see completion.')
    .argument('[words...]', 'what is typed')
    .option('--shell <name>', 'which asks')
    .option('--breaks <characters>', 'at which it breaks words')
    .allowUnknownOption()
    .action(async (words, flags) => {
      const { completeCommand } = await import('../commands/complete.ts');
      await completeCommand(io, program, words, flags);
      end(exitCode.fine);
    });
};
