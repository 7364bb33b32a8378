import { describe, expect, it } from 'vitest';
import type { ActiveExperiment } from '../../../lib/run/ports.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { expectNothingLeft, run, type Script } from '../scripted-run.ts';

/** The scripted world's clock begins here; a run in it takes 45 seconds. */
const now = '2026-01-01T00:00:00.000Z';

const active = (id: string, more: Partial<ActiveExperiment> = {}): ActiveExperiment => ({
  id,
  status: 'running',
  isPreview: false,
  ...more,
});
const others = [
  active('EXP1', { runId: 'run-7', environment: 'staging' }),
  active('EXP2', { runId: 'run-8', environment: 'staging', isPreview: true }),
  active('EXP3'),
  active('EXP4'),
];
const permission = 'ssm:GetCalendarState on releases';

/** What keeps a run from starting: the check, its rejection, and what the person on call is told and can do. */
const refusals: readonly [
  what: string,
  Script,
  check: string,
  rejection: string,
  says: string,
  hint: string,
][] = [
  [
    'the safety lever is engaged',
    { world: { lever: () => ({ status: 'engaged', reason: 'the shop is down' }) } },
    'safety-lever',
    'locked',
    'the safety lever of FIS is engaged: the shop is down',
    'Ask who engaged it',
  ],
  [
    'the safety lever is being engaged',
    { world: { lever: () => ({ status: 'engaging', reason: 'the shop is down' }) } },
    'safety-lever',
    'locked',
    'is engaging',
    'FIS is stopping every experiment here',
  ],
  [
    'the safety lever cannot be read',
    { world: { lever: () => ({ status: 'unreadable', reason: 'FIS is away' }) } },
    'safety-lever',
    'locked',
    'is unreadable: FIS is away',
    'See why FIS does not tell',
  ],
  [
    'the safety lever may not be read',
    {
      world: {
        lever: () => ({ status: 'unreadable', reason: 'AWS refused it', permission: 'fis:GetSafetyLever' }),
      },
    },
    'safety-lever',
    'permission',
    'AWS refused it',
    'Allow fis:GetSafetyLever',
  ],
  [
    'somebody has paused the experiment',
    {
      world: {
        pause: () => ({ experiment: 'slow-database', by: 'ada', reason: 'we rebuild the pool', at: now }),
      },
    },
    'pause',
    'locked',
    `ada paused 'slow-database' in lab at ${now}: we rebuild the pool`,
    'Ask ada, then: steadfast resume slow-database --env lab',
  ],
  [
    'another plan of it is deployed since: an old execution, started anew',
    { world: { lists: () => 'changed' }, input: { plan: 'a1b2c3d4e5f6' } },
    'listed',
    'outdated',
    "lab is deployed with another plan of 'slow-database' than this run was started with (a1b2c3d4e5f6)",
    'Start the launcher anew: it holds the new plan.',
  ],
  [
    "the scheduler's event comes hours late",
    { input: { scheduled: { time: '2025-12-31T20:00:00Z' }, flexibleWindowMs: 900_000 } },
    'start-time',
    'outdated',
    `it was to start at 2025-12-31T20:00:00.000Z, and it is ${now} now: later than a window of 15 minutes and 5 minutes allow`,
    'Nothing was done. Start it by hand where it is still wanted',
  ],
  [
    'its time is yet to come by more than a clock can be off',
    { input: { scheduled: { time: '2026-01-01T00:05:01Z' } } },
    'start-time',
    'outdated',
    'more than 5 minutes too early',
    'A clock is wrong',
  ],
  [
    'its scheduled time is none',
    { input: { scheduled: { time: '<aws.scheduler.scheduled-time>' } } },
    'start-time',
    'outdated',
    "its scheduled time '<aws.scheduler.scheduled-time>' is no time",
    'Start it by hand',
  ],
  [
    'a blackout is on that comes every year, by the clock of its zone',
    {
      input: {
        blackouts: [
          {
            cron: '30 5 1 1 ?',
            timeZone: 'Asia/Kolkata',
            lastsMs: 3_600_000,
            reason: 'the books are closed',
          },
        ],
      },
    },
    'blackout',
    'blackout',
    'a blackout is on until 2026-01-01T01:00:00.000Z: the books are closed',
    'Start it again after 2026-01-01T01:00:00.000Z.',
  ],
  [
    'a parameter says that changes are frozen',
    {
      world: {
        freezes: () => [
          { freeze: 'parameter /org/freeze', state: 'frozen', detail: "its value is 'go-live'" },
        ],
      },
    },
    'freeze',
    'blackout',
    "parameter /org/freeze is frozen: its value is 'go-live'",
    'once the freeze is over',
  ],
  [
    'a calendar cannot be read',
    {
      world: {
        freezes: () => [{ freeze: 'calendar releases', state: 'unreadable', detail: 'it does not exist' }],
      },
    },
    'freeze',
    'blackout',
    'calendar releases cannot be read, so nobody knows whether a freeze is on: it does not exist',
    "take it out of the environment's freezes",
  ],
  [
    'a calendar may not be read',
    {
      world: {
        freezes: () => [
          {
            freeze: 'calendar releases',
            state: 'unreadable',
            detail: `AWS refused ${permission}`,
            permission,
          },
        ],
      },
    },
    'freeze',
    'permission',
    `AWS refused ${permission}`,
    `Allow ${permission}`,
  ],
  [
    'an incident is on',
    {
      input: { incidentAlarms: [{ alarm: 'paged' }] },
      world: { incidents: () => [{ guard: 'paged', state: 'alarm', detail: 'paged is ALARM: 5 pages' }] },
    },
    'incidents',
    'guard',
    'the incident alarm paged is alarm: paged is ALARM: 5 pages',
    'People are busy with an incident',
  ],
  [
    'nothing can be read of an incident alarm',
    { input: { incidentAlarms: [{ alarm: 'paged' }] }, world: { incidents: () => [] } },
    'incidents',
    'guard',
    'the incident alarm paged is unreadable',
    'See why it cannot be read',
  ],
  [
    'FIS has no place left',
    { world: { active: () => [...others, active('EXP5', { runId: 'run-9' })] } },
    'capacity',
    'busy',
    'FIS carries out 5 experiments in this account and Region, and takes 5 at most: EXP1 (running, a stage of run run-7 in staging), EXP2 (running, the preview of run run-8 in staging), EXP3 (running, not of Steadfast)',
    'once one of them has ended',
  ],
];

