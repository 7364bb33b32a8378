import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { ActionHandler } from '../action-handler.ts';
import { durationMsOf } from '../duration-of.ts';
import { documentEnv, runDocuments } from '../run-documents.ts';

const id = 'aws:ssm:start-automation-execution';

/** `aws:ssm:start-automation-execution`: runs the command that plays the runbook, once; it fails where it takes too long. */
export const startAutomationExecution: ActionHandler = {
  id,
  carryOut: async (context) => {
    const { parameters, signal } = context;
    const document = parameters['documentArn'] ?? '';
    const [end] = await runDocuments(
      document,
      [{ id: 'lab', env: documentEnv(parameters) }],
      durationMsOf(id, parameters, 'maxDuration'),
      context,
    );
    const evidence = `${document} ${end?.text ?? 'did not run'}`;
    if (end?.isWell !== true && !signal.aborted) throw new SteadfastError('invalid', evidence);
    return { bit: end?.isWell === true, evidence };
  },
};
