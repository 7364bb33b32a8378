import { readFileSync } from 'node:fs';
import { processIo } from '../lib/cli/io.ts';
import { main } from '../lib/cli/main.ts';

/** The version stands in the package's manifest: beside the sources, or one folder above the compiled files. */
function version(): string {
  for (const manifest of ['../package.json', '../../package.json']) {
    try {
      const parsed: unknown = JSON.parse(readFileSync(new URL(manifest, import.meta.url), 'utf8'));
      if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) return String(parsed.version);
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    }
  }
  return 'unknown';
}

// A crash is 70, never Node's 1, which would read as a verdict.
process.on('uncaughtException', (cause) => {
  process.stderr.write(`Steadfast itself failed. Please report this:\n${cause.stack ?? String(cause)}\n`);
  process.exit(70);
});

/** What a definition leaves open (a timer, a connection) does not keep the command from ending. */
const lingerMs = 500;

process.exitCode = await main(process.argv.slice(2), processIo(), version());
setTimeout(() => process.exit(), lingerMs).unref();
