import { profileOption, regionOption } from './aws-options.ts';
import type { Register } from './register.ts';

/** What others can hold against us: signed, and verified without trusting us. */
export const evidence: Register = (program, io, end) => {
  program
    .command('evidence')
    .summary('verify what a game day left as evidence')
    .description('Looks at what game days have left behind for those who were not there.')
    .addHelpText('after', '\nExamples:\n  steadfast evidence verify evidence-1.ndjson --key auditors.pem')
    .command('verify')
    .summary('has anything in a bundle been changed?')
    .description(
      'Tells whether a bundle is to the byte what the holder of a key has signed and, where it is not, what was changed, taken out, put ' +
        'in or moved. A key that stands in the bundle proves nothing: name the one that you trust. Exit 0, or 4 where anything was changed.',
    )
    .argument('<file>', 'a bundle, such as evidence-1.ndjson')
    .requiredOption(
      '--key <key>',
      'the key that is trusted: its fingerprint, a file with its public half, or an ARN or alias of KMS',
    )
    .addOption(profileOption())
    .addOption(regionOption())
    .option('--json', 'print { ok, sha256, key, signedAt, records, problems } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast evidence verify evidence-1.ndjson --key auditors.pem\n  steadfast evidence verify evidence-1.ndjson --key alias/steadfast-staging-evidence',
    )
    .action(async (file, flags) => {
      const { processOutside } = await import('../aws/outside.ts');
      const { evidenceVerifyCommand } = await import('../commands/evidence-verify.ts');
      end(await evidenceVerifyCommand(io, file, flags, processOutside(io)));
    });
};
