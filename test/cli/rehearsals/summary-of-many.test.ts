import { describe, expect, it } from 'vitest';
import { documentOf, type Many, summaryOfMany } from '../../../lib/cli/rehearsals/summary-of-many.ts';
import { paint } from '../../../lib/cli/view/line.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { journalOf } from '../../rehearsal/journal-of.ts';
import { endOf, jobOf } from './jobs.ts';

const nothing: Many = { outcomes: [], notRehearsable: [], broken: [], interrupted: false };

const textOf = (many: Partial<Many>, columns?: number): string[] =>
  summaryOfMany({ ...nothing, ...many }, (path) => `/srv/one/${path}`, columns).map((line) =>
    paint(line, false),
  );

const finding: Journal['findings'][number] = {
  code: 'tolerance-missed',
  verdict: 'deviated',
  probe: 'greeting',
  stage: 0,
  message: 'p95 was 300 ms.',
};

const held = { journal: journalOf({ verdict: 'held' }) };

describe('the table of many rehearsals', () => {
  it('has reports on lines of their own where the terminal is narrow, whole, and none where there is none', () => {
    const outcomes = [
      endOf(jobOf('first'), 'held', held),
      endOf(jobOf('second'), 'errored', {
        failure: { code: 'internal', message: 'its process ended with signal SIGKILL' },
      }),
    ];
    expect(textOf({ outcomes }, 30)).toEqual([
      'experiment  verdict  seconds',
      'first       held        12.3',
      '  /srv/one/runs/first/report.html',
      'second      errored     12.3',
      '  its process ended with',
      '  signal SIGKILL',
      '',
      '2 rehearsals: 1 errored, 1 held. The worst is errored.',
    ]);
  });

  it('says which of several runs alone found something', () => {
    const found = { journal: { ...journalOf({ verdict: 'deviated' }), findings: [finding] } };
    const outcomes = [
      endOf(jobOf('slow', 1), 'deviated', found),
      endOf(jobOf('slow', 2), 'held', held),
      endOf(jobOf('slow', 3), 'deviated', found),
    ];
    const lines = textOf({ outcomes });
    expect(lines).toContain('slow: deviated 2 of 3, held 1 of 3: flaky');
    expect(lines).toContain('  only in runs 1, 3: p95 was 300 ms.');
  });

  it('of nothing says so', () => {
    expect(textOf({})).toEqual(['0 rehearsals: none.']);
  });
});

describe('the document of many rehearsals', () => {
  const documented = (many: Partial<Many>) => documentOf({ ...nothing, ...many }, 2, 3.14);

  it('has no verdict where nothing ran', () => {
    expect(documented({})).toMatchObject({ verdict: null, exitCode: 4, runs: [], seconds: 3.1 });
    expect(documented({ interrupted: true })).toMatchObject({ verdict: null, exitCode: 130 });
  });

  it('is rejected for what cannot be read, though nothing ran', () => {
    const broken = [{ experiment: 'odd', reasons: ['stages is empty'] }];
    expect(documented({ broken })).toMatchObject({ verdict: 'rejected', exitCode: 4, broken });
  });

  it('tells of each run where its record is, or why it has none', () => {
    const failure = { code: 'cannot-begin', message: 'the folder cannot be written' } as const;
    const outcomes = [
      endOf(jobOf('slow', 2), 'held', held),
      endOf(jobOf('unwritten'), 'rejected', { failure }),
      endOf(jobOf('cut'), 'unrecovered'),
    ];
    expect(documented({ outcomes }).runs).toEqual([
      {
        experiment: 'slow',
        time: 2,
        verdict: 'held',
        summary: 'A summary.',
        seconds: 12.3,
        seed: 7,
        runId: 'slow-run',
        folder: 'runs/slow',
        findings: [],
      },
      {
        experiment: 'unwritten',
        verdict: 'rejected',
        summary: failure.message,
        seconds: 12.3,
        seed: 7,
        runId: null,
        folder: null,
        findings: [],
        error: failure,
      },
      {
        experiment: 'cut',
        verdict: 'unrecovered',
        summary: null,
        seconds: 12.3,
        seed: 7,
        runId: null,
        folder: null,
        findings: [],
      },
    ]);
  });
});
