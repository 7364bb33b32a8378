import * as z from 'zod/mini';
import { verdictSchema } from '../../experiment/verdict.ts';
import { jsonText } from '../../run/json-text.ts';
import { type ProgressEvent, phases } from '../../run/progress.ts';
import { windowSchema } from '../../steady-state/window.ts';

const at = { at: z.iso.datetime() };

/** A line of a function's log that tells progress, among what else the logger writes of it. */
const lineSchema = z.pipe(
  jsonText,
  z.discriminatedUnion('progress', [
    z.object({
      progress: z.literal('phase'),
      ...at,
      phase: z.enum(phases),
      waitingFor: z.string(),
      untilMs: z.exactOptional(z.number()),
      stage: z.exactOptional(z.number()),
    }),
    z.object({
      progress: z.literal('fault'),
      ...at,
      stage: z.number(),
      status: z.string(),
      untilMs: z.exactOptional(z.number()),
    }),
    z.object({ progress: z.literal('window'), ...at, window: windowSchema }),
    z.object({ progress: z.literal('note'), ...at, text: z.string() }),
    z.object({ progress: z.literal('verdict'), ...at, verdict: verdictSchema }),
  ]),
);

/** The event that a line of the log tells; undefined where it tells none, or one that this version does not know. */
export function progressOfLine(text: string): ProgressEvent | undefined {
  const line = lineSchema.safeParse(text);
  if (!line.success) return undefined;
  const atMs = Date.parse(line.data.at);
  switch (line.data.progress) {
    case 'phase': {
      const { progress: kind, at: _at, ...told } = line.data;
      return { kind, atMs, ...told };
    }
    case 'fault': {
      const { progress: kind, at: _at, ...told } = line.data;
      return { kind, atMs, ...told };
    }
    case 'window':
      return { kind: 'window', atMs, window: line.data.window };
    case 'note':
      return { kind: 'note', atMs, text: line.data.text };
    case 'verdict':
      return { kind: 'verdict', atMs, verdict: line.data.verdict };
  }
}
