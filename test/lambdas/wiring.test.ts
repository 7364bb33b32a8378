import { describe, expect, it } from 'vitest';
import { createWiring } from '../../lambdas/wiring.ts';
import { createAdmitPorts } from '../../lib/aws/ports/admit-ports.ts';
import { createFakeAws } from '../fakes/fake-aws-account.ts';
import { runnerInput } from '../fakes/fake-aws-input.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

const variables = {
  STEADFAST_ENVIRONMENT: 'staging',
  STEADFAST_TABLE: 'steadfast-staging',
  STEADFAST_BUCKET: 'steadfast-staging',
  STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:steadfast-staging',
};

const clock = createVirtualClock();
const { clients } = createFakeAws({ clock, fis: { templates: {} }, tasks: [], tags: {} });

describe('the wiring of a function', () => {
  it('names every environment variable that is missing or wrong', () => {
    const wrong = { ...variables, STEADFAST_TABLE: undefined, STEADFAST_TOPIC_ARN: 'runs' };
    expect(() => createWiring(createAdmitPorts, { variables: wrong, clients })).toThrow(
      /STEADFAST_TABLE, STEADFAST_TOPIC_ARN/,
    );
  });

  it('serves its own environment', () => {
    const ports = createWiring(createAdmitPorts, { variables, clients, clock }).ports(runnerInput(), 'run-1');
    expect(ports.clock).toBe(clock);
  });

  it('refuses a run that is for another environment', () => {
    const input = runnerInput();
    const production = { ...input, environment: { ...input.environment, id: 'production' } };
    const { ports } = createWiring(createAdmitPorts, { variables, clients, clock });
    expect(() => ports(production, 'run-1')).toThrow(
      'the run is for production, and this is the runner of staging',
    );
  });

  it.each([
    ['admit', () => import('../../lambdas/admit.ts')],
    ['observe', () => import('../../lambdas/observe.ts')],
    ['fault', () => import('../../lambdas/fault.ts')],
    ['rollback', () => import('../../lambdas/rollback.ts')],
    ['recover', () => import('../../lambdas/recover.ts')],
    ['conclude', () => import('../../lambdas/conclude.ts')],
  ])('waits for the first event: %s loads without any, and then says what it lacks', async (_, load) => {
    const { handler } = await load();
    await expect(handler({})).rejects.toThrow('environment variables are missing or wrong');
  });
});
