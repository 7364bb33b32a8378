import * as z from 'zod';
import { fisActionWithoutTarget } from './action.ts';
import { byLook } from './evidence.ts';
import { namesOf, someOf } from './parameter.ts';
import { userGuide } from './source.ts';

const assertAlarmState = fisActionWithoutTarget({
  id: 'aws:cloudwatch:assert-alarm-state',
  title: 'Checks that alarms are in states that are allowed',
  parameters: z.strictObject({
    alarms: namesOf({ what: 'The alarms, as guards of the environment by logical name; at most five.' }).max(
      5,
      {
        error: 'FIS checks at most five alarms at once',
      },
    ),
    states: someOf(['OK', 'ALARM', 'INSUFFICIENT_DATA'], { what: 'The states that are allowed.' }),
  }),
  fisParameters: {
    alarms: { name: 'alarmArns', as: 'list', names: 'guard' },
    states: { name: 'alarmStates', as: 'list' },
  },
  example: { alarms: ['shopErrors'], states: ['OK'] },
  permissions: [
    {
      action: 'cloudwatch:DescribeAlarms',
      confinedBy: { none: 'a read-only call; limited to some alarms it would not describe composite ones' },
    },
  ],
  requires: ['guards whose alarms exist'],
  leavesBehind: 'nothing: it only looks',
  evidence: byLook('the states of the alarms as FIS saw them'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs: 'in a lab the guards, rules on its own metrics, are looked at in place of the alarms',
  },
  source: userGuide,
});

export const cloudwatchActions = [assertAlarmState] as const;
