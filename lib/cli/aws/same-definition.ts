import type { DescribedLauncher } from '../../aws/command/launchers.ts';
import { loadProject } from '../../definitions/project.ts';
import { hashOf } from '../../plan/hash.ts';
import { type Io, printLine } from '../io.ts';
import type { OpenEnvironment } from './environment.ts';

/** Says where the project's definition is not the one that is deployed: what is deployed is what runs. */
export async function noteDifference(
  io: Io,
  { root, id }: OpenEnvironment,
  { experiment, input }: DescribedLauncher,
): Promise<void> {
  const { experiments } = await loadProject(root);
  const own = experiments.find((one) => one.id === experiment);
  if (own === undefined || hashOf(own.definition) === input.hash) return;
  printLine(
    io.stderr,
    `The definition of ${experiment} here is not the one deployed in ${id}, and what is deployed is what runs. To deploy it: npx cdk deploy --all -c env=${id}`,
  );
}
