import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { main } from '../../../lib/cli/main.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { slowDatabase } from '../../plan/examples.ts';
import { gameDays, setUp, unreadable } from './report-set-up.ts';

describe('report month', () => {
  it('tells of the last month that is over, of the index and the journals of an environment', async () => {
    const { month, ofMonth, ran, fake } = setUp();
    ran('a', 'held', '2026-04-10T00:00:00Z');
    ran('b', 'deviated', '2026-05-10T00:00:00Z');
    ran('c', 'inconclusive', '2026-05-11T00:00:00Z', { experiment: 'other' });
    ran('d', 'deviated', '2026-05-12T00:00:00Z', { experiment: 'third' });
    ran('later', 'held', '2026-06-01T00:00:00Z');
    const finding = {
      code: 'x',
      verdict: 'deviated',
      message: 'It was deviated.',
      hint: 'Mend it.',
    } as const;
    const lesson = {
      verdict: 'deviated',
      summary: finding.message,
      findings: [finding],
      wouldHaveMissed: ['health'],
    } as const;
    const put = (runId: string, text: string) => fake.bucket.objects.set(`runs/${runId}/journal.json`, text);
    put(
      'b',
      JSON.stringify(journalOf({ runId: 'b', ...lesson, findings: [finding], wouldHaveMissed: ['health'] })),
    );
    put('d', 'torn');
    expect(await month('staging', { json: true })).toBe(0);
    const report = ofMonth();
    expect(report).toMatchObject({
      month: '2026-05',
      isRehearsal: false,
      counts: { runs: 3 },
      countsBefore: { runs: 1 },
      broke: [{ experiment: 'slow-database' }, { experiment: 'third' }],
      idle: [],
      gameDays: [],
    });
    expect(report.broke[0]).toMatchObject({ title: slowDatabase.title, hint: 'Mend it.', blind: ['health'] });
    expect(report.untested?.map(({ service }) => service)).toContain('shop');
    expect(report.unknown).toEqual([
      'Of 2 runs there is no journal that can be read, so that how to mend what broke may be missing.',
    ]);
  });

  it('says so where journals may not be read, and reports what the index says', async () => {
    const { month, ofMonth, ran, fake } = setUp();
    ran('b', 'deviated', '2026-05-10T00:00:00Z');
    fake.bucket.mock.on(GetObjectCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    await month('staging', { json: true });
    expect(ofMonth().broke).toHaveLength(1);
    expect(ofMonth().unknown.at(-1)).toMatch(/^How to mend what broke is not known: .*s3:GetObject/);
  });

  it('reads nothing but the index where everything held', async () => {
    const { month, ofMonth, ran, fake } = setUp();
    ran('a', 'held', '2026-05-10T00:00:00Z');
    await month('staging', { json: true });
    expect(ofMonth().headline).toBe('held');
    expect(fake.bucket.mock.commandCalls(GetObjectCommand)).toEqual([]);
  });

  it('reports a lab by the runs on this machine, at the edges of the month by the clocks of a zone', async () => {
    const here = setUp();
    await here.month('shop', { json: true });
    expect(here.ofMonth()).toMatchObject({
      isRehearsal: true,
      counts: { runs: 1 },
      countsBefore: { runs: 1 },
      unreadable,
    });
    const dublin = setUp();
    await dublin.month('shop', { json: true, month: '2026-05', timeZone: 'Europe/Dublin' });
    expect(dublin.ofMonth()).toMatchObject({ counts: { runs: 2 }, countsBefore: { runs: 0 } });
    expect(dublin.fake.choices).toEqual([]);
  });

  it('reports an environment of a folder of runs, also one that the project does not describe', async () => {
    const here = setUp();
    await here.month('staging', { json: true, runs: 'kept' });
    expect(here.ofMonth()).toMatchObject({ counts: { runs: 1 }, isRehearsal: false });
    const strange = setUp();
    await strange.month('elsewhere', { runs: 'kept', html: 'm.html', markdown: 'm.md' });
    expect(strange.out()).toContain('What nothing tests is not known');
    expect(readFileSync(join(strange.root, 'm.html'), 'utf8')).toContain('A month in one page');
    expect(readFileSync(join(strange.root, 'm.md'), 'utf8')).toMatch(
      /^## May 2026 in elsewhere: nothing was run/,
    );
  });

  it('tells when game days were held there, and what they left to do', async () => {
    const staging = setUp(gameDays);
    await staging.month('staging', { json: true, runs: 'kept' });
    expect(staging.ofMonth()).toMatchObject({
      gameDays: [{ gameDay: 'slow-day', held: ['in-may'], nextBy: '2026-08-20', isOverdue: false }],
      actions: [{ what: 'Retry payments', owner: 'ann', due: '2026-05-25', isOverdue: true }],
    });
    const lab = setUp(gameDays);
    await lab.month('shop');
    expect(lab.out()).toContain('slow-day: held in this month: rehearsed; the next one is due by 2026-08-10');
    expect(lab.out()).toContain('Retry payments (ann, 2026-05-25, overdue; slow-day)');
  });

  it('refuses a month that has not begun, what is no month, and what is no time zone', async () => {
    const { month } = setUp();
    await expect(month('shop', { month: '2026-07' })).rejects.toMatchObject({ code: 'usage' });
    await expect(month('shop', { month: 'May' })).rejects.toMatchObject({ code: 'usage' });
    await expect(month('shop', { timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'usage',
      message: "'Mars/Olympus' is no IANA time zone",
    });
  });

  it('is reached by its words, as a report of a service is', async () => {
    const { io, out } = setUp();
    expect(await main(['report', 'month', 'shop', '--month', '2020-01'], io, '0.0.0')).toBe(0);
    expect(await main(['report', 'service', 'shop'], io, '0.0.0')).toBe(0);
    expect(out()).toMatch(/^January 2020 in the lab shop: nothing was run\n/);
    expect(out()).toMatch(/^shop: /m);
  });
});
