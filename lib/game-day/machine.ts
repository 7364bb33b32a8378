import definition from './game-day.asl.json' with { type: 'json' };
import type { GameDayInput } from './input.ts';

/** The protocol's machine as it is deployed for a game day, and rehearsed: with what it is held by inside, so that `{}` starts it. */
export const gameDayMachine = (input: GameDayInput) => ({
  ...definition,
  Comment: `${input.title}. Start it with {}.`,
  States: { ...definition.States, Plan: { ...definition.States.Plan, Result: { input } } },
});
