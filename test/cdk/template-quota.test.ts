import { describe, expect, it } from 'vitest';
import { templateQuotaProblems } from '../../lib/cdk/template-quota.ts';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { slowDatabase, staging } from '../plan/examples.ts';

const environment = environmentSchema.parse(staging);
const sandbox = { ...environment, id: 'sandbox' };
const elsewhere = { ...environment, id: 'elsewhere', region: 'eu-central-1' };

const stages = (count: number) =>
  Array.from({ length: count }, () => ({ share: 'one', duration: '1m' }) as const);
const experiment = (owner: string, count: number, environments: ExperimentDefinition['environments']) =>
  experimentSchema.parse({ ...slowDatabase, owner, stages: stages(count), environments });

describe("FIS's quota of templates", () => {
  it('is met by a stage for each of them', () => {
    const experiments = [
      experiment('team-shop', 499, { staging: {} }),
      experiment('team-cart', 1, { staging: {} }),
    ];
    expect(templateQuotaProblems(experiments, [environment], environment)).toEqual([]);
  });

  it('is broken by one more, with the owners that use it, the largest first, and the way out', () => {
    const experiments = [
      experiment('team-cart', 100, { staging: {} }),
      experiment('team-shop', 200, { staging: {} }),
      experiment('team-pay', 1, { staging: {} }),
      experiment('team-shop', 200, { staging: {} }),
    ];
    expect(templateQuotaProblems(experiments, [environment], environment)).toEqual([
      {
        code: 'too-many-templates',
        path: [],
        message:
          'the experiments of staging have 501 stages, each an FIS template, and account 111111111111 holds 500 in eu-west-1: team-shop 400, team-cart 100, team-pay 1',
        hint: 'write fewer stages, or deploy the experiments of some owners to an environment in another account or Region',
      },
    ]);
  });

  it('is shared by environments of the same account and Region, and by no others', () => {
    const both = experiment('team-shop', 251, { staging: {}, sandbox: {}, elsewhere: {} });
    const environments = [environment, sandbox, elsewhere];
    const [problem] = templateQuotaProblems([both], environments, environment);
    expect(problem?.message).toContain('the experiments of staging and sandbox have 502 stages');
    expect(problem?.message).toContain('team-shop in staging 251, team-shop in sandbox 251');
    expect(templateQuotaProblems([both], environments, elsewhere)).toEqual([]);
  });

  it('does not count what is not deployed there', () => {
    const many = experiment('team-shop', 400, { staging: {} });
    const rehearsed = experiment('team-shop', 400, undefined);
    expect(templateQuotaProblems([many, rehearsed], [environment, sandbox], environment)).toEqual([]);
  });
});
