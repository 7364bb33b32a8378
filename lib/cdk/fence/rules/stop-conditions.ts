import { Token } from 'aws-cdk-lib';
import type { Breach, Judged, Rule } from '../breach.ts';
import { isAmong, shownPattern } from '../declared.ts';
import { isReadable, shown } from '../holes.ts';
import { textOf } from '../intrinsics.ts';
import { arnIn } from '../resource-arns.ts';

const source = 'aws:cloudwatch:alarm';

/** Whether a stop condition is an alarm at all. */
function isAlarm({ Source, Value }: Judged['properties']['StopConditions'][number], { template }: Judged) {
  return textOf(Source, template) === source && Value !== undefined && Value !== '';
}

export const stopCondition: Rule = {
  id: 'stop-condition',
  asks: 'every template stops on at least one CloudWatch alarm, and on nothing else',
  breaches: (judged) => {
    const { StopConditions } = judged.properties;
    if (StopConditions.length > 0 && StopConditions.every((condition) => isAlarm(condition, judged)))
      return [];
    return [
      {
        location: 'Properties.StopConditions',
        message: `${
          StopConditions.length === 0
            ? 'it has no stop condition'
            : 'one of its stop conditions is no CloudWatch alarm'
        }, so nothing would end the fault by itself`,
        fix: `give it stopConditions: [{ source: '${source}', value: alarm.alarmArn }], and none with the source 'none'`,
      },
    ];
  },
};

export const ownAlarms: Rule = {
  id: 'own-alarms',
  asks: "every stop condition is an alarm of the template's own account and Region",
  breaches: (judged) =>
    judged.properties.StopConditions.flatMap((condition, index) =>
      isAlarm(condition, judged)
        ? alarmBreach(condition.Value, `Properties.StopConditions.${index}.Value`, judged)
        : [],
    ),
};

function alarmBreach(value: unknown, location: string, { template }: Judged): Breach[] {
  const arn = textOf(value, template);
  const [start, , service, region = '', account = '', resource] = arn.split(':');
  const isArn = start === 'arn' && service === 'cloudwatch' && resource === 'alarm';
  if (!isArn) {
    return [
      {
        location,
        message: isReadable(arn)
          ? `the stop condition '${arn}' is not the ARN of an alarm`
          : 'a stop condition cannot be read before it is deployed, so nobody can tell whose alarm it is',
        fix: 'use the alarmArn of an alarm that this app makes, or write the ARN out',
      },
    ];
  }
  const { place } = template;
  if (region === place.region && account === place.account) return [];
  const isPlaced = [place.account, place.region].every((part) => !part.startsWith('<'));
  return [
    {
      location,
      message: isPlaced
        ? `the alarm ${shown(arn)} is not of this template's own account and Region (${place.account}, ${place.region})`
        : `the stack does not say its account and Region, so nobody can tell whether ${shown(arn)} is of its own`,
      fix: isPlaced
        ? 'make an alarm here, over a metric that is shared with this account if need be'
        : "give the stack its 'env', or the fence its account and Region",
    },
  ];
}

export const guards: Rule = {
  id: 'guards',
  asks: 'every template stops on all alarms that the fence names as guards',
  breaches: ({ properties: { StopConditions }, template, fence }) =>
    fence.guards
      .map((guard) => ({
        guard,
        // A name is that of an alarm here.
        pattern:
          Token.isUnresolved(guard) || guard.startsWith('arn:')
            ? guard
            : arnIn(template.place, 'cloudwatch', `alarm:${guard}`),
      }))
      .filter(({ pattern }) => !StopConditions.some(({ Value }) => isAmong([pattern], Value, template)))
      .map(({ guard }) => ({
        location: 'Properties.StopConditions',
        message: `it does not stop on the guard ${shownPattern(guard)}`,
        fix: 'add the alarm to its stopConditions',
      })),
};
