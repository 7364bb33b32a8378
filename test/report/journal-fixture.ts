import type { Journal } from '../../lib/run/journal.ts';
import type { Window } from '../../lib/steady-state/window.ts';
import {
  both,
  calm,
  journalOf,
  judgement,
  power,
  quiet,
  recovered,
  shortPower,
  slow,
  stage,
  stale,
  times,
} from './journal-parts.ts';
import { at, startMs, windowsOf } from './window-fixture.ts';

/** Every tolerance met, every fault bit, recovery proven. */
export const heldJournal = (): Journal =>
  journalOf({
    verdict: 'held',
    summary:
      'Products came within 250 ms and were never older than 5 s while the database answered 500 ms late, and steady state was back after 1.8 s.',
    stages: [
      stage(0, { ...quiet, value: () => 1.3 }, calm(1.6)),
      stage(1, { ...quiet, medianMs: 6, value: () => 1.6 }, calm(2.1)),
    ],
    recovery: recovered(1.8),
    rollbacks: [
      {
        name: 'flushCache',
        result: 'proven',
        detail: 'answered 204',
        proof: 'health answered 200 in 2 ms, ten times in a row',
        at: at(53),
      },
    ],
  });

/** Latency and status are fine, the data is old. */
export const deviatedJournal = (): Journal =>
  journalOf({
    verdict: 'deviated',
    summary:
      'Products were up to 10.9 s old while the database answered 500 ms late, where at most 5 s are tolerated.',
    experiment: {
      ...journalOf({ verdict: 'held', summary: '' }).experiment,
      id: 'stale-cache',
      title: 'The cache does not hide an outage behind old data',
    },
    findings: [
      {
        code: 'tolerance-missed',
        verdict: 'deviated',
        message: 'products: age was 10.9 s, and is to stay below 5s',
        stage: 1,
        probe: 'products',
        at: at(42.8),
        hint: 'Give the entries of the cache a time to live below 5 s, or have the shop say that what it serves is old.',
      },
      {
        code: 'halted-by-watch',
        verdict: 'deviated',
        message: 'the fault was ended early, because a tolerance was missed for longer than 5 s',
        stage: 1,
        at: at(47.8),
      },
    ],
    stages: [
      stage(0, { ...quiet, value: () => 1.3 }, calm(1.6)),
      {
        ...stage(1, stale, calm(10.9)),
        end: at(48),
        windows: both(37, 48, stale),
        fisStatus: 'stopped',
        halt: { by: 'watch', reason: 'products: age was 10.9 s, and is to stay below 5s', at: at(47.8) },
      },
    ],
    recovery: recovered(2.4, 48),
    wouldHaveMissed: ['health'],
  });

/** Never started, and nothing but findings to show. */
export const rejectedJournal = (): Journal =>
  journalOf({
    verdict: 'rejected',
    summary: 'The run did not start: the lab shop did not come up.',
    findings: [
      {
        code: 'lab-did-not-start',
        verdict: 'rejected',
        rejection: 'lab',
        message: 'port 5432 is taken',
        hint: 'End what listens there, or give the lab another port.',
      },
    ],
    checks: [],
    baseline: { probes: [], tolerances: [], windows: [] },
    power: [],
    timeline: [],
    samples: {
      file: 'samples.ndjson',
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      count: 0,
    },
  });

