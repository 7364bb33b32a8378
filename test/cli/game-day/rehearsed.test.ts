import { describe, expect, it } from 'vitest';
import {
  exitCodeOfRehearsal,
  rehearsalDocument,
  tellRehearsed,
} from '../../../lib/cli/game-day/rehearsed.ts';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import { exampleView } from '../../game-day/example-view.ts';
import { capturedIo } from '../captured-io.ts';

/** A game day whose stages ended so; `undefined` for one that never ran. */
function endedAs(...verdicts: readonly (Verdict | undefined)[]) {
  return exampleView({
    stages: verdicts.map((verdict, index) => ({
      number: index + 1,
      title: `Stage of ${index + 1}`,
      status: verdict === undefined ? 'later' : verdict === 'held' ? 'held' : 'failed',
      ...(verdict === undefined ? {} : { verdict, summary: `It ${verdict}.` }),
      attempts: verdict === undefined ? 0 : index + 1,
      predictions: [],
      alerts: [],
    })),
  });
}

describe('the end of a rehearsed game day', () => {
  it.each<[string, readonly (Verdict | undefined)[], boolean, number]>([
    ['every stage held', ['held', 'held'], false, 0],
    ['the worst one counts', ['held', 'deviated'], false, 1],
    ['what held does not carry what never ran', ['held', undefined], false, 2],
    ['a fault that was left behind is worse than a halt', ['halted', 'unrecovered'], true, 5],
    ['no stage ran', [undefined, undefined], false, 4],
    ['no stage ran before Ctrl-C', [undefined], true, 130],
  ])('ends with the exit code of its verdict: %s', (_, verdicts, isInterrupted, code) => {
    expect(exitCodeOfRehearsal(endedAs(...verdicts), isInterrupted)).toBe(code);
  });

  it('tells each stage, what it comes to, where the log is and what to do next', () => {
    const { io, out } = capturedIo('/project');
    tellRehearsed(io, endedAs('held', 'deviated', undefined), '/project/.steadfast/game-days/e');
    expect(out().trim().split('\n')).toEqual([
      '1  Stage of 1: held. It held.',
      '2  Stage of 2: deviated, attempt 2. It deviated.',
      '3  Stage of 3: it never ran',
      '',
      'The rehearsal of payment-down: deviated.',
      'Log:   .steadfast/game-days/e/log.ndjson',
      'Next:  npx steadfast gameday status payment-down-20261201-140000-a1b2 --all',
    ]);
  });

  it('says that no stage ran', () => {
    const { io, out } = capturedIo('/project');
    tellRehearsed(io, endedAs(undefined), '/project/.steadfast/game-days/e');
    expect(out()).toContain('The rehearsal of payment-down: no stage ran.');
  });

  it('is one document for programs, in which nothing is left out', () => {
    expect(rehearsalDocument(endedAs('held', undefined), '/folder')).toEqual({
      edition: 'payment-down-20261201-140000-a1b2',
      gameDay: 'payment-down',
      lab: 'staging',
      verdict: 'inconclusive',
      stages: [
        { number: 1, title: 'Stage of 1', status: 'held', verdict: 'held', summary: 'It held.', attempts: 1 },
        { number: 2, title: 'Stage of 2', status: 'later', verdict: null, summary: null, attempts: 0 },
      ],
      folder: '/folder',
    });
    expect(rehearsalDocument(endedAs(undefined), '/folder').verdict).toBeNull();
  });
});
