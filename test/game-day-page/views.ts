import type { RoleName } from '../../lib/experiment/role-names.ts';
import type { Aggregate, GameDayView, Offer } from '../../lib/game-day/view.ts';

export const startedAtMs = Date.parse('2026-03-10T13:00:00.000Z');
const at = (seconds: number): string => new Date(startedAtMs + seconds * 1_000).toISOString();

const halt: Offer = {
  id: 'halt',
  label: 'Halt everything',
  command: { do: 'halt' },
  confirm: 'Every run and fault ends at once.',
  asks: { key: 'reason', label: 'Why', required: false },
  tone: 'danger',
};

const note: Offer = {
  id: 'note',
  label: 'Note it',
  command: { do: 'note', text: '' },
  asks: { key: 'text', label: 'What you saw or did', required: true },
  tone: 'plain',
};

const approve: Offer = {
  id: 'approve',
  label: 'Approve',
  command: { do: 'approve', proposal: 'p2', hash: 'a1b2c3d4e5f6a7b8' },
  confirm: 'The fault begins at once.',
  asks: { key: 'note', label: 'A note', required: false },
  tone: 'good',
};

const refuse: Offer = {
  id: 'refuse',
  label: 'Refuse',
  command: { do: 'refuse', proposal: 'p2', hash: 'a1b2c3d4e5f6a7b8' },
  asks: { key: 'note', label: 'Why', required: false },
  tone: 'plain',
};

const pause: Offer = { id: 'pause', label: 'Pause', command: { do: 'pause' }, tone: 'plain' };

const finish: Offer = {
  id: 'finish',
  label: 'Finish the experiment',
  command: { do: 'finish' },
  confirm: 'No further stage is run.',
  tone: 'plain',
};

export const proposeStage: Offer = {
  id: 'propose-stage-1',
  label: 'Propose stage 1',
  command: { do: 'propose', proposal: { what: 'stage', stage: 1 } },
  tone: 'good',
};

const latencies = (): Aggregate['series'] =>
  Array.from({ length: 60 }, (_, index) => [
    startedAtMs + 240_000 + index * 1_000,
    index === 20 ? null : index < 30 ? 42 + (index % 5) : 180 + ((index * 37) % 90),
  ]);

const aggregates = (): readonly Aggregate[] => [
  {
    probe: 'orders',
    figure: 'p95',
    label: '95th percentile of latency',
    unit: 'ms',
    now: 231,
    baseline: 45,
    limit: 250,
    series: latencies(),
  },
  {
    probe: 'orders',
    figure: 'errors',
    label: 'requests that fail',
    unit: '%',
    now: 2.4,
    baseline: 0,
    limit: 1,
    series: latencies().map(([time], index) => [time, index < 30 ? 0 : 2.4]),
  },
  {
    probe: 'queue',
    figure: 'value',
    label: 'value',
    unit: 's',
    now: 18,
    baseline: 0.2,
    series: latencies().map(([time], index) => [time, index < 30 ? 0.2 : (index - 30) * 0.6]),
  },
];

const stage = (
  number: number,
  title: string,
  more: Partial<GameDayView['stages'][number]> = {},
): GameDayView['stages'][number] => ({
  number,
  title,
  status: 'later',
  attempts: 0,
  predictions: [{ name: 'queued', says: 'Orders are accepted while payments are away', outcome: 'unknown' }],
  alerts: [
    { name: 'failures', alarm: 'paymentFailures', status: 'awaited', text: 'Payment failures, within 30 s' },
  ],
  ...more,
});

export const baseView = (): GameDayView => ({
  edition: 'payment-down-20260310-130000-a1b2',
  gameDay: 'payment-down',
  title: 'The payment service goes down',
  hypothesis: 'If payments are away, orders queue, and are processed once payments are back.',
  blastRadius: 'The lab alone: no real order is lost.',
  environment: 'the lab payments',
  isRehearsal: true,
  timeZone: 'Europe/Dublin',
  asOf: at(300),
  role: 'observer',
  phase: 'pre-brief',
  now: 'The pre-brief goes on: two things are left to be seen to.',
  isPaused: false,
  preBrief: [
    { item: 'roles', text: 'Everyone knows their role', doneBy: 'Ann (operator)' },
    { item: 'hypothesis', text: 'The hypothesis has been read out' },
    { item: 'kill-switch', text: 'Everyone has found the kill switch' },
  ],
  stages: [stage(1, 'One of ten payments fails'), stage(2, 'All payments fail')],
  aggregates: aggregates(),
  timeline: [
    {
      number: 2,
      at: at(60),
      text: 'Seen to: everyone knows their role',
      by: 'Ann (operator)',
      isLate: false,
      tone: 'plain',
    },
    { number: 1, at: at(0), text: 'The game day began', by: 'Steadfast', isLate: false, tone: 'plain' },
  ],
  offers: [halt, note],
});

