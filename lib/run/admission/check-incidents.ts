import type { GuardState } from '../ports.ts';
import { type Check, type Refusal, resultOf } from './check.ts';

const hints: Readonly<Record<'alarm' | 'missing' | 'unreadable', string>> = {
  alarm: 'People are busy with an incident: start it again once the alarm is back.',
  missing: "Make the alarm, or take it out of the environment's incidentAlarms, and deploy.",
  unreadable: 'See why it cannot be read: nobody could tell whether an incident is on.',
};

function refusalOf({ guard, state, detail, permission }: GuardState): Refusal[] {
  if (state === 'ok' || state === 'no data') return [];
  const evidence = `the incident alarm ${guard} is ${state}: ${detail}`;
  return permission === undefined
    ? [{ evidence, hint: hints[state] }]
    : [{ evidence, rejection: 'permission', hint: `Allow ${permission} to the function that admits runs.` }];
}

/** No incident is on, as far as the environment's alarms tell; each exists and can be read. No fault stops on them. */
export const checkIncidents: Check = async ({ ports, input }) => {
  const alarms = (input.incidentAlarms ?? []).map(({ alarm }) => alarm);
  const read = alarms.length === 0 ? [] : await ports.incidents.read();
  const states = alarms.map(
    (alarm): GuardState =>
      read.find(({ guard }) => guard === alarm) ?? {
        guard: alarm,
        state: 'unreadable',
        detail: 'nothing can be read of it',
      },
  );
  return resultOf(
    { check: 'incidents', rejection: 'guard' },
    states.flatMap(refusalOf),
    states.map(({ guard, state }) => `${guard} is ${state}`).join(', ') ||
      'the environment names no incident alarm',
  );
};
