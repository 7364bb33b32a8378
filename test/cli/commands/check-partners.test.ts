import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../../../lib/cdk/build-app.ts';
import { environmentSchema } from '../../../lib/experiment/environment.ts';
import { containing, withFields } from '../../fakes/matching.ts';
import { staging } from '../../plan/examples.ts';
import { commandHere } from '../command-here.ts';

const ohio = { ...staging, id: 'ohio', account: '222222222222', region: 'us-east-2' };
const arn = 'arn:aws:events:us-east-2:222222222222:event-bus/steadfast-ohio-campaigns';

const problemsSchema = z.object({ problems: z.array(z.record(z.string(), z.unknown())) });

/** What `check` has to say of `staging` beside other environments. */
async function checked(campaignPartners: readonly string[], others: readonly (typeof ohio)[], word?: string) {
  const files = Object.fromEntries(
    [{ ...staging, campaignPartners }, ...others].map((one) => [
      `experiments/environments/${one.id}.json`,
      one,
    ]),
  );
  const { code, stdout } = await commandHere(files).run(
    'check',
    ...(word === undefined ? [] : [word]),
    '--json',
  );
  return { code, problems: problemsSchema.parse(JSON.parse(stdout)).problems };
}

const mutual = { ...ohio, campaignPartners: ['staging'] };

describe('steadfast check of campaignPartners', () => {
  it('is fine with partners that name each other, by id or by the ARN of a bus, and with one of another repository', async () => {
    expect(await checked(['ohio'], [mutual])).toEqual({ code: 0, problems: [] });
    expect(await checked([arn], [mutual])).toEqual({ code: 0, problems: [] });
    expect(await checked([arn], [])).toEqual({ code: 0, problems: [] });
  });

  it.each([
    ['nobody of that name', ['ohoi'], [mutual], 'unknown-name', "did you mean 'ohio'?"],
    ['one that does not name it', ['ohio'], [ohio], 'one-sided', "add campaignPartners: ['staging'] to ohio"],
    ['itself', ['staging'], [], 'same-place', 'leave it out'],
    [
      'one in its own account and Region',
      ['ohio'],
      [{ ...mutual, account: staging.account, region: staging.region }],
      'same-place',
      "write dispatches: ['ohio'] in its place",
    ],
    [
      'one whose Region no event reaches',
      ['ohio'],
      [{ ...mutual, region: 'cn-north-1' }],
      'elsewhere',
      'leave it out',
    ],
  ])('refuses %s', async (_what, partners, others, code, hint) => {
    for (const word of [undefined, 'staging', 'experiments/environments/staging.json']) {
      const found = await checked(partners, others, word);
      expect(found.code).toBe(4);
      expect(found.problems).toContainEqual(
        withFields({ code, path: ['campaignPartners', 0], hint: containing(hint) }),
      );
    }
  });

  it('refuses what is neither an id nor an ARN of such a bus', async () => {
    const { code, problems } = await checked(['arn:aws:events:us-east-2:222222222222:event-bus/default'], []);
    expect(code).toBe(4);
    expect(problems).toMatchObject([{ message: containing('neither the id of an environment nor the ARN') }]);
  });

  it('is what synthesis refuses, too', async () => {
    const { App } = await import('aws-cdk-lib');
    const environments = [{ ...staging, campaignPartners: ['ohio'] }, ohio].map((definition) => ({
      definition,
      parsed: environmentSchema.parse(definition),
    }));
    const build = () =>
      buildApp({
        app: new App(),
        project: { experiments: [], environments },
        environmentId: 'staging',
        handlers: () => {
          throw new Error('it is not refused');
        },
      });
    expect(build).toThrow(withFields({ problems: [withFields({ code: 'one-sided' })] }));
  });
});