const check = (item: string): Offer => ({
  id: `check-${item}`,
  label: 'Seen to',
  command: { do: 'check', item, done: true },
  tone: 'plain',
});

const observe = (outcome: 'as predicted' | 'otherwise'): Offer => ({
  id: `observe-1-queued-${outcome === 'otherwise' ? 'otherwise' : 'as'}`,
  label: outcome === 'otherwise' ? 'It was otherwise' : 'It was so',
  command: { do: 'observe', stage: 1, prediction: 'queued', outcome },
  asks: { key: 'note', label: 'What you saw', required: false },
  tone: 'plain',
});

const experiment = (): Partial<GameDayView> => ({
  phase: 'experiment',
  endsAt: at(3_600),
  timeLeftMs: 3_300_000,
});

/** A view of each kind of moment of a game day, as a role sees it. */
export const moments = {
  'pre-brief': { offers: [halt, note, check('hypothesis'), check('kill-switch')] },
  asking: {
    ...experiment(),
    now: 'Stage 1 waits for approval by observer or on call.',
    pending: {
      id: 'p2',
      title: 'stage 1: One of ten payments fails',
      lines: [
        'Fault: reset 10% of the connections to payments',
        'For 20 s, at most 40 s',
        'Guards: payment failures',
      ],
      hash: 'a1b2c3d4e5f6a7b8',
      expiresAt: at(540),
      proposedBy: 'Ann (operator)',
      approvers: ['observer', 'onCall'],
    },
    stages: [stage(1, 'One of ten payments fails', { status: 'asking' }), stage(2, 'All payments fail')],
    offers: [halt, note, approve, refuse, pause],
  },
  running: {
    ...experiment(),
    now: 'Stage 2 runs: its fault is under way.',
    stages: [
      stage(1, 'One of ten payments fails', {
        status: 'held',
        verdict: 'held',
        attempts: 1,
        summary: 'Everything held, and was back within 4 s.',
        predictions: [{ name: 'queued', says: 'Orders are accepted', outcome: 'as predicted' }],
        alerts: [
          {
            name: 'failures',
            alarm: 'paymentFailures',
            status: 'as expected',
            text: 'Payment failures, after 6 s',
          },
        ],
      }),
      stage(2, 'All payments fail', { status: 'running', attempts: 2 }),
    ],
    faultSpans: [{ beganAt: at(245), endedAt: at(255) }, { beganAt: at(270) }],
    offers: [halt, note, pause],
  },
  halted: {
    ...experiment(),
    now: 'Everything was halted. The experiment goes on only after another go.',
    halted: 'The observer halted it: customers called.',
    isPaused: true,
    stages: [
      stage(1, 'One of ten payments fails', {
        status: 'failed',
        verdict: 'halted',
        attempts: 1,
        summary: 'It was halted after 12 s.',
        alerts: [
          {
            name: 'failures',
            alarm: 'paymentFailures',
            status: 'missing',
            text: 'Payment failures did not fire',
          },
        ],
      }),
      stage(2, 'All payments fail'),
    ],
    offers: [halt, note, finish],
  },
  retrospective: {
    phase: 'retrospective',
    now: 'The retrospective goes on.',
    changesKnownUntil: at(200),
    stages: [
      stage(1, 'One of ten payments fails', {
        status: 'failed',
        verdict: 'deviated',
        attempts: 2,
        predictions: [{ name: 'queued', says: 'Orders are accepted', outcome: 'otherwise' }],
      }),
    ],
    timeline: [
      {
        number: 3,
        at: at(90),
        text: 'UpdateService on payments',
        by: 'deployer',
        isLate: true,
        tone: 'plain',
      },
      { number: 2, at: at(80), text: 'Stage 1 deviated', by: 'Steadfast', isLate: false, tone: 'bad' },
      { number: 1, at: at(0), text: 'Stage 1 held', by: 'Steadfast', isLate: false, tone: 'good' },
    ],
    offers: [halt, note, observe('as predicted'), observe('otherwise')],
  },
  closed: { phase: 'closed', now: 'The game day is over.', offers: [note] },
} as const satisfies Readonly<Record<string, Partial<GameDayView>>>;

export type Moment = keyof typeof moments;

export const viewAt = (moment: Moment, role: RoleName = 'observer'): GameDayView => ({
  ...baseView(),
  ...moments[moment],
  role,
});

/** A view whose newest line of the timeline is one more than before. */
export const lineMore = (view: GameDayView, text: string): GameDayView => ({
  ...view,
  timeline: [
    {
      number: (view.timeline[0]?.number ?? 0) + 1,
      at: view.asOf,
      text,
      by: 'Ann',
      isLate: false,
      tone: 'plain',
    },
    ...view.timeline,
  ],
});
