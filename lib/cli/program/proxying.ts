import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { Register } from './register.ts';
import { wholeNumber } from './whole-number.ts';

/** Toxiproxy's own port, which its clients ask by default. */
const toxiproxyPort = 8474;

const largestPort = 65_535;

/** The fault proxy alone. */
export const proxying: Register = (program, io, end) => {
  program
    .command('proxy')
    .summary('serve the fault proxy, a drop-in for Toxiproxy')
    .description(
      'Serves proxies that a test suite puts between a service and what it uses, and the HTTP API by which it makes them slow, cut or ' +
        'refuse: Toxiproxy’s, so that its clients drive it unchanged. Ctrl-C ends it, and every connection. Exit 0 or 4.',
    )
    .option('--config <file>', 'proxies to make at the start, as Toxiproxy’s file or in YAML, with toxics')
    .option('--port <number>', 'where the API listens; 0 for a free one', port, toxiproxyPort)
    .option('--host <address>', 'the address that the API listens at', '127.0.0.1')
    .option(
      '--seed <number>',
      'repeat what was drawn: jitter, and which connections are affected',
      wholeNumber,
    )
    .addOption(
      new Option('--token <text>', 'answer only those who send it (Authorization: Bearer)')
        .env('STEADFAST_PROXY_TOKEN')
        .argParser(token),
    )
    .option('--json', 'print { url, host, port, seed, proxies } on stdout once it listens')
    .addHelpText(
      'after',
      '\nExamples:\n  steadfast proxy\n  steadfast proxy --config proxies.yaml --seed 7\n  STEADFAST_PROXY_TOKEN=secret steadfast proxy --host 0.0.0.0\n\n' +
        'Make a connection slow:\n  curl -d \'{"name":"database","listen":"127.0.0.1:5433","upstream":"127.0.0.1:5432"}\' localhost:8474/proxies\n' +
        '  curl -d \'{"type":"latency","attributes":{"latency":500},"ttl":"30s"}\' localhost:8474/proxies/database/toxics',
    )
    .action(async (flags) => {
      const { proxyCommand } = await import('../commands/proxy.ts');
      end(await proxyCommand(io, flags));
    });
};

/** An empty one, of a variable that was to be filled, would be none at all. */
function token(text: string): string {
  if (!/^\S+$/.test(text))
    throw new InvalidArgumentError('It must have at least one character, and no spaces.');
  return text;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > largestPort)
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${largestPort}.`);
  return number;
}
