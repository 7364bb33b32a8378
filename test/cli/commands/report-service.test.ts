import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOfMonthKey } from '../../../lib/aws/table-keys.ts';
import { reportServiceCommand } from '../../../lib/cli/commands/report-service.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { slowDatabase } from '../../plan/examples.ts';
import { capturedIo } from '../captured-io.ts';
import { setUp, unreadable } from './report-set-up.ts';

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
