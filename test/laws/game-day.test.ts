import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../lib/game-day/entry.ts';
import { maySame } from '../../lib/game-day/other-person.ts';
import { reduce } from '../../lib/game-day/reduce.ts';
import type { GameDayWorld } from '../fakes/game-day/game-day-world.ts';
import { isLong } from '../setup.ts';
import { approvers, courses, createMortalWorld, type MortalWorld, make, moves } from './game-day-moves.ts';

const numRuns = isLong ? 10_000 : 250;

const ofKind = <K extends Entry['kind']>(entries: readonly Entry[], kind: K) =>
  entries.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind);

describe('whatever people do, at whatever moment, and whatever dies,', () => {
  it('runs begin only as somebody else approved, one at a time, and all of them end', async () => {
    const seen = { approved: 0, halted: 0, launched: 0, held: 0 };
    await fc.assert(
      fc.asyncProperty(moves, courses, approvers, async (all, courseOfRuns, who) => {
        const mortal = createMortalWorld(courseOfRuns, who);
        const { world } = mortal;
        for (const move of all) {
          const launches = world.runs.launches.length;
          await make(mortal, move);
          await keepsToItNow(world, launches);
          if (move.move === 'look') await lastsNoLonger(mortal);
        }
        mortal.spare();
        await comesToItsEnd(world);
        const entries = await world.entries();
        everythingWasAllowed(world, entries);
        seen.approved += world.runs.answers.filter(({ answer }) => answer.answer === 'approved').length;
        seen.halted += ofKind(entries, 'halted').length;
        seen.launched += world.runs.launches.length;
        seen.held += ofKind(entries, 'ended').filter(({ verdict }) => verdict === 'held').length;
      }),
      { numRuns },
    );
    // The moves got far enough to show something.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 20);
  }, 60_000);
});

/** What must be true after each move. */
async function keepsToItNow(world: GameDayWorld, launchesBefore: number): Promise<void> {
  const underWay = world.runs.underWay();
  expect(underWay.length).toBeLessThanOrEqual(1);
  const entries = await entriesOf(world);
  if (entries === undefined) return;
  const state = reduce(world.input, entries);
  if (state.halted !== undefined) {
    // What was started all the same met the kill switch.
    expect(world.runs.launches.slice(launchesBefore).every(({ isLocked }) => isLocked)).toBe(true);
    expect(underWay.filter((runId) => hasFault(world, runId))).toEqual([]);
  }
}

/** Once the machine has looked after the time was up, nothing goes on. */
async function lastsNoLonger({ world, spare }: MortalWorld): Promise<void> {
  const { endsAtMs } = reduce(world.input, (await entriesOf(world)) ?? []);
  if (endsAtMs === 0 || world.now() < endsAtMs) return;
  spare();
  await world.look();
  expect(world.runs.underWay()).toEqual([]);
}

/** Reading may die too. */
const entriesOf = (world: GameDayWorld): Promise<readonly Entry[] | undefined> =>
  world.entries().catch(() => undefined);

const hasFault = (world: GameDayWorld, runId: string): boolean =>
  world.runs.answers.some((one) => one.runId === runId && one.answer.answer === 'approved');

/** Left alone, it ends, and nothing goes on. */
async function comesToItsEnd(world: GameDayWorld): Promise<void> {
  for (let quarter = 0; quarter < 26 * 4; quarter += 1) {
    const { next } = await world.pass(900_000);
    if (next === 'done') break;
  }
  const state = await world.state();
  expect(state.phase).toBe('closed');
  expect(state.pending).toBeUndefined();
  expect(world.runs.underWay()).toEqual([]);
  expect(state.stages.flatMap(({ attempts }) => attempts).every(({ verdict }) => verdict !== undefined)).toBe(
    true,
  );
}

/** What must be true of the whole log, and of what was done by it. */
function everythingWasAllowed(world: GameDayWorld, entries: readonly Entry[]): void {
  expect(entries.map(({ number }) => number)).toEqual(entries.map((_, index) => index + 1));
  for (const kind of ['launched', 'asked', 'ended'] as const) {
    const runs = ofKind(entries, kind).map(({ runId }) => runId);
    expect(new Set(runs).size).toBe(runs.length);
  }
  for (const launched of ofKind(entries, 'launched')) {
    const before = reduce(world.input, entries.slice(0, launched.number - 1));
    expect(before).toMatchObject({ phase: 'experiment', isGo: true });
    expect(before.halted).toBeUndefined();
    expect(before.pausedBy).toBeUndefined();
    const earlier = before.stages.filter(({ number }) => number < launched.stage);
    expect(earlier.every(({ attempts }) => attempts.at(-1)?.verdict === 'held')).toBe(true);
  }
  for (const { runId, answer } of world.runs.answers) {
    if (answer.answer === 'refused') continue;
    expect(answer.hash).toBe(`hash-of-${runId}`);
    const { proposal } = only(ofKind(entries, 'launched').filter((entry) => entry.runId === runId));
    const asked = only(ofKind(entries, 'asked').filter((entry) => entry.runId === runId));
    const approved = only(ofKind(entries, 'approved').filter((entry) => entry.proposal === proposal));
    const proposed = only(ofKind(entries, 'proposed').filter((entry) => entry.id === proposal));
    expect(approved.hash).toBe(answer.hash);
    expect(Date.parse(approved.at)).toBeLessThan(Date.parse(asked.asked.expiresAt));
    expect(maySame(proposed.by, approved.by, world.input.principals)).toBe(false);
    const approvers: readonly string[] = world.input.approvers.stages;
    expect('role' in approved.by && approvers.includes(approved.by.role)).toBe(true);
  }
}

function only<T>(items: readonly T[]): T {
  const [item, ...more] = items;
  if (item === undefined || more.length > 0) throw new Error(`expected one, and there are ${items.length}`);
  return item;
}
