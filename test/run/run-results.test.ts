import { describe, expect, it } from 'vitest';
import type { Journal, JournalStage } from '../../lib/run/journal.ts';
import { deservesNotice, noticeOf } from '../../lib/run/notice.ts';
import { figuresOf } from '../../lib/run/run-figures.ts';
import { recordOf, runRecordSchema } from '../../lib/run/run-record.ts';
import { verdictEventOf } from '../../lib/run/verdict-event.ts';
import { verdictEventSchema } from '../../lib/run/verdict-event-schema.ts';
import { journalOf } from '../fakes/fake-aws-journal.ts';
import { run } from './scripted-run.ts';

const minute = (n: number) => new Date(Date.UTC(2026, 4, 1, 12, n)).toISOString();

const tolerance = (changes: Partial<JournalStage['tolerances'][number]>) => ({
  probe: 'products',
  tolerance: 'errorRate',
  limit: 'below 1%',
  limitValue: 0.01,
  unit: 'ratio' as const,
  state: 'met' as const,
  samples: 100,
  reason: 'It was met.',
  ...changes,
});

const stage = (changes: Partial<JournalStage>): JournalStage => ({
  label: 'one',
  faults: [{ name: 'slow', action: 'aws:ecs:task-network-latency', parameters: {} }],
  targets: [],
  tolerances: [tolerance({})],
  windows: [],
  bite: [{ fault: 'slow', bit: true, evidence: 'seen' }],
  ...changes,
});

const twoStages = (changes: Partial<Journal> = {}) =>
  journalOf({
    stages: [
      stage({ start: minute(1), end: minute(3) }),
      stage({
        start: minute(4),
        end: minute(5),
        tolerances: [
          tolerance({ state: 'missed', detectedSeconds: 12 }),
          tolerance({ state: 'missed', detectedSeconds: 8 }),
        ],
        bite: [{ fault: 'slow', bit: false, evidence: 'nothing was seen' }],
      }),
    ],
    recovery: { seconds: 20, objective: 60, met: true, reason: 'It is back.', windows: [], tolerances: [] },
    ...changes,
  });

const input = (changes: object = {}) => ({
  environment: {
    id: 'staging',
    production: false,
    tag: { key: 'Env', value: 'staging' },
    ...changes,
  },
});

describe('a run in numbers', () => {
  it('is how long faults were active, when harm was seen, when it was over, and what reached the system', () => {
    expect(figuresOf(twoStages())).toEqual({
      exposureSeconds: 180,
      detectSeconds: 8,
      recoverySeconds: 20,
      biteShare: 0.5,
    });
  });

  it('leaves out what nobody saw, and counts a fault whose end is unknown until the end of the run', () => {
    expect(figuresOf(journalOf({ stages: [stage({ start: minute(9), bite: [] })] }))).toEqual({
      exposureSeconds: 60,
    });
  });

  it('is in the record of the run and in its event, which their published forms accept', () => {
    const journal = twoStages({ verdict: 'deviated' });
    const record = recordOf(journal, ['shop']);
    expect(runRecordSchema.parse(record)).toMatchObject({ verdict: 'deviated', detectSeconds: 8 });
    const event = verdictEventOf(journal, ['shop']);
    expect(verdictEventSchema.parse(event)).toMatchObject({
      services: ['shop'],
      faults: ['aws:ecs:task-network-latency'],
      exposureSeconds: 180,
    });
  });

  it('says of one stage that ran alone that it was alone', () => {
    const only = { stage: 1, of: 2 };
    expect(recordOf(twoStages({ only }), ['shop']).only).toEqual(only);
    expect(recordOf(twoStages({}), ['shop'])).not.toHaveProperty('only');
  });
});

describe('what people are told', () => {
  const unrecovered = journalOf({
    verdict: 'unrecovered',
    findings: Array.from({ length: 10 }, (_, index) => ({
      code: 'not-recovered',
      verdict: 'unrecovered' as const,
      message: `Thing ${index} is not back.`,
      ...(index === 0 ? { hint: 'Look at the cache.' } : {}),
    })),
  });

  it('says what happened, what it means, and what to do now', () => {
    const { subject, body, chat } = noticeOf(
      unrecovered,
      input({ account: '111122223333', region: 'eu-west-1' }),
    );
    expect(subject).toBe('Steadfast: slow-database in staging unrecovered');
    expect(body).toContain('somebody has to look now');
    expect(body).toContain('- Thing 0 is not back.\n  Look at the cache.');
    expect(body).toContain('- and 2 more');
    expect(body).toContain('npx steadfast halt --all --env staging');
    expect(body).toContain('npx steadfast show run-1 --env staging');
    expect(body).toContain('https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dash');
    expect(chat).toMatchObject({ title: 'A slow database (staging)', nextSteps: { length: 3 } });
  });

  it('names no console where there is none, and no kill switch where nothing goes on', () => {
    const { chat } = noticeOf(twoStages({ verdict: 'deviated' }), input());
    expect(chat.nextSteps).toEqual(['See the run: npx steadfast show run-1 --env staging']);
    expect(chat.description).toContain('The harm was seen after 8 s.');
  });

  it('names no command that asks AWS after a rehearsal: AWS knows no lab', () => {
    const { body, chat } = noticeOf({ ...unrecovered, mode: 'rehearsal' }, input());
    expect(chat.nextSteps).toEqual([]);
    expect(body).not.toMatch(/What to do|--env/);
  });

  it.each([
    ['held', undefined, false],
    ['rejected', 'blackout', false],
    ['rejected', 'busy', true],
    ['inconclusive', undefined, true],
    ['unrecovered', undefined, true],
  ] as const)('is nothing where nobody has to know: %s %s', (verdict, rejection, told) => {
    const findings = [
      { code: 'x', verdict, message: 'Something.', ...(rejection === undefined ? {} : { rejection }) },
    ];
    expect(deservesNotice(journalOf({ verdict, findings }))).toBe(told);
  });
});

describe('the end of a run', () => {
  it('is told to systems whatever the verdict, and to people where it asks something of them', async () => {
    const held = await run();
    expect(held.published).toMatchObject([{ verdict: 'held', services: ['shop'], biteShare: 1 }]);
    expect(held.told).toEqual([]);
    const blackout = { from: '1970-01-01T00:00:00Z', until: '2999-01-01T00:00:00Z', reason: 'a freeze' };
    const rejected = await run({ input: { blackouts: [blackout] } });
    expect(rejected.published).toMatchObject([{ verdict: 'rejected', rejection: 'blackout', faults: [] }]);
    expect(rejected.told).toEqual([]);
  });
});
