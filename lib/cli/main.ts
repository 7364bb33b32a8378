import { Command, CommanderError, InvalidArgumentError } from '@commander-js/extra-typings';
import { createColors } from 'picocolors';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import { exitCode, exitCodeOf } from './exit-code.ts';
import { type Io, printJson, printLine } from './io.ts';
import { printError, problemJson } from './print-problems.ts';

const overview = `
A team writes an experiment once: it is rehearsed on this machine against real processes,
deployed per environment with cdk deploy, and then run on a schedule or from the console.

Examples:
  steadfast init                       make a first experiment, lab and environment here
  steadfast list                       what there is
  steadfast check                      is all of it right?
  steadfast rehearse slow-database     play it on this machine
  steadfast judge journal.json         judge what was recorded, again or by a stricter definition
  steadfast new --list                 what could be broken, untested things first

Exit codes: 0 fine or held, 1 deviated, 2 inconclusive, 3 halted, 4 rejected or refused,
5 unrecovered, 64 wrong usage, 70 Steadfast failed, 130 Ctrl-C before a run began.`;

/** Runs the command with the words after its name; returns its exit code and never throws. */
export async function main(words: readonly string[], io: Io, version: string): Promise<number> {
  let code: number = exitCode.fine;
  const program = createProgram(io, version, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (cause) {
    return tellFailure(io, cause, words.includes('--json'));
  }
}

/** Each command loads what it needs when it is called, so that the others (and help) start without it. */
function createProgram(io: Io, version: string, end: (code: number) => void) {
  const program = new Command('steadfast')
    .description('Chaos engineering for AWS: a verdict you can trust, a fault that never outlives its run.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .addHelpText('after', overview)
    .showHelpAfterError('(steadfast --help shows what there is)')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .exitOverride();

  program
    .command('rehearse')
    .summary('play an experiment on this machine')
    .description(
      'Starts the experiment’s lab, runs it against real processes, and judges it. The exit code is the verdict’s.',
    )
    .argument('<experiment>', 'id or file')
    .option('--seed <number>', 'repeat a rehearsal: the same targets and jitter', wholeNumber)
    .option(
      '--out <dir>',
      'where journal.json, samples.ndjson and report.html go (default: .steadfast/runs/<run>)',
    )
    .option('--accept-inconclusive', 'run it also where it is too short to tell; it then never ends as held')
    .option('--json', 'print the journal on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast rehearse slow-database\n  steadfast rehearse slow-database --seed 7 --out /tmp/run --json',
    )
    .action(async (experiment, flags) => {
      const { rehearseCommand } = await import('./commands/rehearse.ts');
      end(await rehearseCommand(io, experiment, flags));
    });

  program
    .command('judge')
    .summary('judge what was recorded, without running anything')
    .description(
      'Judges a run’s journal again, or samples that any tool recorded, by the code that a run concludes with. ' +
        'The exit code is the verdict’s.',
    )
    .argument('<file>', 'journal.json (its samples lie beside it), or a file of samples')
    .option('--experiment <file>', 'judge by this definition; samples alone need one')
    .option('--json', 'print { verdict, findings, stages, recovery } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast judge .steadfast/runs/<run>/journal.json\n  steadfast judge journal.json --experiment stricter.yaml\n  steadfast judge samples.ndjson --experiment experiments/slow-database.ts --json',
    )
    .action(async (file, flags) => {
      const { judgeCommand } = await import('./commands/judge.ts');
      end(await judgeCommand(io, file, flags));
    });

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
      const { checkCommand } = await import('./commands/check.ts');
      end(await checkCommand(io, names, flags));
    });

  program
    .command('list')
    .summary('list experiments, environments and labs')
    .option('--json', 'print them as one document on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast list\n  steadfast list --json')
    .action(async (flags) => {
      const { listCommand } = await import('./commands/list.ts');
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
      const { faultsCommand } = await import('./commands/faults.ts');
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
      const { newCommand } = await import('./commands/new.ts');
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
      const { initCommand } = await import('./commands/init.ts');
      end(await initCommand(io, dir, flags));
    });

  return program;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number > 0xffff_ffff) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 4294967295.');
  }
  return number;
}

/** Tells a failure as text or JSON, and gives its exit code. A crash is 70, with where it happened: that is for us to mend. */
function tellFailure(io: Io, cause: unknown, json: boolean): number {
  // Commander has told its own errors already; help and version are no errors.
  if (cause instanceof CommanderError) {
    if (cause.exitCode === 0) return exitCode.fine;
    if (json) printJson(io, { error: { code: 'usage', message: cause.message } });
    return exitCode.usage;
  }
  const paint = createColors(io.stderrColours);
  if (!(cause instanceof SteadfastError)) {
    if (json) printJson(io, { error: { code: 'internal', message: messageOf(cause) } });
    const where = cause instanceof Error && cause.stack !== undefined ? cause.stack : messageOf(cause);
    printLine(io.stderr, `${paint.red('Steadfast itself failed.')} Please report this:\n${where}`);
    return exitCode.failed;
  }
  if (json) {
    const { code, message, hint, problems } = cause;
    printJson(io, {
      error: { code, message, ...(hint === undefined ? {} : { hint }), problems: problems.map(problemJson) },
    });
  }
  printError(io, cause);
  return exitCodeOf(cause.code);
}
