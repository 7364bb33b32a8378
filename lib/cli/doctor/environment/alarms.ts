import { alarmsBeginning, alarmsCalled, type SeenAlarm } from '../../../aws/command/alarms-seen.ts';
import { describeLauncher } from '../../../aws/command/launchers.ts';
import { parseAlarmArn } from '../../../plan/alarm-arn.ts';
import { planTargetOfEnvironment } from '../../../plan/environment-target.ts';
import { counted, fine, type Look, namesOf, type Seen, skipped, unfit } from '../look.ts';
import type { EnvironmentSight } from './sight.ts';

/** A guard, and where its alarm is. */
interface NamedGuard {
  readonly guard: string;
  readonly alarm: string;
  /** Of another account or Region: the runner polls it, by a role that trusts its functions alone. */
  readonly isElsewhere: boolean;
}

/** The guards as the project declares them, else as the first launcher holds them. */
async function guardsOf({ opened, launchers }: EnvironmentSight): Promise<readonly NamedGuard[] | undefined> {
  const { definition, connection } = opened;
  if (definition !== undefined) {
    const { guards } = planTargetOfEnvironment(definition.definition, definition.parsed);
    return Object.entries(guards).map(([guard, { alarm, readBy }]) => ({
      guard,
      alarm,
      isElsewhere: readBy !== undefined,
    }));
  }
  const [first] = await launchers();
  const described = first === undefined ? undefined : await describeLauncher(connection.clients.sfn, first);
  return described === undefined
    ? undefined
    : Object.entries(described.input.guards).map(([guard, { alarm, polled }]) => ({
        guard,
        alarm,
        isElsewhere: polled !== undefined,
      }));
}

const nameOf = (alarm: string): string => parseAlarmArn(alarm)?.name ?? alarm;

/** Whether every guard could end a fault: its alarm is there, has data and is OK, and takes no silence for health. */
export const guardsLook = (sight: EnvironmentSight): Look => ({
  name: 'guards',
  docs: 'how-to/declare-an-environment.md',
  look: async () => {
    const guards = await guardsOf(sight);
    if (guards === undefined)
      return skipped('nothing is deployed that names a guard, and the project declares none');
    const own = guards.filter(({ isElsewhere }) => !isElsewhere);
    const alarms = await alarmsCalled(
      sight.planClients.cloudWatch,
      own.map(({ alarm }) => alarm),
    );
    return worstOf(own.map((one) => guardSeen(one, alarms.get(nameOf(one.alarm)), sight.opened.id)));
  },
});

/** Guards of other accounts and Regions: only the functions of the environment may take on the role that reads them. */
export const guardsElsewhereLook = (sight: EnvironmentSight): Look => ({
  name: 'guards-elsewhere',
  docs: 'how-to/declare-an-environment.md',
  look: async () => {
    const guards = (await guardsOf(sight)) ?? [];
    const elsewhere = guards.filter(({ isElsewhere }) => isElsewhere).map(({ guard }) => guard);
    return elsewhere.length === 0
      ? skipped('every guard is an alarm of this account and Region')
      : skipped(
          `${namesOf(elsewhere)}: an alarm of another account or Region is read by the runner alone; steadfast plan tells what it reads`,
        );
  },
});

function guardSeen({ guard, alarm }: NamedGuard, seen: SeenAlarm | undefined, id: string): Seen {
  const name = nameOf(alarm);
  if (seen === undefined)
    return unfit(
      'fail',
      `${guard}: no alarm is called ${name}`,
      `deploy the environment (npx cdk deploy --all -c env=${id}), or name an alarm that is there`,
    );
  const because = seen.reason === undefined ? '' : ` (${seen.reason})`;
  if (seen.state === 'no data')
    return unfit(
      'fail',
      `${guard}: ${name} has no data${because}`,
      'see that its metric has data: one that is silent when all is well is made dense by FILL(errors, 0)',
    );
  if (seen.state === 'alarm')
    return unfit(
      'fail',
      `${guard}: ${name} is in alarm${because}`,
      'see what it watches: no run starts until it is OK',
    );
  if (seen.isComposite)
    return unfit(
      'warn',
      `${guard}: ${name} is a composite alarm, and FIS’s guide does not say that it stops on those`,
      'name an alarm that joins the signals by metric math',
    );
  return seen.treatMissingData === 'notBreaching' || seen.treatMissingData === 'ignore'
    ? unfit(
        'warn',
        `${guard}: ${name} treats missing data as ${seen.treatMissingData}, so that it is OK when it sees nothing`,
        'set its treatMissingData to missing, or to breaching',
      )
    : fine(`${guard}: ${name} is OK`);
}

const ranks: readonly Seen['status'][] = ['fail', 'unknown', 'warn', 'ok', 'skipped'];

/** Several sights as one: as bad as the worst, with all that is wrong. */
function worstOf(all: readonly Seen[]): Seen {
  const status = ranks.find((rank) => all.some((one) => one.status === rank)) ?? 'fail';
  const wrong = all.filter((one) => one.status !== 'ok');
  if (all.length === 0)
    return unfit(
      'fail',
      'no guard of this account and Region is set',
      'add a guard to the environment, and deploy it',
    );
  if (wrong.length === 0) return fine(`${counted(all.length, 'guard')}, all with data and OK`);
  const worst = wrong.find((one) => one.status === status);
  return {
    status,
    seen: wrong.map(({ seen }) => seen).join('; '),
    ...(worst?.mend === undefined ? {} : { mend: worst.mend }),
  };
}

/** Whether Steadfast itself has failed lately: its own alarms tell people, who may have missed it. */
export const ownAlarmsLook = ({ opened, planClients }: EnvironmentSight): Look => ({
  name: 'own-alarms',
  docs: 'explanation/what-happens-when-anything-dies.md',
  look: async () => {
    const alarms = await alarmsBeginning(planClients.cloudWatch, `${opened.names.runner}-`);
    if (alarms.length === 0)
      return unfit(
        'fail',
        'no alarm watches Steadfast itself',
        `deploy the environment: npx cdk deploy --all -c env=${opened.id}`,
      );
    const raised = alarms.filter(({ state }) => state === 'alarm').map(({ name }) => name);
    return raised.length === 0
      ? fine(`${counted(alarms.length, 'alarm')} on Steadfast itself, none raised`)
      : unfit(
          'fail',
          `Steadfast itself fails: ${namesOf(raised)} in alarm`,
          'the description of each alarm says what has happened, and where to look',
        );
  },
});
