import { describe, expect, it } from 'vitest';
import { campaignJobOf } from '../../lib/campaign/job-of.ts';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { environmentTarget, slowDatabase, staging, stopTasks } from '../plan/examples.ts';
import { minuteMs } from './jobs.ts';

const layered = {
  ...staging,
  services: {
    ...staging.services,
    shop: { ...staging.services.shop, uses: ['cart', 'mail'] },
    cart: { tags: { Service: 'cart' }, uses: ['database'] },
    mail: { url: 'https://mail.example.com' },
    books: {},
  },
} as const satisfies EnvironmentDefinition;

const jobOf = (definition: ExperimentDefinition, environment: EnvironmentDefinition = layered) =>
  campaignJobOf(experimentSchema.parse(definition), environmentTarget(environment));

describe('an experiment in a campaign', () => {
  it('touches what its faults select and name, and needs all that lies below it to be left alone', () => {
    expect(jobOf(slowDatabase)).toMatchObject({
      id: 'staging/slow-database',
      owner: 'team-shop',
      touches: ['database', 'shop'],
      uses: ['cart', 'mail'],
    });
  });

  it('needs what its probes look at to be left alone too, and what that uses', () => {
    const inCart = {
      ...stopTasks,
      faults: { stop: { ...stopTasks.faults.stop, selector: { service: 'mail' } } },
    };
    expect(jobOf(inCart)).toMatchObject({ touches: ['mail'], uses: ['cart', 'database', 'shop'] });
  });

  it('touches everything where nobody knows whom its fault reaches', () => {
    const zone = {
      ...stopTasks,
      faults: { stop: { action: 'aws:ecs:stop-task', selector: { tags: { Zone: 'a' } } } },
    } as const satisfies ExperimentDefinition;
    expect(jobOf(zone)).toMatchObject({ touches: ['books', 'cart', 'database', 'mail', 'shop'], uses: [] });
  });

  it('is planned for as long as each of its steps may take, with the wait before each fault in production', () => {
    // Admission 2, baseline 1, stages 2 + 3 + 5 with a minute around each, recovery 1 and half a minute of proof, conclusion 1.
    expect(jobOf(slowDatabase).durationMs).toBe(18.5 * minuteMs);
    expect(jobOf(slowDatabase, { ...layered, production: true }).durationMs).toBe(21.5 * minuteMs);
    const undone = {
      flush: { http: { service: 'shop', path: '/flush' }, provenBy: 'products', timeout: '4m' },
    } as const;
    expect(jobOf({ ...slowDatabase, rollbacks: undone }).durationMs).toBe(22.5 * minuteMs);
  });
});
