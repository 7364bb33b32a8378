import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { ActionHandler } from '../action-handler.ts';
import { durationMsOf } from '../duration-of.ts';
import { documentEnv, runDocuments } from '../run-documents.ts';

const id = 'aws:ssm:send-command';

/** `aws:ssm:send-command`: runs the command that plays the document, once for each replica that is hit. */
export const sendCommand: ActionHandler = {
  id,
  carryOut: async (context) => {
    const { parameters, targets } = context;
    const document = parameters['documentArn'] ?? '';
    const on = targets.map((replica) => ({
      id: replica.id,
      env: {
        ...documentEnv(parameters),
        STEADFAST_REPLICA: replica.id,
        STEADFAST_PID: String(replica.pid),
        STEADFAST_PORT: String(replica.port),
      },
    }));
    const ends = await runDocuments(document, on, durationMsOf(id, parameters), context);
    const evidence = ends.map((end) => `${document} on ${end.on} ${end.text}`).join('; ');
    if (ends.some(({ isWell }) => isWell === false)) throw new SteadfastError('invalid', evidence);
    return { bit: ends.length > 0, evidence };
  },
};