describe('a run is not admitted when', () => {
  it.each(refusals)('%s', async (_, script, check, rejection, says, hint) => {
    const rejected = await run(script);
    expect(rejected.journal.findings).toEqual([
      withFields({
        code: says.includes('calendar releases cannot be read') ? 'freeze-unreadable' : `check-${check}`,
        verdict: 'rejected',
        rejection,
        message: containing(says),
        hint: containing(hint),
      }),
    ]);
    const failed = rejected.journal.checks.filter(({ passed }) => !passed);
    expect(failed).toEqual([{ check, passed: false, evidence: containing(says) }]);
    expect(rejected.faults.experiments).toEqual([]);
    expect(rejected.asked).toEqual([]);
    // Whatever has to be mended is told of; that a blackout or freeze is on is not.
    const [finding] = rejected.journal.findings;
    const isQuiet = rejection === 'blackout' && finding?.code !== 'freeze-unreadable';
    expect(rejected.told).toHaveLength(isQuiet ? 0 : 1);
    expectNothingLeft(rejected);
  });
});

describe('a run would end in what forbids it', () => {
  const ahead = (seconds: number) => new Date(Date.parse(now) + seconds * 1_000).toISOString();

  it.each([
    [44, 'rejected'],
    [46, 'held'],
  ])('where a blackout begins %i seconds from now: %s', async (seconds, verdict) => {
    const blackouts = [{ from: ahead(seconds), until: ahead(3_600), reason: 'the sale' }];
    const { journal } = await run({ input: { blackouts } });
    expect(journal.verdict).toBe(verdict);
    const says = `this run would end at ${ahead(45)}, and a blackout begins at ${ahead(seconds)}: the sale`;
    const messages = journal.findings.map(({ message }) => message);
    expect(messages).toEqual(verdict === 'held' ? [] : [containing(says)]);
  });

  it.each([
    [44, 'rejected'],
    [46, 'held'],
  ])('where a calendar closes %i seconds from now: %s', async (seconds, verdict) => {
    const closesMs = Date.parse(ahead(seconds));
    const freezes = () => [{ freeze: 'calendar releases', state: 'open' as const, detail: 'OPEN', closesMs }];
    const { journal } = await run({ world: { freezes } });
    expect(journal.verdict).toBe(verdict);
    expect(journal.findings.map(({ hint }) => hint)).toEqual(
      verdict === 'held' ? [] : ['Start it so that it is over by then.'],
    );
  });
});

describe('a run is admitted', () => {
  it.each([
    ['2025-12-31T23:55:00Z', 0],
    ['2026-01-01T00:05:00Z', 0],
    ['2025-12-31T22:55:00Z', 3_600_000],
  ])(
    'with a clock that is off by minutes: due at %s with a window of %i ms',
    async (time, flexibleWindowMs) => {
      const { journal } = await run({ input: { scheduled: { time }, flexibleWindowMs } });
      expect(journal.verdict).toBe('held');
    },
  );

  it('while FIS has a place left, its own preview not counted', async () => {
    const { journal } = await run({
      world: { active: () => [...others, active('EXP5', { runId: 'run-1', isPreview: true })] },
    });
    expect(journal.verdict).toBe('held');
    expect(journal.checks.find(({ check }) => check === 'capacity')?.evidence).toBe(
      'FIS carries out 4 experiments of 5 at most',
    );
  });

  it('while what may forbid it is read and does not, and says so', async () => {
    const { journal } = await run({
      input: { incidentAlarms: [{ alarm: 'paged' }] },
      world: {
        incidents: () => [{ guard: 'paged', state: 'no data', detail: '' }],
        freezes: () => [{ freeze: 'parameter /org/freeze', state: 'open', detail: "its value is 'off'" }],
      },
    });
    expect(journal.verdict).toBe('held');
    const evidence = Object.fromEntries(journal.checks.map((one) => [one.check, one.evidence]));
    expect(evidence).toMatchObject({
      incidents: 'paged is no data',
      freeze: "parameter /org/freeze is open (its value is 'off')",
    });
  });
});
