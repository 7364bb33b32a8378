import {
  type FisClient,
  GetExperimentTemplateCommand,
  UpdateExperimentTemplateCommand,
} from '@aws-sdk/client-fis';
import * as z from 'zod/mini';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import type { SafetyLever, SafetyLeverState } from '../run/ports.ts';
import { isDenied, isNamed } from './aws-error.ts';
import { reading, rewriting } from './fis-wire.ts';

/** There is one of this id in an account and Region (FIS user guide, "Safety lever"). No template can be called so. */
const id = 'default';
const path = `/safetyLevers/${id}`;

const answerSchema = z.object({
  safetyLever: z.object({
    state: z.object({
      status: z.enum(['disengaged', 'engaging', 'engaged']),
      reason: z.optional(z.string()),
    }),
  }),
});

/** What FIS answered, in words of the port. A word that FIS adds one day is unreadable, never taken for disengaged. */
function stateIn(answer: unknown): SafetyLeverState {
  const read = answerSchema.safeParse(answer);
  if (!read.success)
    return { status: 'unreadable', reason: 'FIS answered nothing that tells the state of its safety lever' };
  const { status, reason } = read.data.safetyLever.state;
  return { status, reason: reason ?? 'nobody gave a reason' };
}

const notSent = () =>
  new SteadfastError(
    'internal',
    'the FIS client built a request that cannot be made one of the safety lever, so it was not sent',
  );

const readAnswer = { step: 'deserialize', name: 'steadfastSafetyLeverAnswer', priority: 'low' } as const;
const changeRequest = { step: 'build', name: 'steadfastSafetyLeverRequest' } as const;

/**
 * Asks for the state of the lever. FIS clients older than it have no such command: one that looks at a template, which has the same
 * method, is sent to the lever's path. The client signs it, tries again and finds the endpoint as for its own.
 */
async function get(fis: FisClient): Promise<SafetyLeverState> {
  let answered: unknown;
  const question = new GetExperimentTemplateCommand({ id });
  question.middlewareStack.add(
    rewriting(() => ({ path }), notSent),
    changeRequest,
  );
  question.middlewareStack.add(
    reading((content) => {
      answered = content;
    }),
    readAnswer,
  );
  const output = await fis.send(question);
  return stateIn(answered ?? output);
}

/** The same with the command that changes a template. */
async function update(fis: FisClient, body: { readonly status: string; readonly reason: string }) {
  let answered: unknown;
  const patch = new UpdateExperimentTemplateCommand({ id });
  patch.middlewareStack.add(
    rewriting(() => ({ path: `${path}/state`, body }), notSent),
    changeRequest,
  );
  patch.middlewareStack.add(
    reading((content) => {
      answered = content;
    }),
    readAnswer,
  );
  const accepted = await fis.send(patch);
  return stateIn(answered ?? accepted);
}

function refusal(thrown: unknown): unknown {
  if (isDenied(thrown)) {
    return new SteadfastError('permission', `AWS refused fis:UpdateSafetyLeverState on safety-lever/${id}`, {
      hint: 'allow it to whoever engages and disengages the safety lever',
      cause: thrown,
    });
  }
  if (isNamed(thrown, 'ConflictException')) {
    return new SteadfastError('busy', `FIS is engaging its safety lever: ${messageOf(thrown)}`, {
      hint: 'try again once it is engaged: until then FIS takes no change',
      cause: thrown,
    });
  }
  return thrown;
}

/** FIS's safety lever of the client's account and Region. */
export function createSafetyLever(options: { readonly fis: FisClient }): SafetyLever {
  const { fis } = options;
  const set = async (status: 'disengaged' | 'engaged', reason: string): Promise<SafetyLeverState> => {
    try {
      return await update(fis, { status, reason });
    } catch (thrown) {
      throw refusal(thrown);
    }
  };
  return {
    state: async () => {
      try {
        return await get(fis);
      } catch (thrown) {
        const permission = `fis:GetSafetyLever on safety-lever/${id}`;
        return isDenied(thrown)
          ? { status: 'unreadable', reason: `AWS refused ${permission}`, permission }
          : { status: 'unreadable', reason: messageOf(thrown) };
      }
    },
    engage: (reason) => set('engaged', reason),
    disengage: (reason) => set('disengaged', reason),
  };
}
