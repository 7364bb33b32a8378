import type { Register } from './register.ts';

/** Taking in what other tools run. */
export const importing: Register = (program, io, end) => {
  program
    .command('import')
    .summary('take in an experiment of another tool')
    .description(
      'Makes a definition of an experiment of Chaos Toolkit, Chaos Mesh or FIS, or of the proxies of Toxiproxy, and accounts for every field: ' +
        'mapped, approximated (with what differs) or refused (with why). What cannot be made safe is refused. Exit 0 or 4.',
    )
    .argument('<file>', 'JSON, YAML, or Python that creates an FIS template')
    .option('--format <id>', 'the format, where it is not recognised')
    .option('--env <name>', 'the environment that it is for')
    .option('--lab <id>', 'the lab that it is rehearsed in')
    .option(
      '--map <host=service>',
      'what a host or target of the file is called here; can be given several times',
      (word: string, before: string[]) => [...before, word],
      [],
    )
    .option('--out <dir>', 'write it there, such as experiments; nothing is overwritten')
    .option('--fix', 'mend what is unsafe, and show the difference')
    .option('--json', 'print { ok, format, definition, definitions, fields, decisions, refusals } on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast import slow-database.json --lab shop\n  steadfast import template.json --env staging --fix --out experiments\n  steadfast import chaos-mesh.yaml --env staging --map product-service=shop --json',
    )
    .action(async (file, flags) => {
      const { importCommand } = await import('../commands/import.ts');
      end(await importCommand(io, file, flags));
    });
};
