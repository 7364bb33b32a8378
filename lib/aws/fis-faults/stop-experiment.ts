import { type FisClient, StopExperimentCommand } from '@aws-sdk/client-fis';
import { isNamed } from '../aws-error.ts';
import { isTerminal, readExperiment, statusOf } from '../fis-experiment.ts';

/** Asks FIS to end an experiment. Stopping what has ended is no error. */
export async function stopExperiment(fis: FisClient, id: string): Promise<void> {
  try {
    await fis.send(new StopExperimentCommand({ id }));
  } catch (thrown) {
    if (isNamed(thrown, 'ResourceNotFoundException')) return;
    // FIS refuses to stop what has ended as a bad request: whether it has is asked, not read from its words.
    if (isNamed(thrown, 'ValidationException') && isTerminal(statusOf((await readExperiment(fis, id)).state)))
      return;
    throw thrown;
  }
}
