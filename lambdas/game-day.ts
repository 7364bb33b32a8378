import { createGameDayHandler } from './game-day-handler.ts';

/** Makes one step of a game day's protocol. */
export const handler = createGameDayHandler();
