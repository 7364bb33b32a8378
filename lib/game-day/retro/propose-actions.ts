import type { Journal } from '../../run/journal.ts';
import type { Alerts, ExpectedAlert } from '../alerts.ts';
import type { LoggedAttempt } from '../attempts.ts';
import type { GameDayInput } from '../input.ts';
import { lengthOf } from '../length.ts';
import type { PredictionResult } from '../predictions.ts';
import type { RetroAction } from './retro.ts';

/** What a retrospective is drafted from, already judged. */
export interface Judged {
  readonly input: Pick<GameDayInput, 'stages'>;
  readonly attempts: readonly LoggedAttempt[];
  /** By the id of the run. */
  readonly journals: ReadonlyMap<string, Journal>;
  readonly predictions: readonly PredictionResult[];
  readonly alerts: Alerts;
}

type Proposed = Pick<RetroAction, 'id' | 'what' | 'why'>;

/** Every deviation as something to do; owner and date are for people to say. One that showed in several attempts is one. */
export function proposeActions(judged: Judged): readonly RetroAction[] {
  const all = [
    ...judged.attempts.flatMap((attempt) => ofAttempt(attempt, judged)),
    ...ofAlerts(judged.alerts),
    ...judged.predictions.flatMap(ofPrediction),
  ];
  const byId = new Map<string, Proposed>();
  for (const one of all) {
    const known = byId.get(one.id);
    byId.set(one.id, known === undefined ? one : { ...known, why: `${known.why}; ${one.why}` });
  }
  return [...byId.values()].map((one) => ({ ...one, owner: '', due: '', state: 'open', reason: '' }));
}

/** An id that can stand in a table and a file: words in small letters. */
const slug = (...parts: readonly (string | number)[]): string =>
  parts
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');

function ofAttempt(
  { stage, attempt, runId, ended }: LoggedAttempt,
  { input, journals }: Judged,
): readonly Proposed[] {
  if (ended === undefined) return [];
  const journal = journals.get(runId);
  const predicted = Object.values(input.stages.find(({ number }) => number === stage)?.predictions ?? {});
  const where = `stage ${stage}, attempt ${attempt}`;
  const missed = Object.entries(ended.tolerances).flatMap(([tolerance, state]): Proposed[] =>
    // Where something was predicted of it, the prediction tells whether that is a difference.
    state === 'missed' && !predicted.some(({ shownBy }) => shownBy === tolerance)
      ? [
          {
            id: slug('stage', stage, tolerance, 'missed'),
            what: `Make ${tolerance} hold in stage ${stage}`,
            why: `${where}: ${tolerance} was missed`,
          },
        ]
      : [],
  );
  const left = (journal?.residue ?? []).map(({ what, hint }, index) => ({
    id: slug('stage', stage, 'left', index + 1),
    what: hint,
    why: `${where}: the fault left something behind: ${what}`,
  }));
  const undone = (journal?.rollbacks ?? [])
    .filter(({ result }) => result !== 'proven')
    .map(({ name, result, detail }) => ({
      id: slug('stage', stage, 'rollback', name),
      what: `Make the rollback ${name} work in stage ${stage}`,
      why: `${where}: the rollback ${name} is ${result}: ${detail}`,
    }));
  return [...missed, ...left, ...undone, ...ofVerdict(stage, where, ended)];
}

function ofVerdict(
  stage: number,
  where: string,
  { verdict, summary }: NonNullable<LoggedAttempt['ended']>,
): readonly Proposed[] {
  const proposed = (what: string): Proposed[] => [
    { id: slug('stage', stage, verdict), what, why: `${where}: ${summary}` },
  ];
  switch (verdict) {
    case 'held':
    case 'deviated':
      // What deviated is told tolerance by tolerance.
      return [];
    case 'unrecovered':
      return proposed(`Find out why the system did not recover from stage ${stage}, and mend it`);
    case 'errored':
      return proposed(`Find out why the run of stage ${stage} failed, and mend it`);
    case 'inconclusive':
      return proposed(`Make stage ${stage} tell something`);
    case 'halted':
      return proposed(`Find out whether stage ${stage} was rightly halted, and mend what led to it`);
    case 'rejected':
      return proposed(`See that stage ${stage} can start`);
  }
}

const ofAlerts = ({ attempts, before }: Alerts): readonly Proposed[] => [
  ...before.map(({ alarm, reason }) => ({
    id: slug('alarm', alarm, 'before'),
    what: `Find out why ${alarm} fired before any fault`,
    why: `${alarm} fired though no fault had begun: ${reason}`,
  })),
  ...attempts.flatMap(({ stage, attempt, expected, unexpected }) => [
    ...expected.flatMap((alert) => ofExpected(stage, attempt, alert)),
    ...unexpected.map(({ alarm, reason, fireSeconds = 0 }) => ({
      id: slug('stage', stage, 'alarm', alarm, 'unexpected'),
      what: `Find out why ${alarm} fired in stage ${stage}; mend that, or expect it`,
      why: `stage ${stage}, attempt ${attempt ?? 1}: ${alarm} fired after ${lengthOf(fireSeconds * 1_000)} and nobody expected it: ${reason}`,
    })),
  ]),
];

function ofExpected(
  stage: number,
  attempt: number | undefined,
  { name, alarm, status, text }: ExpectedAlert,
): readonly Proposed[] {
  const proposed = (what: string): Proposed[] => [
    {
      id: slug('stage', stage, 'alert', name),
      what,
      why: `stage ${stage}, attempt ${attempt ?? 1}: ${alarm} ${text}`,
    },
  ];
  switch (status) {
    case 'awaited':
    case 'as expected':
      return [];
    case 'late':
      return proposed(`Make ${alarm} fire and clear in time in stage ${stage}`);
    case 'missing':
      return proposed(`Make ${alarm} fire in stage ${stage}`);
    case 'unknown':
      return proposed(`See that it can be told whether ${alarm} fires in stage ${stage}`);
  }
}

function ofPrediction({ stage, name, says, ...last }: PredictionResult): readonly Proposed[] {
  return [...last.earlier, last]
    .filter(({ outcome }) => outcome === 'otherwise')
    .map(({ attempt, happened }) => ({
      id: slug('stage', stage, 'prediction', name),
      what: `Find out why it was not as predicted that "${says}"; mend that, or predict otherwise`,
      why: `stage ${stage}, attempt ${attempt ?? 1}: ${happened}`,
    }));
}
