import { Option } from '@commander-js/extra-typings';
import { profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

const envOption = () =>
  new Option('--env <name>', 'the environment whose runs are looked for (default: the runs on this machine)');

const runsOption = () =>
  new Option('--runs <dir>', 'a folder of runs instead of .steadfast/runs; AWS is not asked');

const htmlOption = () => new Option('--html <file>', 'write it as one page that needs no network');

const markdownOption = () => new Option('--markdown <file>', 'write it as Markdown');

/** What runs have shown, for people who were not there. */
export const reports: Register = (program, io, end) => {
  const report = program
    .command('report')
    .summary('report a run, compare two, follow a service, sum up a month')
    .description(
      'Reports what runs have shown, on this machine or in an environment: as text here, as a page, as Markdown or as JSON. ' +
        'The exit code says whether there is a report, not what it says.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast report run run-1 --html run.html\n  steadfast report compare run-1 run-2',
    );

  report
    .command('run')
    .summary('one run')
    .description('Reports one run again, from its journal.')
    .argument('<run>', "a run's id, its folder, or a journal.json")
    .addOption(envOption())
    .addOption(runsOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .addOption(htmlOption())
    .addOption(markdownOption())
    .option('--json', 'print the journal on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast report run .steadfast/runs/run-1 --markdown run.md\n  steadfast report run run-1 --env staging --html run.html',
    )
    .action(async (run, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { reportRunCommand } = await import('../commands/report-run.ts');
      end(await reportRunCommand(io, run, flags, processOutside(io)));
    });

  report
    .command('compare')
    .summary('what changed between two runs, and is it real?')
    .description(
      'Holds a run against an earlier one of the same experiment. Each figure is worse, better or alike where the samples of both runs ' +
        'show it, by the bounds that verdicts are made with, and else nobody can tell. What else differs between the two, such as the ' +
        'definition or the pace, is told first.',
    )
    .argument('<before>', 'the first run: its id, its folder, or a journal.json')
    .argument('<after>', 'the second run')
    .addOption(envOption())
    .addOption(runsOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .addOption(htmlOption())
    .addOption(markdownOption())
    .option('--json', 'print the comparison on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast report compare run-1 run-2\n  steadfast report compare before/journal.json after/journal.json --html compared.html',
    )
    .action(async (before, after, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { reportCompareCommand } = await import('../commands/report-compare.ts');
      end(await reportCompareCommand(io, before, after, flags, processOutside(io)));
    });

  report
    .command('service')
    .summary('how a service has fared over a time')
    .description(
      'Tells how the experiments on a service have ended over a time, whether it holds more often and recovers sooner than before, and what ' +
        'nothing tests: of the runs of an environment, or else of those on this machine.',
    )
    .argument('<service>', 'its logical name')
    .option('--since <duration>', 'how far back, a year at most (default: 90d)')
    .addOption(envOption())
    .addOption(runsOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .addOption(htmlOption())
    .addOption(markdownOption())
    .option('--json', 'print the report on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast report service shop\n  steadfast report service shop --env staging --since 30d --html shop.html',
    )
    .action(async (service, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { reportServiceCommand } = await import('../commands/report-service.ts');
      end(await reportServiceCommand(io, service, flags, processOutside(io)));
    });

  report
    .command('month')
    .summary("an environment's month in one page, in plain words")
    .description(
      'Tells people who were not there what was tried in a month, what broke, what is better or worse than in the month before, what nothing ' +
        'tests, what is to be done and by whom, and what nobody knows. Of a lab, or with --runs, the runs on this machine count.',
    )
    .argument('<environment>', 'an environment, or a lab')
    .option('--month <month>', 'such as 2026-11 (default: the last one that is over)')
    .option('--time-zone <zone>', 'by whose clocks it begins and ends, such as Europe/Dublin (default: UTC)')
    .addOption(runsOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .addOption(htmlOption())
    .addOption(markdownOption())
    .option('--json', 'print the report on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast report month staging --html november.html\n  steadfast report month staging --month 2026-11 --time-zone Europe/Dublin',
    )
    .action(async (environment, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { reportMonthCommand } = await import('../commands/report-month.ts');
      end(await reportMonthCommand(io, environment, flags, processOutside(io)));
    });

  program
    .command('export')
    .summary('tell a run in the words of another tool')
    .description(
      'Writes a run as a journal of Chaos Toolkit, which its reporting reads. Only a run that held reads as a pass there; the verdict ' +
        'itself stands under x-steadfast. Headers, bodies and queries of requests are left out. The exit code says whether it was written.',
    )
    .argument('<run>', "a run's id, its folder, or a journal.json")
    .addOption(envOption())
    .addOption(runsOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--chaos-toolkit', 'as a journal of Chaos Toolkit; there is no other format')
    .option('--out <file>', 'write it there instead of to stdout')
    .option('--json', 'print it on stdout also where it is written to a file')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast export --chaos-toolkit .steadfast/runs/<run>\n  steadfast export --chaos-toolkit run-1 --env staging --out chaos-journal.json',
    )
    .action(async (run, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { exportCommand } = await import('../commands/export.ts');
      end(await exportCommand(io, run, flags, processOutside(io)));
    });
};
