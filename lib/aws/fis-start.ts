import {
  type FisClient,
  StartExperimentCommand,
  type StartExperimentCommandInput,
} from '@aws-sdk/client-fis';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import { isDenied, isNamed } from './aws-error.ts';
import { actionsModeOf, previewOnTheWire } from './fis-actions-mode.ts';

interface Start {
  readonly templateId: string;
  /** The same token gives the same experiment. */
  readonly token: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** FIS's refusals in Steadfast's words; anything else as it came. */
function refusal(thrown: unknown, templateId: string): unknown {
  if (isDenied(thrown)) {
    return new SteadfastError(
      'permission',
      `AWS refused fis:StartExperiment on experiment-template/${templateId}: ${thrown.message}`,
      {
        hint: 'allow the fault function fis:StartExperiment on the template and on experiment/*, and iam:CreateServiceLinkedRole for fis.amazonaws.com before the first start',
        cause: thrown,
      },
    );
  }
  if (isNamed(thrown, 'ServiceQuotaExceededException')) {
    return new SteadfastError('busy', `FIS runs as many experiments as it may: ${thrown.message}`, {
      hint: 'an account runs five experiments at once in a Region; start again when one has ended',
      cause: thrown,
    });
  }
  if (isNamed(thrown, 'ConflictException')) {
    return new SteadfastError('busy', `FIS is in the way of itself: ${thrown.message}`, {
      hint: 'start again in a minute',
      cause: thrown,
    });
  }
  if (isNamed(thrown, 'ResourceNotFoundException')) {
    return new SteadfastError('invalid', `FIS has no template ${templateId}`, {
      hint: 'the launcher is older than what is deployed: deploy again',
      cause: thrown,
    });
  }
  return thrown;
}

async function send(fis: FisClient, command: StartExperimentCommand, templateId: string) {
  try {
    const answer = await fis.send(command);
    const id = answer.experiment?.id;
    if (id === undefined) throw new SteadfastError('internal', 'FIS started an experiment and gave no id');
    return { id, answer };
  } catch (thrown) {
    throw refusal(thrown, templateId);
  }
}

const inputOf = ({ templateId, token, tags }: Start): StartExperimentCommandInput => ({
  experimentTemplateId: templateId,
  clientToken: token,
  tags: { ...tags },
});

/**
 * Starts an experiment, and gives its id.
 *
 * @throws SteadfastError `permission` where AWS refuses, `busy` where FIS's quota or a conflict does, `invalid` where there is no such template.
 */
export const startExperiment = async (fis: FisClient, start: Start): Promise<string> =>
  (await send(fis, new StartExperimentCommand(inputOf(start)), start.templateId)).id;

/**
 * Starts an experiment whose actions are all skipped. Unless the answer says so too it may be a real one: then it is stopped
 * at once.
 */
export async function startPreview(
  fis: FisClient,
  start: Start,
  stop: (experimentId: string) => Promise<void>,
): Promise<string> {
  const input = { ...inputOf(start), experimentOptions: { actionsMode: 'skip-all' } };
  const command = new StartExperimentCommand(input);
  const wire = previewOnTheWire(command);
  const { id, answer } = await send(fis, command, start.templateId);
  // The second is what a client tells that knows the option.
  const echo = wire.echo() ?? actionsModeOf(answer);
  if (echo === 'skip-all') return id;
  const failed = await stop(id).then(() => undefined, messageOf);
  throw new SteadfastError(
    'internal',
    failed === undefined
      ? `FIS did not confirm that experiment ${id} skips its actions, so it was stopped at once`
      : `FIS did not confirm that experiment ${id} skips its actions, and it could not be stopped: ${failed}`,
    {
      hint:
        failed === undefined
          ? 'look at the experiment in the FIS console: it may have begun to inject the fault'
          : 'stop the experiment in the FIS console at once: it may inject the fault',
    },
  );
}
