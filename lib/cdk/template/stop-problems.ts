import { Stack, Token } from 'aws-cdk-lib';
import { CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import { differ } from './differ.ts';

/** Something must end a fault by itself: one to five metric alarms of the template's own account and Region. */
export function stopProblems(template: IConstruct, alarms: readonly IAlarm[]): Problem[] {
  const path = ['stopConditions'];
  if (alarms.length === 0) {
    return [
      {
        code: 'no-stop-condition',
        path,
        message: 'has no alarm, so nothing would end the fault by itself',
        hint: 'add one that watches what customers see, such as a GuardAlarm',
      },
    ];
  }
  if (alarms.length > fisLimits.stopConditions) {
    return [
      {
        code: 'too-many-stop-conditions',
        path,
        message: `are ${alarms.length}, and FIS stops on at most ${fisLimits.stopConditions} alarms`,
        hint: 'join several signals in one alarm by metric math: GuardAlarm',
      },
    ];
  }
  return alarms.flatMap((alarm, index) => alarmProblems(template, alarm, [...path, index]));
}

function alarmProblems(template: IConstruct, alarm: IAlarm, path: Problem['path']): Problem[] {
  if (alarm instanceof CompositeAlarm) {
    return [
      {
        code: 'composite-alarm',
        path,
        message: `${alarm.node.path} is a composite alarm, and FIS's guide does not say that it stops on those`,
        hint: 'join the signals in one alarm by metric math: GuardAlarm',
      },
    ];
  }
  const here = Stack.of(template);
  const { account, region } = placeOfAlarm(alarm);
  if (!differ(account, here.account) && !differ(region, here.region)) return [];
  return [
    {
      code: 'foreign-alarm',
      path,
      message: `${alarm.node.path} is an alarm of account ${account} in ${region}, and FIS stops only on alarms of the template's own account and Region`,
      hint: 'make an alarm there over the shared metric',
    },
  ];
}

/** Where an alarm is: an imported one says so only in its ARN. */
function placeOfAlarm({ alarmArn, env }: IAlarm): { readonly account: string; readonly region: string } {
  if (Token.isUnresolved(alarmArn)) return env;
  const [, , , region = '', account = ''] = alarmArn.split(':');
  return { account, region };
}
