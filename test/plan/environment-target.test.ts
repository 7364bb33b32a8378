import { describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { environmentTarget, problemsIn, slowDatabase, staging } from './examples.ts';

const withShop = (shop: EnvironmentDefinition['services'][string]) =>
  environmentTarget({ ...staging, services: { ...staging.services, shop } }).services['shop'];

describe('the resources of a service', () => {
  it('may be anything that FIS selects by tag, where only its tags are known, and tasks where it is an ECS service', () => {
    const { resourceTypes = [], declaredTypes } = withShop({ tags: { Service: 'shop' } }) ?? {};
    expect(resourceTypes).toContain('aws:rds:cluster');
    expect(resourceTypes).not.toContain('aws:ecs:task');
    expect(declaredTypes).toEqual([]);
  });

  it('are what it says that it has, and nothing else', () => {
    const shop = withShop({ ...staging.services.shop, has: ['aws:rds:cluster'] });
    expect(shop?.resourceTypes).toEqual(['aws:rds:cluster', 'aws:ecs:task']);
    expect(shop?.declaredTypes).toEqual(shop?.resourceTypes);
  });

  it('are nothing without tags, whatever else there is', () => {
    expect(withShop({ url: 'https://shop.example.com' })?.resourceTypes).toEqual([]);
  });

  it('keep a fault away that could hit nothing', () => {
    const target = environmentTarget({
      ...staging,
      services: { ...staging.services, shop: { ...staging.services.shop, has: ['aws:ecs:task'] } },
    });
    const onDatabases: ExperimentDefinition = {
      ...slowDatabase,
      stages: [{ share: 'one', duration: '1m' }],
      faults: { failover: { action: 'aws:rds:failover-db-cluster', selector: { service: 'shop' } } },
    };
    expect(problemsIn(onDatabases, target)).toEqual(['not-selectable faults.failover.selector.service']);
    expect(problemsIn(onDatabases)).toEqual([]);
  });
});
