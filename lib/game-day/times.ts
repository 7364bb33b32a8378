import { defaultMs } from '../experiment/default-ms.ts';
import { defaults } from '../experiment/defaults.ts';
import type { GameDay } from '../experiment/game-day.ts';

/** How long the parts of a game day last, and how long it waits for an approval, as written or by default. */
export const timesOf = ({ times = {}, approvals = {} }: GameDay) => ({
  preBriefMs: times.preBrief?.ms ?? defaultMs(defaults.gameDay.preBrief),
  experimentMs: times.experiment?.ms ?? defaultMs(defaults.gameDay.experiment),
  retrospectiveMs: times.retrospective?.ms ?? defaultMs(defaults.gameDay.retrospective),
  approvalMs: approvals.within?.ms ?? defaultMs(defaults.gameDay.approval),
});
