import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { runOfMonthKey } from '../../../lib/aws/table-keys.ts';
import { reportMonthCommand } from '../../../lib/cli/commands/report-month.ts';
import { reportServiceCommand } from '../../../lib/cli/commands/report-service.ts';
import { main } from '../../../lib/cli/main.ts';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import { type MonthReport, monthReportSchema } from '../../../lib/report/month/month-schema.ts';
import { type ServiceReport, serviceReportSchema } from '../../../lib/report/service/service-schema.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { shopLab, slowDatabase } from '../../plan/examples.ts';
import { richStaging } from '../../recipes/examples.ts';
import { capturedIo } from '../captured-io.ts';

const nowMs = Date.parse('2026-06-01T00:30:00Z');

const journal = (runId: string, start: string, changes: Partial<Journal> = {}): Journal =>
  journalOf({
    runId,
    start,
    end: start,
    environment: { id: 'shop', production: false, tag: { key: 'Env', value: 'lab' } },
    mode: 'rehearsal',
    ...changes,
  });

const elsewhere = (runId: string, service: string): Journal =>
  journal(runId, '2026-05-20T00:00:00Z', {
    experiment: {
      id: 'other',
      title: 'Another one',
      hash: 'c'.repeat(64),
      definition: { faults: { slow: { selector: { service } }, all: { selector: { tags: {} } } } },
    },
    environment: { id: 'staging', production: false, tag: { key: 'Env', value: 'staging' } },
  });

const retro = `---
edition: payment-down-20260520
gameDay: payment-down
environment: staging
rehearsal: false
began: 2026-05-20T09:00:00Z
---
`;

const files = {
  'experiments/slow-database.json': { ...slowDatabase, environments: { staging: {} } },
  'experiments/environments/staging.json': richStaging,
  'experiments/labs/shop.json': shopLab,
  '.steadfast/runs/good/journal.json': journal('good', '2026-05-20T12:00:00Z'),
  '.steadfast/runs/april/journal.json': journal('april', '2026-04-30T23:30:00Z'),
  '.steadfast/runs/torn/journal.json': '{"schemaVersion": 1',
  '.steadfast/runs/newer/journal.json': '{"schemaVersion": 9}',
  '.steadfast/runs/strange/journal.json': '{"schemaVersion": 1}',
  '.steadfast/runs/nothing/journal.json': '7',
  '.steadfast/runs/folder/journal.json/x': '',
  '.steadfast/runs/interrupted/logs/shop.log': '',
  '.steadfast/runs/notes.txt': 'not a folder',
  'kept/x/journal.json': elsewhere('x', 'cache'),
  'kept/y/journal.json': journal('y', '2026-05-21T00:00:00Z'),
  'retrospectives/payment-down-20260520/retro.md': retro,
};

function setUp(more: Readonly<Record<string, unknown>> = {}) {
  const root = temporaryProject({ ...files, ...more });
  const captured = capturedIo(root);
  const fake = createFakeOutside({
    account: richStaging.account,
    clock: createVirtualClock({ startMs: nowMs }),
  });
  const ran = (runId: string, verdict: Verdict, start: string, changes: object = {}) =>
    fake.table.put({
      ...runOfMonthKey(start, runId),
      runId,
      experiment: 'slow-database',
      environment: 'staging',
      verdict,
      summary: `It was ${verdict}.`,
      start,
      end: start,
      services: ['shop'],
      ...changes,
    });
  return {
    root,
    fake,
    ran,
    ...captured,
    service: (name: string, flags: Parameters<typeof reportServiceCommand>[2] = {}) =>
      reportServiceCommand(captured.io, name, flags, fake.outside),
    month: (name: string, flags: Parameters<typeof reportMonthCommand>[2] = {}) =>
      reportMonthCommand(captured.io, name, flags, fake.outside),
    ofService: (): ServiceReport => serviceReportSchema.parse(JSON.parse(captured.out())),
    ofMonth: (): MonthReport => monthReportSchema.parse(JSON.parse(captured.out())),
  };
}

