import * as z from 'zod';
import { createDynamoApprovalDesk } from '../../lib/aws/dynamo-approvals.ts';
import type { VirtualClock } from '../../test/fakes/virtual-clock.ts';
import { type Account, runId, variables } from './account.ts';
import type { Path } from './paths.ts';

const waitingSchema = z.looseObject({
  Payload: z.looseObject({
    state: z.looseObject({ approval: z.looseObject({ waitSeconds: z.number() }) }),
  }),
});

const startSchema = z.looseObject({ input: z.record(z.string(), z.unknown()) });

/** How long a run of these paths waits for an approval. */
const withinMs = 60 * 60_000;

/** What a runner is started with: on a path on which people approve, it has to wait for them. */
export function startOf(path: Path, input: unknown): unknown {
  if (path.approvedAfterMs === undefined) return input;
  const start = startSchema.parse(input);
  return { ...start, input: { ...start.input, approval: { withinMs } } };
}

/** Lets the time pass that the machine waits between two looks; then somebody approves, where the path has them do so by now. */
export function createApprover(account: Account, clock: VirtualClock, path: Path) {
  const desk = createDynamoApprovalDesk({
    dynamo: account.clients.dynamo,
    table: variables.STEADFAST_TABLE,
    clock,
  });
  let beganMs: number | undefined;
  return async (task: unknown): Promise<void> => {
    const waiting = waitingSchema.safeParse(task).data;
    if (waiting === undefined || path.approvedAfterMs === undefined) return;
    beganMs ??= clock.now();
    await clock.sleep(1_000 * waiting.Payload.state.approval.waitSeconds);
    if (clock.now() < beganMs + path.approvedAfterMs) return;
    const asked = await desk.find(runId);
    if (asked === undefined || asked.answer !== undefined) return;
    await desk.approve({ runId, hash: asked.request.hash, by: 'ana' });
  };
}
