import { runOfMonthKey } from '../../../lib/aws/table-keys.ts';
import { reportMonthCommand } from '../../../lib/cli/commands/report-month.ts';
import { reportServiceCommand } from '../../../lib/cli/commands/report-service.ts';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import { type MonthReport, monthReportSchema } from '../../../lib/report/month/month-schema.ts';
import { type ServiceReport, serviceReportSchema } from '../../../lib/report/service/service-schema.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { createFakeOutside } from '../../fakes/fake-outside.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { slowDay } from '../../game-day/examples.ts';
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

/** A retrospective of the game day slow-day, as people have left it. */
const retro = (edition: string, began: string, isRehearsal: boolean) => `---
edition: ${edition}
gameDay: slow-day
environment: ${isRehearsal ? 'shop' : 'staging'}
rehearsal: ${isRehearsal}
began: ${began}
---

## Actions

### retry: Retry payments

- Why: they were lost
- Owner: ann
- Due: 2026-05-25
- State: open
- Reason:
`;

/** A game day in staging and in the lab, held in each. */
export const gameDays = {
  'experiments/game-days/slow-day.json': slowDay,
  'retrospectives/in-may/retro.md': retro('in-may', '2026-05-20T09:00:00Z', false),
  'retrospectives/in-april/retro.md': retro('in-april', '2026-04-20T09:00:00Z', false),
  'retrospectives/rehearsed/retro.md': retro('rehearsed', '2026-05-10T09:00:00Z', true),
};

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
};

export function setUp(more: Readonly<Record<string, unknown>> = {}) {
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

/** What cannot be read of the runs on this machine. */
export const unreadable = ['folder', 'newer', 'nothing', 'strange', 'torn'].map((name) => ({
  what: `.steadfast/runs/${name}/journal.json`,
}));
