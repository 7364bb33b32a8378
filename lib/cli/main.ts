import { Command } from '@commander-js/extra-typings';
import { exitCode } from './exit-code.ts';
import { fitToTerminals, type Io, printText } from './io.ts';
import { campaigns } from './program/campaigns.ts';
import { completing } from './program/completing.ts';
import { definitions } from './program/definitions.ts';
import { evidence } from './program/evidence.ts';
import { gameDays } from './program/game-days.ts';
import { helping } from './program/helping.ts';
import { importing } from './program/importing.ts';
import { inAws } from './program/in-aws.ts';
import { onCall } from './program/on-call.ts';
import { planning } from './program/planning.ts';
import { proxying } from './program/proxying.ts';
import type { Register } from './program/register.ts';
import { rehearsing } from './program/rehearsing.ts';
import { reports } from './program/reports.ts';
import { results } from './program/results.ts';
import { tellFailure } from './program/tell-failure.ts';

/** The groups of commands, under their headings in the help. */
const groups: readonly (readonly [heading: string, register: Register])[] = [
  ['On this machine:', rehearsing],
  ['On this machine:', proxying],
  ['In AWS:', planning],
  ['In AWS:', inAws],
  ['On call, in AWS:', onCall],
  ['People practising:', gameDays],
  ['Definitions:', definitions],
  ['Definitions:', importing],
  ['Many runs:', campaigns],
  ['What runs have shown:', reports],
  ['What runs have shown:', results],
  ['What runs have shown:', evidence],
  ['Finding out what is wrong:', helping],
  ['The command itself:', completing],
];

const overview = `
A team writes an experiment once: it is rehearsed on this machine against real processes,
deployed per environment with cdk deploy, and then run on a schedule, from here or from the console.

Examples:
  steadfast init                       make a first experiment, lab and environment here
  steadfast list                       what there is
  steadfast check                      is all of it right?
  steadfast rehearse slow-database     play it on this machine
  steadfast judge journal.json         judge what was recorded, again or by a stricter definition
  steadfast proxy                      slow, cut and flaky connections for a test suite
  steadfast new --list                 what could be broken, untested things first
  steadfast run slow-database --env staging
  steadfast gate --service shop --env staging   may it be deployed, by its record?
  steadfast halt --all --env staging   end everything there, at once

Exit codes: 0 fine or held, 1 deviated, 2 inconclusive, 3 halted, 4 rejected or refused,
5 unrecovered, 64 wrong usage, 70 Steadfast failed, 130 Ctrl-C before a run began,
or before the verdict of one that goes on.`;

/** Runs the command with the words after its name; returns its exit code and never throws. */
export async function main(words: readonly string[], io: Io, version: string): Promise<number> {
  let code: number = exitCode.fine;
  await fitToTerminals(io);
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

/**
 * The program: every command with its options and help, which completion and the documentation are derived from. `end` takes the exit code
 * of the command that is called.
 */
export function createProgram(io: Io, version: string, end: (code: number) => void) {
  const program = new Command('steadfast')
    .description('Chaos engineering for AWS: a verdict you can trust, a fault that never outlives its run.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .addHelpText('after', overview)
    // What stands behind a command is its own: the --json of `gameday retro check` is not that of `gameday retro`.
    .enablePositionalOptions()
    .showHelpAfterError('(steadfast --help shows what there is)')
    .configureOutput(helpOn(io))
    .exitOverride();
  for (const [heading, register] of groups) register(program.commandsGroup(heading), io, end);
  return program;
}

/** Help as wide as its terminal; what goes elsewhere has 80 columns. */
const helpOn = ({ stdout, stdoutColumns = 80, stderr, isTerminal }: Io) => ({
  writeOut: (text: string) => printText(stdout, text),
  writeErr: (text: string) => printText(stderr, text),
  getOutHelpWidth: () => stdoutColumns,
  getErrHelpWidth: () => (isTerminal ? (stderr.columns ?? 80) : 80),
});
