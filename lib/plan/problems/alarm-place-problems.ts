import type { Problem } from '../../experiment/steadfast-error.ts';
import { parseAlarmArn } from '../alarm-arn.ts';
import { type PlanGuard, type PlanTarget, targetName } from '../plan-target.ts';

/**
 * FIS stops only on alarms of its own account and Region. An alarm of another is refused unless it says by which role the runner
 * polls it; and one that FIS can stop on must not be polled instead.
 */
export const alarmPlaceProblems = (target: PlanTarget, path: Problem['path']): Problem[] =>
  Object.entries(target.guards).flatMap(([name, guard]) => {
    const problem = problemOf(guard, `the guard '${name}' of ${targetName(target)}`, target);
    return problem === undefined ? [] : [{ ...problem, path }];
  });

function problemOf(
  { alarm, readBy }: PlanGuard,
  guard: string,
  target: PlanTarget,
): Omit<Problem, 'path'> | undefined {
  const arn = parseAlarmArn(alarm);
  if (arn === undefined) {
    if (alarm.startsWith('arn:'))
      return {
        code: 'no-alarm',
        message: `${guard} is no alarm: '${alarm}'`,
        hint: 'write the name of an alarm, or its ARN: arn:aws:cloudwatch:<region>:<account>:alarm:<name>',
      };
    if (readBy === undefined) return undefined;
    return {
      code: 'own-alarm-polled',
      message: `${guard} is an alarm by name, which is one of the environment's own account and Region, and 'readBy' would keep FIS from stopping on it`,
      hint: "remove 'readBy', or write the ARN of an alarm of another account or Region",
    };
  }
  const isOwn = arn.region === target.region && arn.account === target.account;
  if (readBy === undefined) {
    return isOwn
      ? undefined
      : {
          code: 'foreign-alarm',
          message: `${guard} is an alarm of account ${arn.account} in ${arn.region}, and FIS stops only on alarms of the environment's own account and Region`,
          hint: "make an alarm there over the shared metric; where that cannot be, name a role of the alarm's account that may read it (readBy), and the runner polls the alarm while FIS does not watch it",
        };
  }
  if (isOwn)
    return {
      code: 'own-alarm-polled',
      message: `${guard} is an alarm of the environment's own account and Region, and 'readBy' would keep FIS from stopping on it`,
      hint: "remove 'readBy'",
    };
  const account = readBy.split(':')[4];
  if (account === arn.account) return undefined;
  return {
    code: 'foreign-reader',
    message: `${guard} is an alarm of account ${arn.account}, and the role that is to read it is one of account ${account}, which would find no such alarm`,
    hint: `name a role of account ${arn.account} in 'readBy', which the environment's functions may take on`,
  };
}
