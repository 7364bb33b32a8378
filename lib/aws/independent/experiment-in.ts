import * as z from 'zod/mini';

/** As much of a runner's input as tells which experiment it is of. */
const inputSchema = z.object({ input: z.object({ experiment: z.object({ id: z.string() }) }) });

/** The experiment that a runner's input is of; `unknown` where nobody can tell. */
export function experimentIn(input: string | null | undefined): string {
  try {
    return inputSchema.parse(JSON.parse(input ?? '')).input.experiment.id;
  } catch {
    return 'unknown';
  }
}
