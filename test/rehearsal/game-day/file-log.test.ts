import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFileLog, readFileLog } from '../../../lib/rehearsal/game-day/file-log.ts';

const clock = { now: () => Date.parse('2026-12-01T18:00:00.000Z') };
const note = (text: string) =>
  ({ kind: 'note', at: '2026-12-01T18:00:00.000Z', by: { proof: 'steadfast' }, text }) as const;

async function createLog() {
  const folder = await mkdtemp(join(tmpdir(), 'steadfast-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'log.ndjson');
  const log = await createFileLog({ file, clock, onAppend: () => undefined });
  onTestFinished(() => log.close());
  return { file, log };
}

it('gives each entry its place, and of two who append at once one hears that the other was quicker', async () => {
  const { file, log } = await createLog();
  expect(await log.append('e', 0, [note('one'), note('two\u2028half')])).toBe('written');
  expect(
    await Promise.all([log.append('e', 2, [note('three')]), log.append('e', 2, [note('four')])]),
  ).toEqual(['written', 'conflict']);
  const { entries } = await readFileLog(file);
  expect(entries.map((entry) => [entry.number, entry.kind === 'note' && entry.text])).toEqual([
    [1, 'one'],
    [2, 'two\u2028half'],
    [3, 'three'],
  ]);
  expect(await log.read('e', 2)).toEqual(entries.slice(2));
});

it('a last line that was cut off is passed over and told; one that was changed before it is not passed over', async () => {
  const { file, log } = await createLog();
  await log.append('e', 0, [note('one'), note('two')]);
  const whole = await readFile(file, 'utf8');
  await appendFile(file, whole.slice(0, 40));
  const { entries, torn } = await readFileLog(file);
  expect([entries.length, torn]).toEqual([2, expect.stringContaining('was cut off')]);
  await writeFile(file, whole.replace('"one"', '"one'));
  await expect(readFileLog(file)).rejects.toThrow(/line 1 of .* is no entry/);
});

it('never goes on with the log of another edition, and takes nothing once it is closed', async () => {
  const { file, log } = await createLog();
  await expect(createFileLog({ file, clock, onAppend: () => undefined })).rejects.toThrow('EEXIST');
  await log.close();
  await expect(log.append('e', 0, [note('late')])).rejects.toThrow('has ended');
  expect(await readFile(file, 'utf8')).toBe('');
});