const unreadable = ['folder', 'newer', 'nothing', 'strange', 'torn'].map((name) => ({
  what: `.steadfast/runs/${name}/journal.json`,
}));

describe('report service', () => {
  it('tells of the runs on this machine, and of what could not be read of them', async () => {
    const { service, ofService } = setUp();
    expect(await service('shop', { json: true })).toBe(0);
    const report = ofService();
    expect(report).toMatchObject({
      service: 'shop',
      verdict: 'held',
      counts: { runs: 2 },
      experiments: [{ id: 'slow-database', title: slowDatabase.title, isOutdated: true }],
      unreadable,
    });
    expect(report).not.toHaveProperty('environment');
    expect(report.unreadable.map(({ why }) => why)).toEqual([
      expect.stringContaining('EISDIR'),
      'it is a journal of version 9, and this Steadfast reads version 1',
      expect.stringContaining('it is no journal: the whole'),
      expect.stringContaining('it is no journal: runId'),
      'it is no JSON',
    ]);
  });

  it('looks back as far as it is asked to', async () => {
    const { service, ofService } = setUp();
    await service('shop', { json: true, since: '20d' });
    expect(ofService()).toMatchObject({ from: '2026-05-12T00:30:00.000Z', counts: { runs: 1 } });
  });

  it('takes a folder of runs for what it is, of one environment where that is named', async () => {
    const { service, ofService, fake } = setUp();
    await service('cache', { json: true, runs: 'kept', env: 'staging' });
    expect(ofService()).toMatchObject({ environment: 'staging', counts: { runs: 1 }, verdict: 'held' });
    expect(fake.choices).toEqual([]);
  });

  it('asks the index of an environment, month by month', async () => {
    const { service, ofService, ran, fake } = setUp();
    ran('a', 'held', '2026-03-10T00:00:00Z');
    ran('b', 'deviated', '2026-05-31T23:59:59Z');
    ran('old', 'held', '2026-03-01T00:00:00Z');
    ran('other', 'held', '2026-05-02T00:00:00Z', { services: ['cache'], experiment: 'x' });
    fake.table.put({ ...runOfMonthKey('2026-04-02', 'z'), verdict: 'splendid' });
    await service('shop', { json: true, env: 'staging' });
    const report = ofService();
    expect(report.runs.map(({ runId }) => runId)).toEqual(['b', 'a']);
    expect(report.unreadable).toEqual([
      {
        what: 'the index of runs, 2026-04',
        why: '1 of its entries say nothing that this Steadfast can read',
      },
    ]);
  });

  it('has a report of a service that nothing was run on, and none of one that nobody names', async () => {
    const { service, out } = setUp();
    expect(await service('database', { runs: 'nowhere' })).toBe(0);
    expect(out()).toMatch(/^database: nothing was run\n/);
    await expect(service('shpo')).rejects.toMatchObject({ code: 'unknown-id', hint: "did you mean 'shop'?" });
    await expect(service('zzzzzzzzz')).rejects.toMatchObject({
      hint: expect.stringMatching(/^there are: /) as string,
    });
  });

  it('says where there is no project how services are named', async () => {
    const { io } = capturedIo(temporaryProject({ 'runs/x.txt': '' }));
    const { outside } = createFakeOutside();
    await expect(reportServiceCommand(io, 'shop', { runs: 'runs' }, outside)).rejects.toMatchObject({
      hint: 'a project names its services in its environments and labs',
    });
  });

  it.each(['soon', '0d', '-3d'])('takes no --since %s', async (since) => {
    const { service } = setUp();
    await expect(service('shop', { since })).rejects.toMatchObject({ code: 'usage' });
  });

  it('writes a page and Markdown', async () => {
    const { root, service } = setUp();
    await service('shop', { html: 'shop.html', markdown: 'shop.md' });
    expect(readFileSync(join(root, 'shop.html'), 'utf8')).toContain('A service over time');
    expect(readFileSync(join(root, 'shop.md'), 'utf8')).toMatch(/^## ✅ \*\*held\*\*: shop/);
  });
});

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
