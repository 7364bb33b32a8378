import { asking } from '../../../aws/command/aws-problem.ts';
import { createDynamoHalts } from '../../../aws/dynamo-halts.ts';
import { createDynamoPauses } from '../../../aws/dynamo-pauses.ts';
import { createSafetyLever } from '../../../aws/safety-lever.ts';
import { counted, fine, type Look, namesOf, unfit } from '../look.ts';
import type { EnvironmentSight } from './sight.ts';

/** No run has this id: only the wish to end all of them is found by it. */
const noRun = 'doctor';

/** Whether somebody has ended everything, so that nothing starts. */
export const killSwitchLook = ({ opened, clock }: EnvironmentSight): Look => ({
  name: 'kill-switch',
  docs: 'how-to/halt-everything.md',
  look: async () => {
    const { names, connection, id } = opened;
    const { dynamo } = connection.clients;
    const halts = createDynamoHalts({ dynamo, table: names.table, clock });
    const halt = await asking({ action: 'dynamodb:BatchGetItem', resource: names.tableArn }, () =>
      halts.requested(noRun),
    );
    return halt === undefined
      ? fine('nobody asked for everything to end')
      : unfit(
          'warn',
          `nothing starts: a halt was asked for (${halt.reason})`,
          `once that is over: steadfast unlock --env ${id}`,
        );
  },
});

/** Whether FIS lets anything start in the account and Region. */
export const safetyLeverLook = ({ opened }: EnvironmentSight): Look => ({
  name: 'safety-lever',
  docs: 'how-to/halt-everything.md',
  look: async () => {
    const { status, reason } = await createSafetyLever({ fis: opened.connection.clients.fis }).state();
    switch (status) {
      case 'disengaged':
        return fine('FIS’s safety lever is disengaged');
      case 'unreadable':
        return unfit(
          'unknown',
          `FIS’s safety lever cannot be read: ${reason}`,
          'have fis:GetSafetyLever allowed, or look in the FIS console',
        );
      default:
        return unfit(
          'warn',
          `FIS’s safety lever is ${status}, so that FIS starts nothing: ${reason}`,
          'ask whoever engaged it; it is disengaged in the FIS console, or by steadfast unlock where halt --safety-lever engaged it',
        );
    }
  },
});

/** Which experiments somebody holds back. A pause outlives deploys, and is easily forgotten. */
export const pausesLook = ({ opened }: EnvironmentSight): Look => ({
  name: 'pauses',
  docs: 'how-to/keep-runs-from-starting.md',
  look: async () => {
    const { names, connection, id } = opened;
    const pauses = await asking({ action: 'dynamodb:Query', resource: names.tableArn }, () =>
      createDynamoPauses({ dynamo: connection.clients.dynamo, table: names.table }).list(),
    );
    const [first] = pauses;
    if (first === undefined) return fine('no experiment is paused');
    const told = pauses.map(({ experiment, by, at }) => `${experiment} (by ${by} at ${at})`);
    return unfit(
      'warn',
      `${counted(pauses.length, 'experiment is', 'experiments are')} paused: ${namesOf(told)}`,
      `once it may run again: steadfast resume ${first.experiment} --env ${id}`,
    );
  },
});
