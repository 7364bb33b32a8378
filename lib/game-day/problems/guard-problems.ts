import type { GameDay } from '../../experiment/game-day.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { type PlanTarget, targetName } from '../../plan/plan-target.ts';

/** Guards that the game day counts on and its environment or lab does not have. */
export const guardProblemsOf = ({ guards = [] }: GameDay, target: PlanTarget): Problem[] =>
  guards.flatMap((name, index): Problem[] => {
    if (Object.hasOwn(target.guards, name)) return [];
    const path = ['guards', index];
    const reason = target.notRehearsable.guard[name];
    if (reason !== undefined) {
      return [
        {
          code: 'not-rehearsable',
          path,
          severity: 'note',
          message: `the guard '${name}' is not played in ${targetName(target)}: ${reason}`,
        },
      ];
    }
    return [
      {
        code: 'unknown-name',
        path,
        message: `no guard is called '${name}' in ${targetName(target)}`,
        hint: `add '${name}' to the guards of ${targetName(target)}, or name one that it has`,
        candidates: Object.keys(target.guards),
      },
    ];
  });
