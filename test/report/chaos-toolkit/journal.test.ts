import { describe, expect, it } from 'vitest';
import { chaosToolkitJournal } from '../../../lib/report/chaos-toolkit/journal.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { matching } from '../../fakes/matching.ts';
import {
  deviatedJournal,
  erroredJournal,
  haltedJournal,
  heldJournal,
  rejectedJournal,
  unrecoveredJournal,
} from '../journal-fixture.ts';
import { journalOf, judgement, quiet, recovered, stage } from '../journal-parts.ts';
import { at } from '../window-fixture.ts';
import { exported } from './exported.ts';

const inconclusive = (): Journal =>
  journalOf({
    verdict: 'inconclusive',
    summary: 'The fault did not bite.',
    findings: [{ code: 'no-bite', verdict: 'inconclusive', message: 'slow did not reach shop' }],
    stages: [
      { ...stage(0, quiet, []), bite: [{ fault: 'slow', bit: false, evidence: 'no chunk was delayed' }] },
    ],
    recovery: recovered(0.5),
  });

describe('a run as a journal of Chaos Toolkit', () => {
  it('has the keys in the order in which Chaos Toolkit writes them, and ours last', () => {
    expect(Object.keys(chaosToolkitJournal(heldJournal()))).toEqual([
      'chaoslib-version',
      'platform',
      'node',
      'experiment',
      'start',
      'status',
      'deviated',
      'steady_states',
      'run',
      'rollbacks',
      'end',
      'duration',
      'x-steadfast',
    ]);
  });

  it.each([
    ['held', heldJournal, 'completed', false],
    ['deviated', deviatedJournal, 'completed', true],
    ['inconclusive', inconclusive, 'failed', false],
    ['halted', haltedJournal, 'interrupted', false],
    ['rejected', rejectedJournal, 'failed', false],
    ['unrecovered', unrecoveredJournal, 'completed', true],
    ['errored', erroredJournal, 'aborted', false],
  ])('tells %s so that only held reads as a pass', (verdict, journal, status, deviated) => {
    const told = exported(journal());
    expect(told).toMatchObject({ status, deviated, 'x-steadfast': { verdict } });
    expect(told.status === 'completed' && !told.deviated).toBe(verdict === 'held');
  });

  it('has deviated also where something worse was found', () => {
    const journal = erroredJournal();
    const missed = { code: 'tolerance-missed', verdict: 'deviated', message: 'p95 was 610 ms' } as const;
    expect(exported({ ...journal, findings: [...journal.findings, missed] })).toMatchObject({
      status: 'aborted',
      deviated: true,
    });
  });

  it('writes times as Python does, and lengths in seconds', () => {
    const told = exported(heldJournal());
    expect(told).toMatchObject({
      start: '2026-05-01T09:30:00.000000+00:00',
      end: '2026-05-01T09:31:08.000000+00:00',
      duration: 68,
    });
    expect(told.run[0]).toMatchObject({
      start: '2026-05-01T09:30:24.000000+00:00',
      end: '2026-05-01T09:30:36.000000+00:00',
      duration: 12,
    });
  });

  it('tells each fault of each stage with what it reached', () => {
    const { run } = exported(heldJournal());
    expect(run.map(({ activity, status }) => [activity.name, status])).toEqual([
      ['slow (stage 1: one)', 'succeeded'],
      ['slow (stage 2: 100%)', 'succeeded'],
    ]);
    expect(run[1]).toMatchObject({
      activity: {
        type: 'action',
        provider: { func: 'aws:ecs:task-network-latency', arguments: { delayMilliseconds: '500' } },
      },
      output: {
        targets: ['shop-1', 'shop-2'],
        bit: true,
        fisExperimentId: 'local-2',
        fisStatus: 'completed',
      },
    });
  });

  it.each([
    [
      'did not bite',
      {},
      [{ fault: 'slow', bit: false, evidence: 'no chunk was delayed' }],
      'no chunk was delayed',
    ],
    ['may not have bitten', {}, [], 'nobody could tell whether the fault reached the system'],
    ['failed', { fisStatus: 'failed' }, undefined, 'FIS ended it as failed'],
    ['was never started', { start: undefined }, undefined, 'the fault was never started'],
  ])('tells a fault that %s as failed', (_case, given, bite, reason) => {
    const { start, ...begun } = stage(0, quiet, []);
    const known = 'start' in given ? {} : { start };
    const { run } = exported(
      journalOf({
        verdict: 'inconclusive',
        summary: '',
        stages: [{ ...begun, ...known, ...('fisStatus' in given ? given : {}), bite: bite ?? begun.bite }],
      }),
    );
    expect(run).toMatchObject([{ status: 'failed', exception: [reason] }]);
  });

  it('tells who ended a fault early', () => {
    expect(exported(haltedJournal()).run[0]?.output).toMatchObject({
      bit: null,
      halt: { by: 'guard', at: at(32) },
    });
  });

  it('counts a rollback only where it is proven', () => {
    expect(exported(heldJournal()).rollbacks).toMatchObject([
      { activity: { name: 'flushCache' }, status: 'succeeded', duration: 0, output: { result: 'proven' } },
    ]);
    expect(exported(unrecoveredJournal()).rollbacks).toMatchObject([
      { status: 'failed', exception: ['unproven: answered 204'], output: { proof: null } },
    ]);
  });

  it('tells the steady state before, while and after the fault was there', () => {
    const { before, during, after } = exported(deviatedJournal()).steady_states;
    expect(before?.steady_state_met).toBe(true);
    expect(during.map(({ steady_state_met }) => steady_state_met)).toEqual([true, false]);
    expect(after).toMatchObject({ steady_state_met: true });
    expect(during[1]?.probes.filter(({ tolerance_met }) => !tolerance_met)).toMatchObject([
      {
        activity: { name: 'products: age below 5s' },
        output: { observed: 10.9, unit: 's' },
        status: 'succeeded',
      },
    ]);
    expect(after?.probes[0]?.start).toBe('2026-05-01T09:30:48.000000+00:00');
  });

  it('has nothing where nothing was looked at', () => {
    expect(exported(rejectedJournal()).steady_states).toEqual({ before: null, after: null, during: [] });
  });

  it('tells what nobody could see as neither met nor missed, and its probe as failed', () => {
    const { during } = exported(
      journalOf({
        verdict: 'inconclusive',
        summary: '',
        stages: [
          stage(0, quiet, [judgement('products', 'p95', 11), judgement('products', 'age', undefined, 0)]),
        ],
      }),
    ).steady_states;
    expect(during).toMatchObject([
      {
        steady_state_met: null,
        probes: [
          { status: 'succeeded', tolerance_met: true, output: { surely: [9.9, 12.100000000000001] } },
          {
            status: 'failed',
            tolerance_met: false,
            exception: ['there was no data'],
            output: { observed: null },
          },
        ],
      },
    ]);
  });

  it.each([
    ['met', true, 9.9, true],
    ['met again, but too late', false, 9.9, false],
    ['met as far as anybody saw', undefined, 9.9, null],
    ['missed, and not back', undefined, 640, false],
  ])('tells the steady state afterwards as %s', (_case, met, p95, told) => {
    const { met: _, ...rest } = recovered(1);
    const recovery = {
      ...rest,
      ...(met === undefined ? {} : { met }),
      tolerances: [judgement('products', 'p95', p95)],
    };
    expect(
      exported(journalOf({ verdict: 'unrecovered', summary: '', recovery })).steady_states.after,
    ).toMatchObject({ steady_state_met: told });
  });

  it('takes the time of the whole run for a stretch of which nobody knows when it was', () => {
    const judged = { ...judgement('products', 'p95', 11), interval: { high: 12 } };
    const {
      start: _start,
      end: _end,
      fisStatus: _status,
      fisExperimentId: _id,
      ...unknown
    } = stage(0, quiet, [judged]);
    const told = exported(
      journalOf({
        verdict: 'errored',
        summary: '',
        baseline: { probes: [], tolerances: [{ ...judged, interval: { low: 10 } }], windows: [] },
        stages: [unknown],
        recovery: recovered(1),
      }),
    );
    const whole = { start: '2026-05-01T09:30:00.000000+00:00', duration: 68 };
    expect(told.steady_states.before?.probes).toMatchObject([{ ...whole, output: { surely: [10, null] } }]);
    expect(told.steady_states.during).toMatchObject([
      { probes: [{ ...whole, output: { surely: [null, 12] } }] },
    ]);
    expect(told.steady_states.after?.probes[0]).toMatchObject(whole);
    expect(told.run).toMatchObject([{ ...whole, output: { fisStatus: null, fisExperimentId: null } }]);
  });

  it('tells a soak as a stretch of its own', () => {
    const soak = { start: at(36), end: at(37), tolerances: [judgement('products', 'p95', 400)], windows: [] };
    const { during } = exported(
      journalOf({
        verdict: 'deviated',
        summary: '',
        stages: [{ ...stage(0, quiet, [judgement('products', 'p95', 9)]), soak }],
      }),
    ).steady_states;
    expect(during.map(({ steady_state_met }) => steady_state_met)).toEqual([true, false]);
    expect(during[1]?.probes).toMatchObject([{ duration: 1, start: '2026-05-01T09:30:36.000000+00:00' }]);
  });
});

