import type { RunningDocument } from '../documents.ts';
import type { ActionContext } from './action-handler.ts';

/** What became of a document by the end of its action. */
export interface DocumentEnd {
  readonly on: string;
  /** Undefined where it was still running, and was ended. */
  readonly isWell: boolean | undefined;
  readonly text: string;
}

/** What a command is told of a document's parameters, in variables of its environment. */
export const documentEnv = (parameters: ActionContext['parameters']): Record<string, string> => ({
  STEADFAST_PARAMETERS: parameters['documentParameters'] ?? '{}',
});

/**
 * Runs a document on each of `on`, for as long as they take and no longer than `atMostMs`; whatever happens, nothing of them runs
 * afterwards.
 */
export async function runDocuments(
  document: string,
  on: readonly { readonly id: string; readonly env: Readonly<Record<string, string>> }[],
  atMostMs: number,
  { lab, clock, signal }: Pick<ActionContext, 'lab' | 'clock' | 'signal'>,
): Promise<readonly DocumentEnd[]> {
  const running: { readonly id: string; readonly document: RunningDocument }[] = [];
  const over = new AbortController();
  try {
    for (const { id, env } of on) running.push({ id, document: await lab.runDocument(document, id, env) });
    const late = clock.sleep(atMostMs, AbortSignal.any([signal, over.signal])).then(() => undefined);
    return await Promise.all(
      running.map(async ({ id, document: one }): Promise<DocumentEnd> => {
        const end = await Promise.race([one.ended, late]);
        return end === undefined
          ? { on: id, isWell: undefined, text: 'was still running, and was ended' }
          : { on: id, ...end };
      }),
    );
  } finally {
    over.abort();
    await Promise.all(running.map(({ document: one }) => one.stop()));
  }
}
