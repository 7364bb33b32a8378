import * as z from 'zod';
import { logicalName } from '../names.ts';
import { tolerancesSchema } from '../tolerance.ts';
import { controlName } from './control-name.ts';
import { every, onlyWith } from './polled.ts';

/** Looks at an alarm: 0 where it is OK, 1 in ALARM. */
export const alarmProbe = z
  .strictObject({
    alarm: logicalName().describe(
      'An alarm, by the name of its guard: the value is 0 while it is OK and 1 in ALARM.',
    ),
    every: every(),
    control: controlName(),
    tolerances: tolerancesSchema
      .prefault({ value: { below: 1 } })
      .describe('What it must see: `value`, below 1 where absent.'),
  })
  .superRefine(onlyWith('an alarm has a value, 0 or 1,', 'value', 'value'));
