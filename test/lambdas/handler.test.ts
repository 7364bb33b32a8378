import { describe, expect, it } from 'vitest';
import { createHandler } from '../../lambdas/handler.ts';
import type { StepLog, Wiring } from '../../lambdas/wiring.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';
import { conclude } from '../../lib/run/conclude.ts';
import { containing } from '../fakes/matching.ts';

/** A wiring whose run store answers as a test needs it: that is the first thing of the outside world that a step asks. */
function setUp(loadInput: () => Promise<string> = async () => '{}') {
  const lines: unknown[][] = [];
  const keep = (...line: unknown[]) => void lines.push(line);
  const log: StepLog = { appendKeys: keep, debug: keep, error: keep, info: keep, resetKeys: keep };
  const built: Wiring[] = [];
  const build = (): Wiring => {
    const wiring: Wiring = {
      log,
      loadInput,
      ports: () => {
        throw new SteadfastError('invalid', 'no ports in this test');
      },
    };
    built.push(wiring);
    return wiring;
  };
  return { lines, built, handler: createHandler({ steps: { conclude }, build }) };
}

const state = {
  runId: 'run-1',
  experiment: 'slow-database',
  environment: 'staging',
  next: 'conclude',
  startedAtMs: 0,
  stage: 0,
  faultBegun: false,
  rollback: { index: 0, attempt: 0 },
  failures: {},
};

const failing = (error: Error) => setUp(() => Promise.reject(error)).handler({ step: 'conclude', state });

describe('a handler', () => {
  it('carries out its own steps and no others', async () => {
    const { handler } = setUp();
    await expect(handler({ step: 'startStage', state })).rejects.toMatchObject({
      name: 'Steadfast.internal',
    });
  });

  it.each([
    ['Steadfast.busy', new SteadfastError('busy', 'another run holds it')],
    ['Steadfast.permission', new SteadfastError('permission', 'AWS refused')],
    ['Steadfast.internal', new TypeError('a slip of ours')],
    ['Steadfast.retryable', Object.assign(new Error('rate exceeded'), { name: 'ThrottlingException' })],
    ['Steadfast.retryable', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['Steadfast.retryable', Object.assign(new Error('unwell'), { $metadata: { httpStatusCode: 503 } })],
    [
      'Steadfast.retryable',
      new SteadfastError('internal', 'not told', {
        cause: Object.assign(new Error(), { name: 'ThrottledException' }),
      }),
    ],
  ])('reports %s as the state machine matches it', async (name, error) => {
    await expect(failing(error)).rejects.toMatchObject({ name, message: containing(error.message) });
  });

  it('reports the hint with the message, since the console shows no more than that', async () => {
    const error = new SteadfastError('invalid', 'there is no template EXT1', { hint: 'deploy again' });
    await expect(failing(error)).rejects.toThrow('there is no template EXT1 (deploy again)');
  });

  it('is wired once, by the first event, and logs the run and the step', async () => {
    const { handler, built, lines } = setUp();
    expect(built).toHaveLength(0);
    for (let event = 0; event < 2; event += 1) await handler({ step: 'conclude', state }).catch(() => {});
    expect(built).toHaveLength(1);
    expect(lines).toContainEqual([{ step: 'conclude', runId: 'run-1' }]);
  });

  it('reports a wiring that fails as an error of the step', async () => {
    const handler = createHandler({
      steps: { conclude },
      build: () => {
        throw new SteadfastError('invalid', 'environment variables are missing');
      },
    });
    await expect(handler({ step: 'conclude', state })).rejects.toMatchObject({ name: 'Steadfast.invalid' });
  });
});
