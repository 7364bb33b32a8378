import { describe, expect, it } from 'vitest';
import { environmentTarget, labTarget, planOf, slowDatabase, staging } from './examples.ts';

describe("the runner's input", () => {
  it('gives an automation its role by ARN, though the environment gives the name', () => {
    const restart = { document: 'Shop-Restart', role: 'shop-restart' };
    const { input } = planOf(
      {
        ...slowDatabase,
        rollbacks: { restart: { ssmAutomation: { document: 'restart' }, provenBy: 'products' } },
      },
      environmentTarget({ ...staging, documents: { restart } }),
    );
    expect(input.documents).toEqual({
      restart: { document: 'Shop-Restart', role: 'arn:aws:iam::111111111111:role/shop-restart' },
    });
  });

  it('has the ECS services that probes look at, and no others', () => {
    const tasks = {
      ecsService: { service: 'shop', shareOf: 'running' },
      tolerances: { value: { above: 0.5 } },
    } as const;
    const { input } = planOf({ ...slowDatabase, proofs: { tasks } });
    expect(input.ecsServices).toEqual({ shop: { cluster: 'staging', service: 'shop' } });
    expect(planOf().input.ecsServices).toBeUndefined();
    const inLab = planOf({ ...slowDatabase, steadyState: { tasks } }, labTarget());
    expect(inLab.input.ecsServices).toEqual({ shop: { cluster: 'shop', service: 'shop' } });
  });

  it('has the functions that probes call', () => {
    const looked = { lambda: { function: 'look' }, tolerances: { value: { below: 1 } } } as const;
    const target = environmentTarget({ ...staging, functions: { look: 'shop-look', other: 'shop-other' } });
    expect(planOf({ ...slowDatabase, steadyState: { looked } }, target).input.functions).toEqual({
      look: 'shop-look',
    });
  });

  it('has the URLs of what controls and sources of answers are asked at', () => {
    const target = environmentTarget({
      ...staging,
      services: {
        ...staging.services,
        store: { url: 'https://store.example.com' },
        web: { url: 'https://web.example.com' },
      },
    });
    const { input } = planOf(
      {
        ...slowDatabase,
        controls: { untouched: { http: { service: 'web', path: '/' } } },
        steadyState: {
          lag: {
            http: {
              service: 'shop',
              path: '/',
              behind: { at: '$.n', source: { service: 'store', path: '/', numberOf: '$.n' } },
            },
            tolerances: { value: { below: 5 } },
          },
        },
      },
      target,
    );
    expect(Object.keys(input.services).toSorted()).toEqual(['shop', 'store', 'web']);
  });
});
