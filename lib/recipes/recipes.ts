import { cacheWithoutZone } from './cache-without-zone.ts';
import { cutZone } from './cut-zone.ts';
import { databaseFailover } from './database-failover.ts';
import { failingFunctions } from './failing-functions.ts';
import { halfTheTasks } from './half-the-tasks.ts';
import { lossyDependency } from './lossy-dependency.ts';
import { pausedReplication } from './paused-replication.ts';
import { podsDeleted } from './pods-deleted.ts';
import type { Recipe } from './recipe.ts';
import { slowDependency } from './slow-dependency.ts';
import { slowFunctions } from './slow-functions.ts';
import { spotInterruption } from './spot-interruption.ts';
import { throttledApi } from './throttled-api.ts';
import { zonePower } from './zone-power.ts';

/** What can be broken about services, what is met most often first. */
export const recipes: readonly Recipe[] = [
  slowDependency,
  halfTheTasks,
  podsDeleted,
  databaseFailover,
  lossyDependency,
  slowFunctions,
  failingFunctions,
  zonePower,
  cutZone,
  cacheWithoutZone,
  pausedReplication,
  spotInterruption,
  throttledApi,
];
