import { Argument, Command, Option } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { propose } from '../../../lib/cli/completion/propose.ts';
import { together } from '../../../lib/cli/program/together.ts';

/** A program with one of each that can be asked for. */
function program() {
  const made = new Command('steadfast').version('1', '-V, --version').helpCommand('help [command]');
  made
    .command('run')
    .summary('run one')
    .argument('<experiment>')
    .addOption(new Option('--env <name>').makeOptionMandatory())
    .addOption(new Option('--on-interrupt <what>').choices(['detach', 'halt']))
    .option('--set <name=value>', 'set what is open', together)
    .option('--out <dir>')
    .option('-q, --quiet', 'say less')
    .addOption(new Option('--secret').hideHelp());
  made.command('runs').alias('history').description('list them');
  made.command('check').argument('[names...]').option('--experiments <id...>');
  made
    .command('judge')
    .argument('<file>')
    .addArgument(new Argument('[how]').choices(['mild', 'strict']));
  made.command('complete', { hidden: true });
  const retro = made.command('retro').argument('<edition>');
  retro.command('check').argument('<what>');
  return made;
}

const ids = {
  experiments: [
    { value: 'slow-database', description: 'A slow one' },
    { value: 'slow-cache' },
    { value: 'cut' },
  ],
  environments: [{ value: 'staging' }, { value: 'sandbox' }],
  editions: [{ value: 'edition-1' }],
};

const asked = (before: readonly string[], current: string) =>
  propose(
    program(),
    before,
    current,
    async (source) => Object.entries(ids).find(([key]) => key === source)?.[1] ?? [],
  );

const values = async (before: readonly string[], current: string) =>
  (await asked(before, current)).candidates.map(({ value }) => value);

describe('what may stand at the cursor', () => {
  it.each([
    ['commands, without those that are hidden', [], '', ['run', 'runs', 'check', 'judge', 'retro', 'help']],
    ['commands that begin so', [], 'ru', ['run', 'runs']],
    ['options of the program', [], '-', ['--version', '--help']],
    ['ids', ['run'], 'slow-', ['slow-database', 'slow-cache']],
    ['nothing where nothing begins so', ['run'], 'x', []],
    [
      'options where nothing else is left, what must be given first',
      ['run', 'cut'],
      '',
      ['--env', '--on-interrupt', '--set', '--out', '--quiet', '--help'],
    ],
    ['options that begin so', ['run'], '--o', ['--on-interrupt', '--out']],
    ['values of an option', ['run', 'cut', '--env'], 's', ['staging', 'sandbox']],
    ['values behind an equals sign', ['run'], '--env=st', ['--env=staging']],
    ['a closed list', ['run', '--on-interrupt'], '', ['detach', 'halt']],
    ['a closed list of an argument', ['judge', 'a.json'], 's', ['strict']],
    [
      'no option that is given',
      ['run', 'cut', '--env', 'x', '--quiet'],
      '--',
      ['--on-interrupt', '--set', '--out', '--help'],
    ],
    ['no option that is given short', ['run', 'cut', '-q'], '--q', []],
    ['no option that is given with an equals sign', ['run', 'cut', '--env=x'], '--e', []],
    ['an option that may be repeated', ['run', 'cut', '--set', 'a=1'], '--s', ['--set']],
    ['more ids where several may stand', ['check', 'cut', 'slow-cache'], 'slow-d', ['slow-database']],
    ['more values where several may stand', ['check', '--experiments', 'cut'], 'slow-d', ['slow-database']],
    ['options after several values', ['check', '--experiments', 'cut'], '--e', ['--experiments']],
    [
      'an option that takes several, again',
      ['check', '--experiments', 'cut', '--help'],
      '--e',
      ['--experiments'],
    ],
    ['no options after --', ['run', '--'], '-', []],
    ['arguments after --', ['run', '--'], 'cu', ['cut']],
    ['nothing after all is said', ['run', '--', 'cut'], '', []],
    ['nothing of a command that there is not', ['nonsense'], '', []],
    ['nothing of an option that there is not', ['run'], '--colour=', []],
    ['options after an option that there is not', ['run', 'cut', '--colour'], '--q', ['--quiet']],
    ['commands behind help', ['help'], 'r', ['run', 'runs', 'retro']],
    ['nothing behind what help is asked of', ['help', 'run'], '', []],
    ['commands and ids where both may stand', ['retro'], '', ['check', 'help', 'edition-1']],
    ['what a command below takes', ['retro', 'check'], '', []],
    ['options of a command by its other name', ['history'], '', ['--help']],
    ['ids after a lone dash', ['check', '-'], 'cu', ['cut']],
  ] as const)('%s: after %j, %j', async (_, before, current, expected) => {
    expect(await values(before, current)).toEqual(expected);
  });

  it('carries a line that tells of it', async () => {
    expect((await asked([], 'runs')).candidates).toEqual([{ value: 'runs', description: 'list them' }]);
    expect((await asked([], 'run')).candidates[0]).toEqual({ value: 'run', description: 'run one' });
    expect((await asked(['run'], 'slow-d')).candidates).toEqual(ids.experiments.slice(0, 1));
  });

  it.each([
    [['judge'], 'jour', { shell: 'files', prefix: '', typed: 'jour' }],
    [['run'], '--out=do', { shell: 'folders', prefix: '--out=', typed: 'do' }],
    [['run', '--out'], 'do', { shell: 'folders', prefix: '', typed: 'do' }],
    [['check'], 'experiments/x', { shell: 'files' }],
    [['check'], 'slow', { shell: 'words' }],
    [['run'], '--env=', { shell: 'words', prefix: '--env=', typed: '' }],
  ] as const)('leaves files to the shell: after %j, %j', async (before, current, expected) => {
    expect(await asked(before, current)).toMatchObject(expected);
  });
});