describe('what reporting reads of it', () => {
  const journals = [
    heldJournal,
    deviatedJournal,
    rejectedJournal,
    unrecoveredJournal,
    haltedJournal,
    erroredJournal,
    () => ({ ...heldJournal(), mode: 'aws' as const }),
  ];

  it.each(journals.map((journal) => [journal().verdict, journal] as const))(
    'is all there of a run that %s',
    (_verdict, journal) => {
      const { experiment, ...told } = exported(journal());
      // chaosreport chooses its template by this, which must be a version.
      expect(told['chaoslib-version']).toMatch(/^\d+\.\d+\.\d+$/);
      for (const text of [experiment.title, experiment.description, told.node, told.platform])
        expect(text).not.toBe('');
      expect(experiment.tags.length).toBeGreaterThan(0);
      expect(experiment['steady-state-hypothesis'].title).not.toBe('');
      const looks = [told.steady_states.before, told.steady_states.after].flatMap(
        (state) => state?.probes ?? [],
      );
      for (const { activity } of looks)
        expect(activity).toMatchObject({ name: matching(/./), tolerance: {} });
      for (const activity of experiment.method)
        expect(activity).toMatchObject({ type: 'action', name: matching(/./) });
      for (const item of [...told.run, ...told.rollbacks, ...looks]) {
        expect(Date.parse(item.start)).not.toBeNaN();
        expect(Date.parse(item.end)).toBeGreaterThanOrEqual(Date.parse(item.start));
        expect(item.output).toBeDefined();
        const { provider } = item.activity;
        if (provider.type === 'http') expect(provider.url).toMatch(/^http:/);
        else expect(provider).toMatchObject({ module: 'steadfast', func: matching(/./), arguments: {} });
        expect((item.exception?.[0] ?? '') === '').toBe(item.status === 'succeeded');
      }
    },
  );
});
