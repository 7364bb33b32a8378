import { describe, expect, it } from 'vitest';
import { provenName } from '../../lib/game-day/actor-name.ts';
import type { EntryKind, NewEntry } from '../../lib/game-day/entry.ts';
import { lineOf, toneOf } from '../../lib/game-day/words.ts';
import {
  alarm,
  at,
  began,
  carol,
  ended,
  gameDayInput,
  launched,
  line,
  logOf,
  olga,
  omar,
  sam,
  steadfast,
} from '../fakes/game-day-log.ts';

const input = gameDayInput();
const by = (actor: typeof olga) => ({ at: at(0), by: actor });
const asked = { hash: 'a'.repeat(64), lines: ['one'], expiresAt: at(600) };

/** One entry of each kind with its sentence: a kind that is added does not compile until it has one. */
const sentences: Readonly<Record<EntryKind, readonly [NewEntry, string]>> = {
  began: [began(), 'olga (operator) began the game day "The payment service goes down" in staging.'],
  checked: [
    { kind: 'checked', ...by(olga), item: 'roles', done: true },
    'olga (operator) has seen to "Everyone knows their role.".',
  ],
  proposed: [
    { kind: 'proposed', ...by(olga), id: 'p-1-1', proposal: { what: 'stage', stage: 1 } },
    'olga (operator) proposed stage 1, "Payment answers nothing".',
  ],
  launched: [
    launched(0),
    'Steadfast started the run payment-down-20260501-090000-abcd-1-1 of stage 1, "Payment answers nothing", attempt 1.',
  ],
  asked: [
    { kind: 'asked', ...by(steadfast), proposal: 'p-1-1', runId: 'r', asked },
    'Steadfast asks for an approval of what run r would do (aaaaaaaaaaaa), until 2026-05-01T09:10:00.000Z.',
  ],
  approved: [
    { kind: 'approved', ...by(omar), proposal: 'p-1-1', hash: asked.hash, note: 'go on' },
    'omar (observer) approved stage 1, "Payment answers nothing", saying "go on".',
  ],
  refused: [
    { kind: 'refused', ...by(carol), proposal: 'p-1-1', hash: asked.hash },
    'carol (on-call) refused stage 1, "Payment answers nothing".',
  ],
  expired: [
    { kind: 'expired', ...by(steadfast), proposal: 'gone' },
    'Steadfast waited in vain for an approval of proposal gone.',
  ],
  run: [
    line(0, 'fault-began'),
    'Steadfast, run payment-down-20260501-090000-abcd-1-1: fault-began of the run.',
  ],
  ended: [
    ended(0, { verdict: 'rejected', rejection: 'busy', summary: 'Another run has it.' }),
    'Steadfast saw run payment-down-20260501-090000-abcd-1-1 end as rejected (busy): Another run has it.',
  ],
  alarm: [alarm(0, 'ALARM'), 'Steadfast saw the alarm payment-errors go to ALARM: Threshold crossed.'],
  change: [
    {
      kind: 'change',
      ...by(steadfast),
      key: 'k',
      event: 'UpdateService',
      source: 'ecs.amazonaws.com',
      who: 'deployer',
      resources: ['shop'],
    },
    'Steadfast learnt of a change by deployer: UpdateService (ecs.amazonaws.com) of shop.',
  ],
  'changes-known': [
    { kind: 'changes-known', ...by(steadfast), until: at(0) },
    'Steadfast knows of all changes until 2026-05-01T09:00:00.000Z; later ones may still be told.',
  ],
  note: [{ kind: 'note', ...by(sam), text: '<b>paged</b>' }, 'sam (scribe) noted "<b>paged</b>".'],
  observed: [
    { kind: 'observed', ...by(sam), stage: 1, prediction: 'banner', outcome: 'otherwise', note: 'none' },
    'sam (scribe) saw of stage 1, "Payment answers nothing" that "The shop shows a banner." did not come as predicted, saying "none".',
  ],
  paused: [{ kind: 'paused', ...by(carol) }, 'carol (on-call) paused the game day.'],
  resumed: [{ kind: 'resumed', ...by(carol) }, 'carol (on-call) resumed the game day.'],
  halted: [
    { kind: 'halted', ...by(omar), reason: 'shoppers call', stopped: '1 run was ended.' },
    'omar (observer) halted everything: shoppers call. 1 run was ended.',
  ],
  denied: [
    { kind: 'denied', ...by(omar), wanted: 'approve stage 1', why: 'it has expired' },
    'omar (observer) wanted to approve stage 1, which was refused: it has expired.',
  ],
  finished: [
    { kind: 'finished', ...by(steadfast), why: 'every stage held' },
    'Steadfast ended the experiment: every stage held.',
  ],
  closed: [{ kind: 'closed', ...by(steadfast) }, 'Steadfast closed the game day.'],
};

describe('an entry in words', () => {
  it.each(Object.entries(sentences))('says who and what: %s', (_, [entry, sentence]) => {
    const log = logOf(sentences.proposed[0], entry);
    expect(log.slice(1).map((one) => lineOf(one, input, log))).toEqual([sentence]);
  });

  it('names a run by its stage and attempt once it is known whose it is', () => {
    const log = logOf(
      launched(0),
      line(0, 'fault-began'),
      ended(0, { verdict: 'held', summary: 'It held.' }),
    );
    expect(log.slice(1).map((one) => lineOf(one, input, log))).toEqual([
      'Steadfast, stage 1, attempt 1: fault-began of the run.',
      'Steadfast saw stage 1, attempt 1 end as held: It held.',
    ]);
  });

  it('is told as bad news where something was ended, missed or refused, or is not known', () => {
    const log = logOf(
      ended(0),
      ended(0, { verdict: 'inconclusive' }),
      alarm(0, 'OK'),
      alarm(0, 'INSUFFICIENT_DATA'),
      line(0, 'halt'),
    );
    expect(log.map(toneOf)).toEqual(['good', 'bad', 'good', 'bad', 'bad']);
  });
});

describe('who somebody is', () => {
  it('never shows a name that was typed as one that is proven', () => {
    const names = [
      olga,
      { proof: 'role', role: 'onCall' } as const,
      { proof: 'role', role: 'onCall', claimed: 'Eve' } as const,
      { proof: 'link', role: 'scribe', claimed: 'Eve' } as const,
    ].map(provenName);
    expect(names).toEqual([
      'operator: arn:aws:sts::111122223333:assumed-role/operator/olga (proven by IAM)',
      'on-call (the role is proven by IAM, the person is not known)',
      'on-call: Eve (the role is proven by IAM; the name is claimed)',
      'scribe: Eve (holder of the link; the name is claimed)',
    ]);
  });
});
