import { outside } from '../experiment/vantage-point-names.ts';
import { note, type RunContext, record } from './context.ts';
import { iso } from './iso.ts';

/**
 * Tries the self-check of each vantage point before any fault, and writes down what came of it. One that does not work now (there is
 * no route to what it looks at) has no say in this run, or else it would make every failure the prober's own, and nobody would know.
 *
 * @returns the vantage points whose self-check works
 */
export async function trySelfChecks(context: RunContext): Promise<string[]> {
  const { ports } = context;
  const looks = (await ports.prober.selfChecks?.()) ?? [];
  for (const { from, url, failed } of looks) {
    const name = from === outside ? 'self-check' : `self-check from ${from}`;
    const evidence =
      failed === undefined
        ? `${url} answered: a failure while it does not answer is the prober's own`
        : `${url} did not answer (${failed}): it has no say in this run, and every failure counts as the system's`;
    await record(context, `check-${name}`, {
      kind: 'check',
      at: iso(ports.clock.now()),
      check: name,
      passed: failed === undefined,
      evidence,
    });
    if (failed !== undefined)
      await note(context, `check-${name}`, 'note', `The ${name} failed: ${evidence}.`);
  }
  return looks.flatMap(({ from, failed }) => (failed === undefined ? [from] : []));
}
