import * as z from 'zod';
import { type Verdict, verdictSchema, verdicts } from '../../lib/experiment/verdict.ts';
import { type Account, runId } from './account.ts';
import type { Outcome, Played } from './play.ts';

const recordSchema = z.object({ runId: z.string(), verdict: verdictSchema });
const journalSchema = z.object({
  verdict: verdictSchema,
  stages: z.array(z.object({ bite: z.array(z.object({ bit: z.boolean().optional() })) })),
  rollbacks: z.array(z.object({ name: z.string(), result: z.string() })),
  recovery: z.object({ met: z.boolean().optional() }).optional(),
  samples: z.object({ count: z.number() }),
});

/**
 * A fault may go on so long after its runner is gone: where the event is lost and the first sweep is killed, two minutes to the second
 * one, and what it takes to stop.
 */
const mayOutliveMs = 150_000;

/** Between a run's last look for such a wish and its conclusion: who asks then meets a run that has nothing left to end. */
const lastLookMs = 1_000;

const rank = (verdict: Verdict) => verdicts.indexOf(verdict);

/** What is left of a run, and what has not been told of it, as the account itself shows. */
export function leaksOf(played: Played): Omit<Outcome, 'trace'> {
  const { account, mayTellAgain, overMs, nowMs } = played;
  const leaks: string[] = [];
  const items = [...account.aws.table.items.values()];
  const faults = account.aws.fis.experiments().filter(({ skipsAll }) => !skipsAll);
  const journal = readJournal(played);
  const record = recordSchema.safeParse(account.aws.table.items.get(`RUN#${runId} RUN`)).data;

  const active = account.aws.fis.experiments().filter(({ endedMs }) => endedMs === undefined);
  for (const { id, status } of active) leaks.push(`fault: ${id} is ${status}`);
  // What is started after its run is over outlives it from its start on.
  const outlived = faults.map(({ startMs, endedMs = nowMs }) => endedMs - Math.max(overMs, startMs));
  const outlivedMs = Math.max(0, ...outlived);
  if (outlivedMs > mayOutliveMs) leaks.push(`fault: it outlived its run by ${outlivedMs / 1_000} s`);
  for (const template of new Set(faults.map(({ templateId }) => templateId)))
    if (faults.filter(({ templateId }) => templateId === template).length > 1)
      leaks.push(`fault: ${template} was started twice`);

  const lastEndMs = Math.max(...faults.map(({ endedMs = nowMs }) => endedMs));
  const isToldOf = account.told.some((text) => text.includes('reset'));
  const isUndone = account.rollbacksMs.some((ms) => ms >= lastEndMs);
  if (faults.length > 0 && !isUndone && !isToldOf) leaks.push('rollback: reset was not carried out');

  const held = items.filter(({ pk, runId: of }) => pk === 'LEASE' && of === runId);
  if (held.length > 0) leaks.push(`lease: ${held.map(({ sk }) => String(sk)).join(', ')}`);
  if (items.some(({ pk }) => pk === 'LIVE')) leaks.push('record: the run is still under way');
  const records = items.filter((item) => item['runId'] === runId && 'verdict' in item);
  if (records.length !== 3) leaks.push(`record: it is written ${records.length} times instead of 3`);
  if (account.trafficLeft() > 0) leaks.push('traffic: it goes on');

  if (record !== undefined) {
    // Of a run that held, people are told nothing, or that its runner died.
    const [least, most] =
      record.verdict === 'held' ? [0, played.runner?.status() === 'SUCCEEDED' ? 0 : 1] : [1, 1];
    // Whoever is killed between telling and writing down that it has told tells again: it cannot know.
    const [fewest, often] = mayTellAgain ? [1, Number.POSITIVE_INFINITY] : [1, 1];
    if (account.told.length < least || account.told.length > most * often)
      leaks.push(`telling: people were told ${account.told.length} times of ${record.verdict}`);
    if (account.verdictEvents.length < fewest || account.verdictEvents.length > often)
      leaks.push(`telling: systems were told ${account.verdictEvents.length} times of ${record.verdict}`);
    if (journal !== undefined && journal.verdict !== record.verdict)
      leaks.push(`verdict: the journal says ${journal.verdict}, the record ${record.verdict}`);
    leaks.push(...tooGood(played, record.verdict, journal));
  }
  const toldAgain = Math.max(0, account.told.length - 1, account.verdictEvents.length - 1);
  return {
    leaks,
    verdict: record?.verdict,
    outlivedMs,
    toldAgain,
    samples: journal?.samples.count ?? 0,
  };
}

function readJournal({ account }: Played) {
  const text = account.aws.bucket.objects.get(`runs/${runId}/journal.json`);
  return text === undefined ? undefined : journalSchema.parse(JSON.parse(text));
}

type Fault = ReturnType<Account['aws']['fis']['experiments']>[number];

/** FIS takes a second to stop (fake-fis.ts); whoever asked after it had begun to was not the one. */
const isStoppedByGuard = ({ status, stopAskedMs, endedMs = 0 }: Fault): boolean =>
  status === 'stopped' && (stopAskedMs === undefined || stopAskedMs > endedMs - 1_000);

/** How a verdict is better than what happened. */
function tooGood(
  { account, path, runner, concludingMs, usualSamples }: Played,
  verdict: Verdict,
  journal: ReturnType<typeof readJournal>,
): string[] {
  const faults = account.aws.fis.experiments().filter(({ skipsAll }) => !skipsAll);
  const atBest = (worst: Verdict, why: string) =>
    rank(verdict) > rank(worst) ? [`verdict: ${verdict}, although ${why}`] : [];
  const begun = faults.length > 0;
  return [
    // One that was stopped as its last function concluded it has everything that a run has.
    ...(runner?.status() === 'SUCCEEDED' || verdict === 'held' ? [] : atBest('halted', 'its runner died')),
    ...(account.staleSeenMs() >= 10_000 && path.staleDuringFault === true
      ? atBest('deviated', 'a tolerance was missed')
      : []),
    ...(faults.some(isStoppedByGuard) ? atBest('halted', 'a guard stopped it') : []),
    ...(begun && account.haltAskedMs() < concludingMs - lastLookMs
      ? atBest('halted', 'a person asked for its end')
      : []),
    ...(path.staleAfterwards === true && begun
      ? atBest(account.staleSeenMs() > 0 ? 'unrecovered' : 'inconclusive', 'steady state never came back')
      : []),
    ...(begun ? [] : atBest('halted', 'no fault was ever begun')),
    ...(verdict === 'held' ? unproven(faults.length, journal, usualSamples) : []),
  ];
}

/** What a run that held has to show. */
function unproven(faults: number, journal: ReturnType<typeof readJournal>, usualSamples: number): string[] {
  const isWhole =
    journal !== undefined &&
    faults === 2 &&
    journal.stages.length === 2 &&
    journal.stages.every(({ bite }) => bite.length > 0 && bite.every(({ bit }) => bit === true)) &&
    journal.rollbacks.every(({ result }) => result === 'proven') &&
    journal.recovery?.met === true &&
    journal.samples.count >= 0.9 * usualSamples;
  return isWhole ? [] : ['verdict: held, and the journal does not show it'];
}
