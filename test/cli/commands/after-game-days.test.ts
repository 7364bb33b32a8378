import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { gameDayInput, logOf } from '../../fakes/game-day-log.ts';
import { edition, eventful } from '../../fakes/game-day-retro.ts';
import { commandHere } from '../command-here.ts';

/** A project in which an edition was rehearsed. */
function rehearsed() {
  const here = commandHere({});
  const files = join(here.root, '.steadfast/game-days', edition);
  mkdirSync(files, { recursive: true });
  writeFileSync(join(files, 'input.json'), JSON.stringify(gameDayInput({ mode: 'rehearsal' })));
  const log = logOf(...eventful).map((entry) => `${JSON.stringify(entry)}\n`);
  writeFileSync(join(files, 'log.ndjson'), log.join(''));
  const runFolder = join(here.root, '.steadfast/runs', `${edition}-1-1`);
  mkdirSync(runFolder, { recursive: true });
  writeFileSync(join(runFolder, 'journal.json'), JSON.stringify({ samples: { sha256: 'b'.repeat(64) } }));
  const run = (...words: readonly string[]) => here.run(...words);
  return { run, root: here.root, folder: join(here.root, 'retrospectives', edition) };
}

const filled = (text: string): string =>
  text.replaceAll('- Owner:\n', '- Owner: alice\n').replaceAll('- Due:\n', '- Due: 2026-05-31\n');

it('drafts a retrospective, checks it line by line, and never writes over what people made of it', async () => {
  const { run, folder, root } = rehearsed();
  const drafted = await run('gameday', 'retro', edition);
  expect(drafted).toMatchObject({ code: 0, stderr: '' });
  expect(drafted.stdout).toContain(`Drafted retrospectives/${edition}/retro.md with 6 actions`);
  expect(readdirSync(folder).toSorted()).toEqual(['retro.html', 'retro.md']);

  const unfilled = await run('gameday', 'retro', 'check', `retrospectives/${edition}`);
  expect(unfilled.code).toBe(4);
  expect(unfilled.stderr).toContain('is not complete: 12 things are missing or wrong');
  expect(unfilled.stderr).toMatch(/retro\.md:\d+/);
  expect(unfilled.stderr).toContain("the action 'stage-1-alert-queue' has no owner");
  expect(unfilled.stderr).toContain('"- Owner: alice"');

  const file = join(folder, 'retro.md');
  const edited = filled(readFileSync(file, 'utf8'));
  writeFileSync(file, edited);
  const document = await run('gameday', 'retro', edition, '--json');
  expect(JSON.parse(document.stdout)).toMatchObject({ edition, markdown: { written: false } });
  const again = await run('gameday', 'retro', edition);
  expect(again.stdout).toContain('was there already and is left as it is');
  expect(readFileSync(file, 'utf8')).toBe(edited);
  expect(readFileSync(join(folder, 'retro.html'), 'utf8')).toContain('alice');
  expect(await run('gameday', 'retro', 'check', file)).toMatchObject({ code: 0 });
  const complete = await run('gameday', 'retro', 'check', file, '--json');
  expect(complete.code).toBe(0);
  expect(readdirSync(root)).not.toContain('retro.md');
});

it('leaves the retrospective of another edition alone, and names no file outside by an edition', async () => {
  const { run, root } = rehearsed();
  writeFileSync(join(root, 'retro.md'), '---\nedition: another\n---\n');
  const other = await run('gameday', 'retro', edition, '--out', '.');
  expect(other.code).toBe(4);
  expect(other.stderr).toContain('is the retrospective of another, and is left as it is');
  expect(readdirSync(root)).not.toContain('retro.html');
  expect((await run('gameday', 'retro', '../../etc')).code).toBe(64);
  expect((await run('gameday', 'retro', 'check', 'nothing.md')).stderr).toContain(
    'there is no file nothing.md',
  );
});

const writtenSchema = z.object({ file: z.string(), version: z.number(), fingerprint: z.string() });

it('signs all of it, a next version once there is something new, and shows what was changed', async () => {
  const { run, folder, root } = rehearsed();
  const first = await run('gameday', 'evidence', edition);
  expect(first.code).toBe(0);
  expect(first.stdout).toContain('without a retrospective');
  await run('gameday', 'retro', edition);
  const written = async () =>
    writtenSchema.parse(JSON.parse((await run('gameday', 'evidence', edition, '--json')).stdout));
  const { file, version, fingerprint } = await written();
  expect([version, file]).toEqual([2, join(folder, 'evidence-2.ndjson')]);
  expect(await written()).toMatchObject({ version: 2 });

  const verify = (name: string) => run('evidence', 'verify', join(folder, name), '--key', fingerprint);
  expect(await verify('evidence-1.ndjson')).toMatchObject({ code: 0 });
  const whole = await verify('evidence-2.ndjson');
  expect(whole).toMatchObject({ code: 0 });
  expect(whole.stdout).toContain(`of ${edition}`);
  const text = readFileSync(file, 'utf8');
  for (const kind of ['input', 'entry', 'journal', 'samples', 'timeline', 'retrospective'])
    expect(text).toContain(`"kind":"${kind}"`);
  writeFileSync(file, text.replace('Orders were lost.', 'Orders were kept'));
  const changed = await verify('evidence-2.ndjson');
  expect(changed.code).toBe(4);
  expect(changed.stdout).toContain('entry 9 (ended) was changed');
  expect(readdirSync(join(root, '.steadfast'))).toContain('evidence-key.pem');
});

it('takes over into the next draft what is still open of former editions', async () => {
  const { run, root, folder } = rehearsed();
  const former = join(root, 'retrospectives/payment-down-20260201-090000-abcd');
  mkdirSync(former, { recursive: true });
  writeFileSync(
    join(former, 'retro.md'),
    `---
edition: payment-down-20260201-090000-abcd
gameDay: payment-down
environment: shop
rehearsal: true
began: 2026-02-01T09:00:00.000Z
---

## Actions

### page-sooner: Page on-call sooner

- Owner: bob
- Due: 2026-03-01
- State: open
`,
  );
  await run('gameday', 'retro', edition);
  expect(readFileSync(join(folder, 'retro.md'), 'utf8')).toContain(
    '### page-sooner: Page on-call sooner\n\n- Why: since payment-down-20260201-090000-abcd:',
  );
});
