import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPlanSchema } from '../../../lib/cli/plan/run-plan-document.ts';
import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import { containing } from '../../fakes/matching.ts';
import { slowDatabase, staging } from '../../plan/examples.ts';
import { planWorld, promised } from '../plan/plan-world.ts';

describe('a plan without AWS', () => {
  const noCredentials = async () => {
    throw new SteadfastError('permission', 'there are no AWS credentials', { cause: new Error('none') });
  };

  it('--offline tells durations, risk, cost and needs, connects to nothing and ends with 0', async () => {
    const { run, fake } = await planWorld({ environment: promised });
    const { code, out } = await run({ offline: true });
    expect(code).toBe(0);
    expect(fake.choices).toEqual([]);
    expect(out).toContain('Nobody can tell: AWS was not asked.');
    expect(out).toContain('for a run that goes through all its stages');
    expect(out).toContain('AWS: --offline was given');
    expect(out).toContain('all of the requests at most');
    expect(out).toMatch(/it needs [^?]*ssm:SendCommand/);
  });

  it('no credentials tell the same and why, and end with 4: what nobody asked is no yes', async () => {
    const { run } = await planWorld({ outside: { caller: noCredentials } });
    const { code, out, err } = await run({ json: true });
    expect(code).toBe(4);
    const plan = runPlanSchema.parse(JSON.parse(out));
    expect(plan.admitted).toBeUndefined();
    expect(plan.notAsked[0]).toBe('AWS: there are no AWS credentials');
    expect(err).toContain('steadfast: there are no AWS credentials');
  });

  it('credentials of another account are refused before anything is asked', async () => {
    const { run } = await planWorld({ account: '222222222222' });
    await expect(run()).rejects.toMatchObject({
      code: 'permission',
      message: containing('in the account 111111111111'),
    });
  });

  it.each([
    [{ 'experiments/slow-database.json': slowDatabase }, 'unknown-id', 'has not both'],
    [
      {
        'experiments/slow-database.json': { ...slowDatabase, environments: { production: {} } },
        'experiments/environments/staging.json': staging,
      },
      'invalid',
      'is not deployed to staging',
    ],
  ])('what the project has not, or does not deploy there, is refused (%#)', async (files, code, message) => {
    const { run } = await planWorld({ files });
    await expect(run({ offline: true })).rejects.toMatchObject({ code, message: containing(message) });
  });
});

describe('prices of one’s own', () => {
  const withPrices = async (text: string) => {
    const { run, root } = await planWorld();
    writeFileSync(join(root, 'prices.yaml'), text);
    return run({ offline: true, prices: 'prices.yaml', json: true });
  };

  it('replace those of the list, and are told as given', async () => {
    const plan = runPlanSchema.parse(JSON.parse((await withPrices('fisActionMinute: 0.12\n')).out));
    expect(plan.cost.fis.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(1.2, 9);
    expect(plan.cost.fis[0]).toMatchObject({ unitUsd: 0.12, source: 'given on the command line' });
  });

  it.each([
    ['fisActionMinut: 0.12', "no price is called 'fisActionMinut'", "did you mean 'fisActionMinute'?"],
    ['fisActionMinute: -1', 'is no amount of USD', 'fisActionMinute: 0.12'],
    ['- 1', 'is no map of prices', 'fisActionMinute'],
  ])('are refused with their place: %s', async (text, message, hint) => {
    await expect(withPrices(`${text}\n`)).rejects.toMatchObject({
      code: 'invalid',
      problems: [{ file: 'prices.yaml', message: containing(message), hint: containing(hint) }],
    });
  });

  it('are looked for where they are said to be', async () => {
    const { run } = await planWorld();
    await expect(run({ offline: true, prices: 'gone.yaml' })).rejects.toMatchObject({ code: 'unknown-id' });
  });
});
