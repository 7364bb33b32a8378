import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { containing } from '../fakes/matching.ts';
import { staging } from '../plan/examples.ts';

const withObjective = (objective: unknown) => ({
  ...staging,
  services: { ...staging.services, shop: { ...staging.services.shop, objective } },
});
const issuesOf = (objective: unknown) => environmentSchema.safeParse(withObjective(objective)).error?.issues;

describe('the objective of a service', () => {
  it('is an availability over thirty days, where nothing else is said', () => {
    const read = environmentSchema.parse(withObjective({ availability: '99.9%' }));
    expect(read.services['shop']?.objective).toMatchObject({
      availability: { text: '99.9%' },
      over: { text: '30d' },
    });
  });

  it.each([
    [{}, "say 'availability', 'requests' or both"],
    [{ availability: '100%' }, 'leaves no error budget'],
    [{ availability: '99.9%', requests: 'errorRat' }, "no metric is called 'errorRat'"],
  ])('is refused: %j', (objective, message) => {
    expect(issuesOf(objective)).toMatchObject([{ message: containing(message) }]);
  });
});
