import type * as z from 'zod';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Ready } from './start-helper.ts';

/**
 * What every helper process does: reads its settings, begins, tells its port, and ends as soon as the command that started
 * it is gone, however that came about.
 *
 * @param begin resolves with the port once it listens
 */
export async function runHelper<Schema extends z.ZodType>(
  settings: Schema,
  begin: (settings: z.output<Schema>) => Promise<number>,
): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  process.once('SIGTERM', () => process.exit(0));
  try {
    const port = await begin(settings.parse(JSON.parse(process.argv[2] ?? '{}')));
    process.send?.({ ready: { port } } satisfies Ready);
  } catch (thrown) {
    // The command shows the last lines of this log: the reason, and no stack.
    const hint = thrown instanceof SteadfastError && thrown.hint !== undefined ? `\n${thrown.hint}` : '';
    process.stderr.write(`${messageOf(thrown)}${hint}\n`, () => process.exit(1));
  }
}
