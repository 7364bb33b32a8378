import { findAction } from '../../fis/catalogue.ts';
import type { RunnerInput } from '../runner-input.ts';

/** What FIS charges for one action of a stage. */
export interface ActionMinutes {
  /** The stage, counted from 0. */
  readonly stage: number;
  /** The fault's name, or what a wait is for. */
  readonly name: string;
  readonly action: string;
  readonly minutes: number;
  /** How FIS's price list tells it. */
  readonly price: 'by the minute' | 'at once' | 'not told';
}

const minuteMs = 60_000;

/** FIS rounds "to the nearest minute" (price list): up is what it costs at most. */
const minutesOf = (ms: number) => Math.ceil(ms / minuteMs);

const waitAction = 'aws:fis:wait';

/** Every action of every stage, with the minutes that FIS charges for it. The number of targets makes no difference to FIS. */
export const actionMinutesOf = ({ stages }: Pick<RunnerInput, 'stages'>): ActionMinutes[] =>
  stages.flatMap(({ durationMs, templateMs, faults }, stage) => {
    const wait = (name: string, ms: number): ActionMinutes => ({
      stage,
      name,
      action: waitAction,
      minutes: minutesOf(ms),
      price: 'not told',
    });
    const isTimed = (action: string) => findAction(action)?.durationParameter !== undefined;
    return [
      ...(templateMs > durationMs ? [wait('the wait before the fault', templateMs - durationMs)] : []),
      ...faults.flatMap(({ name, action }): ActionMinutes[] => {
        const price = findAction(action)?.price ?? 'not told';
        if (price === 'nothing') return [];
        return [{ stage, name, action, minutes: price === 'at once' ? 1 : minutesOf(durationMs), price }];
      }),
      // What is over at once is watched all the same: a wait holds the stage open.
      ...(faults.some(({ action }) => isTimed(action))
        ? []
        : [wait('the wait that holds the stage open', durationMs)]),
    ];
  });
