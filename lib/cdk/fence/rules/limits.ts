import { fisLimits } from '../../../fis/limits.ts';
import type { Rule } from '../breach.ts';
import { listOf } from './values.ts';

export const limits: Rule = {
  id: 'limits',
  asks: `no template has more than FIS takes: ${fisLimits.actionsPerTemplate} actions, ${fisLimits.stopConditions} stop conditions, ${fisLimits.arnsPerTarget} ARNs of a target`,
  breaches: ({ properties: { Actions, StopConditions, Targets } }) =>
    [
      {
        location: 'Properties.Actions',
        count: Object.keys(Actions).length,
        most: fisLimits.actionsPerTemplate,
        what: 'actions',
        fix: 'make several templates of it',
      },
      {
        location: 'Properties.StopConditions',
        count: StopConditions.length,
        most: fisLimits.stopConditions,
        what: 'stop conditions',
        fix: 'join several signals in one alarm, by metric math',
      },
      ...Object.entries(Targets).map(([name, { ResourceArns }]) => ({
        location: `Properties.Targets.${name}.ResourceArns`,
        count: listOf(ResourceArns).length,
        most: fisLimits.arnsPerTarget,
        what: `ARNs in the target '${name}'`,
        fix: 'select by the environment tag, or make several targets of it',
      })),
    ]
      .filter(({ count, most }) => count > most)
      .map(({ location, count, most, what, fix }) => ({
        location,
        message: `it has ${count} ${what}, and FIS takes ${most}`,
        fix,
      })),
};