/** The system stayed slow after the fault. */
export const unrecoveredJournal = (): Journal =>
  journalOf({
    verdict: 'unrecovered',
    summary:
      'Products were still answered in 640 ms 15 s after the fault had ended, and the rollback could not be proven.',
    findings: [
      {
        code: 'not-recovered',
        verdict: 'unrecovered',
        message: 'steady state was not back within 6 s',
        probe: 'products',
        hint: 'Look at the connection pool: all of it waits for the database.',
      },
      {
        code: 'tolerance-missed',
        verdict: 'deviated',
        message: 'products: p95 was 610 ms, and is to stay below 250ms',
        stage: 0,
        probe: 'products',
      },
    ],
    stages: [
      stage(0, slow, [
        judgement('products', 'p95', 610),
        judgement('products', 'errorRate', 0.031),
        judgement('products', 'age', undefined, 0),
      ]),
    ],
    recovery: {
      objective: 6,
      met: false,
      reason: 'p95 stayed at 64 times the baseline',
      comparisons: [
        {
          probe: 'products',
          figure: 'p50',
          unit: 'ms',
          before: 3.9,
          after: 480,
          difference: { low: 471, high: 482 },
          allowed: 5,
          state: 'outside',
        },
        {
          probe: 'health',
          figure: 'p50',
          unit: 'ms',
          before: 1.8,
          difference: {},
          allowed: 5,
          state: 'open',
        },
      ],
      tolerances: [judgement('products', 'p95', 640)],
      windows: both(...times.recovery, slow),
    },
    power: [...power, ...shortPower],
    residue: [
      {
        what: 'The toxic slow-database is still on the link shop-1-to-database',
        hint: 'Delete it at the control of the links, or end the lab.',
      },
    ],
    rollbacks: [{ name: 'flushCache', result: 'unproven', detail: 'answered 204', at: at(58) }],
  });

/** Ended by a guard before anything was missed; for a while nobody could see. */
export const haltedJournal = (): Journal =>
  journalOf({
    verdict: 'halted',
    summary: 'The guard shopErrors ended the fault after 8 s; nothing had been missed.',
    pace: 1,
    findings: [
      { code: 'guard', verdict: 'halted', message: 'shopErrors went into ALARM', stage: 0, at: at(32) },
    ],
    stages: [
      {
        ...stage(0, quiet, calm(1.2)),
        end: at(33),
        fisStatus: 'stopped',
        windows: both(24, 33, quiet).filter(
          (window) => window.startMs < startMs + 26_000 || window.startMs >= startMs + 30_000,
        ),
        halt: { by: 'guard', reason: 'shopErrors went into ALARM: 2.3% in 10 s', at: at(32) },
        bite: [{ fault: 'slow', evidence: 'the link was not measured' }],
      },
    ],
    recovery: recovered(0.4, 33),
  });

/** Steadfast itself failed. */
export const erroredJournal = (): Journal =>
  journalOf({
    verdict: 'errored',
    summary: 'Steadfast failed while it measured the baseline; no fault had been started.',
    findings: [
      {
        code: 'step-failed',
        verdict: 'errored',
        message: 'baseline: the disk is full',
        hint: 'Free some space and run it again.',
      },
    ],
    baseline: { start: at(3), end: at(9), probes: [], tolerances: [], windows: both(3, 9, quiet) },
    power: [],
  });

/** A metric beside an http probe, on AWS, for hours: 43,200 windows of a second. */
export const longJournal = (): Journal => {
  const seconds = 43_200;
  const spike = (window: Window): Window =>
    window.startMs === startMs + 20_000_000 ? { ...window, p99Ms: 1_900 } : window;
  return journalOf({
    verdict: 'held',
    summary: 'Orders went on for twelve hours.',
    mode: 'aws',
    pace: 1,
    environment: { id: 'staging', production: false, tag: { key: 'Env', value: 'staging' } },
    end: at(seconds + 60),
    baseline: {
      start: at(3),
      end: at(23),
      probes: [{ probe: 'products', count: 4_000 }],
      tolerances: [],
      windows: [],
    },
    stages: [
      {
        ...stage(0, quiet, [judgement('products', 'p95', 11), judgement('orders', 'orders', 120)]),
        start: at(24),
        end: at(24 + seconds),
        windows: [
          ...windowsOf('products', 24, 24 + seconds, quiet).map(spike),
          ...windowsOf('orders', 24, 24 + seconds, { ...quiet, value: () => 120 }).map(
            ({ p50Ms: _p50, p95Ms: _p95, p99Ms: _p99, ...window }) => window,
          ),
        ],
      },
    ],
  });
};
