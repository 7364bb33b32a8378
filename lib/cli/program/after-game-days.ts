import { profileOption, regionOption } from './aws-options.ts';
import { roleOption } from './game-day-options.ts';
import type { Register } from './register.ts';

const where = 'an environment (default: the rehearsal of that name here, else the project’s environment)';
const folder = 'the folder (default: retrospectives/<edition>)';

/** What is left to do once a game day has been held. */
export const afterGameDays: Register = (gameDay, io, end) => {
  const retro = gameDay
    .command('retro')
    .summary('draft the retrospective of an edition, or check one that people have edited')
    .description(
      'Drafts retro.md from the log: what held, what broke, alerts that should have fired, and every deviation as an action whose owner ' +
        'and date you fill in. retro.md is never written over; retro.html is made anew each time, with the actions as retro.md has them.',
    )
    .argument('<edition>', 'an edition, as gameday status shows it')
    .option('--out <folder>', folder)
    .option('--env <name>', where)
    .addOption(roleOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { edition, markdown, page, actions } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast gameday retro payment-outage-20261201-180000-4fzk\n  steadfast gameday retro check retrospectives/payment-outage-20261201-180000-4fzk',
    )
    .action(async (edition, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gameDayRetroCommand } = await import('../commands/gameday-retro.ts');
      end(await gameDayRetroCommand(io, edition, flags, processOutside(io)));
    });

  retro
    .command('check')
    .summary('does every action have an owner, a date and a state?')
    .description(
      'Tells line by line what a retrospective still lacks. Exit 0, or 4 where anything is missing.',
    )
    .argument('<file>', 'a retrospective, or the folder that holds its retro.md')
    .option('--json', 'print { actions } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast gameday retro check retrospectives/payment-outage-20261201-180000-4fzk',
    )
    .action(async (file, flags) => {
      const { gameDayRetroCheckCommand } = await import('../commands/gameday-retro-check.ts');
      end(await gameDayRetroCheckCommand(io, file, flags));
    });

  gameDay
    .command('evidence')
    .summary('put all that was kept of an edition into one signed file')
    .description(
      'Writes evidence-1.ndjson: what was planned, every entry of the log, the journals of its runs, the timeline and the retrospective, as ' +
        'a chain of hashes, signed with the environment’s key in KMS or, of a rehearsal, with this project’s own. Where there is something ' +
        'new it writes the next version, which names the one before.',
    )
    .argument('<edition>', 'an edition, as gameday status shows it')
    .option('--out <folder>', folder)
    .option('--env <name>', where)
    .addOption(roleOption())
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { edition, file, version, sha256, fingerprint } on stdout')
    .addHelpText('after', '\nExamples:\n  steadfast gameday evidence payment-outage-20261201-180000-4fzk')
    .action(async (edition, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { gameDayEvidenceCommand } = await import('../commands/gameday-evidence.ts');
      end(await gameDayEvidenceCommand(io, edition, flags, processOutside(io)));
    });
};
