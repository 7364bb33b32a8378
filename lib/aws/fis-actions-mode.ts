import type { StartExperimentCommand } from '@aws-sdk/client-fis';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { reading, rewriting } from './fis-wire.ts';

const answerSchema = z.object({
  experiment: z.optional(
    z.object({ experimentOptions: z.optional(z.object({ actionsMode: z.optional(z.string()) })) }),
  ),
});

/** The actions mode that an answer of FIS names; undefined where it names none. */
export const actionsModeOf = (answer: unknown): string | undefined =>
  answerSchema.safeParse(answer).data?.experiment?.experimentOptions?.actionsMode;

const refused = () =>
  new SteadfastError(
    'internal',
    'the FIS client built a request that cannot be made a preview, so it was not sent',
  );

const skippingAll = (content: unknown) =>
  typeof content === 'object' && content !== null
    ? { body: { ...content, experimentOptions: { actionsMode: 'skip-all' } } }
    : undefined;

/**
 * Makes a StartExperiment a preview on the wire. FIS clients older than the option drop it without a word, from the request and
 * from the answer alike, and FIS would then inject the fault: so it is written into the serialized request (before it is
 * signed), and the answer is read before the client reads it.
 *
 * @returns what the answer echoed, once the command was sent: undefined when it did not echo the option.
 */
export function previewOnTheWire(command: StartExperimentCommand): {
  readonly echo: () => string | undefined;
} {
  let echo: string | undefined;
  command.middlewareStack.add(rewriting(skippingAll, refused), {
    step: 'build',
    name: 'steadfastPreviewRequest',
  });
  command.middlewareStack.add(
    reading((content) => {
      echo = actionsModeOf(content);
    }),
    { step: 'deserialize', name: 'steadfastPreviewAnswer', priority: 'low' },
  );
  return { echo: () => echo };
}
