import { describeLauncher, type Launcher } from '../../../aws/command/launchers.ts';
import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import { counted, fine, type Look, namesOf, unfit } from '../look.ts';
import type { EnvironmentSight } from './sight.ts';

/** So many launchers are asked for their stack: those of one owner have the same. */
const mostAsked = 20;

/** Whether stacks are left whose owner is gone: what they hold starts nothing any more, but its schedules go on. */
export const leftStacksLook = ({ opened, launchers, listed }: EnvironmentSight): Look => ({
  name: 'left-stacks',
  docs: 'how-to/deploy.md',
  look: async () => {
    const [all, known] = await Promise.all([launchers(), listed()]);
    const left = all.filter(({ experiment }) => !known.has(experiment));
    if (left.length === 0) return fine('every launcher belongs to an experiment that is listed');
    const ids = left.map(({ experiment }) => experiment);
    const stacks = await Promise.all(left.slice(0, mostAsked).map((one) => stackOf(opened, one)));
    const named = [...new Set(stacks.flatMap((stack) => stack ?? []))];
    const seen = `${counted(left.length, 'launcher')} of experiments that no stack lists: ${namesOf(ids)}`;
    return named.length === 0
      ? unfit('warn', seen, 'the console shows the stack of each; delete it')
      : unfit(
          'warn',
          `${seen}; in ${namesOf(named)}`,
          named.map((stack) => `aws cloudformation delete-stack --stack-name ${stack}`).join('; '),
        );
  },
});

async function stackOf(
  { connection }: EnvironmentSight['opened'],
  launcher: Launcher,
): Promise<string | undefined> {
  try {
    return (await describeLauncher(connection.clients.sfn, launcher))?.input.stack;
  } catch (thrown) {
    // One that another version deployed does not say; one that may not be looked at has to be told.
    if (thrown instanceof SteadfastError && thrown.code === 'cannot-begin') return undefined;
    throw thrown;
  }
}

/** Whether templates of FIS are left whose experiment is gone. Nothing of Steadfast starts them, and they count against FIS's limit. */
export const leftTemplatesLook = ({ opened, templates, listed }: EnvironmentSight): Look => ({
  name: 'left-templates',
  docs: 'how-to/deploy.md',
  look: async () => {
    const [all, known] = await Promise.all([templates(), listed()]);
    const left = all.filter(
      ({ environment, experiment }) => environment === opened.id && !known.has(experiment ?? ''),
    );
    return left.length === 0
      ? fine('every FIS template of the environment belongs to an experiment that is listed')
      : unfit(
          'warn',
          `${counted(left.length, 'FIS template')} of experiments that no stack lists: ${namesOf(left.map(({ id, experiment }) => `${id} (${experiment ?? 'without a name'})`))}`,
          'delete the stack that they are in, or each by: aws fis delete-experiment-template --id <id>',
        );
  },
});
