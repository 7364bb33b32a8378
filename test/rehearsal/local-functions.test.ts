import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labSchema } from '../../lib/experiment/lab.ts';
import { systemClock } from '../../lib/probing/system-clock.ts';
import { createLocalFunctions } from '../../lib/rehearsal/local-functions.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { shopLab } from '../plan/examples.ts';
import { itCallsFunctions } from '../run/looks-contract.ts';

function setUp() {
  const folder = temporaryProject({
    'echo.mjs': 'process.stdin.pipe(process.stdout);\n',
    'dies.mjs': "console.log('{\"value\":1}');\nconsole.error('it ran out of memory');\nprocess.exit(1);\n",
    'hangs.mjs': 'setInterval(() => {}, 1000);\n',
    'deaf.mjs': "console.error('a word for the log');\nconsole.log('{\"value\":2}');\n",
    'endless.mjs': "process.stdout.write('x'.repeat(3_000_000));\n",
  });
  const command = (name: string) => ({ command: ['node', `${name}.mjs`] });
  const functions = Object.fromEntries(
    ['echo', 'dies', 'hangs', 'deaf', 'endless'].map((name) => [name, command(name)]),
  );
  const lab = labSchema.parse({
    ...shopLab,
    functions: { ...functions, cloudy: { notRehearsable: 'it needs the cloud' } },
  });
  return createLocalFunctions({ lab, folder, logFolder: join(folder, 'logs'), clock: systemClock });
}

itCallsFunctions(async () => setUp());

describe('what plays a function in a lab', () => {
  it('need not read its payload, and what it says for its log is no part of its answer', async () => {
    const payload = JSON.stringify({ long: 'x'.repeat(1_000_000) });
    expect(await setUp().call('deaf', payload, 20_000)).toBe('{"value":2}\n');
  });

  it('may write more than any answer is long, of which the beginning is kept', async () => {
    const answer = await setUp().call('endless', '{}', 20_000);
    expect(answer.length).toBeGreaterThan(10_000);
    expect(answer.length).toBeLessThan(1_000_000);
  });

  it('is not called where the lab cannot play it', async () => {
    await expect(setUp().call('cloudy', '{}', 20_000)).rejects.toThrow(
      "lab 'shop' has no command for the function 'cloudy'",
    );
  });
});
