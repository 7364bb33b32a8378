import {
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { App, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createSsmListings } from '../../lib/aws/ssm-listings.ts';
import { publishExperiments } from '../../lib/cdk/listed-experiments.ts';
import { fisLimits } from '../../lib/fis/limits.ts';
import { environmentNames } from '../../lib/plan/environment-names.ts';
import { matching } from '../fakes/matching.ts';
import { itListsExperiments, planOf } from '../run/ports-contract.ts';
import { synthesize, templateNamed } from './synthesis.ts';

/** A parameter of the standard tier holds so many characters (Systems Manager quotas). */
const longestValue = 4_096;

const staging = environmentNames({ id: 'staging', account: '111111111111', region: 'eu-west-1' });
const parameterSchema = z.object({ Name: z.string(), Value: z.string(), Type: z.literal('StringList') });
type Parameter = z.output<typeof parameterSchema>;

/** The parameters that a stack lists experiments in. */
const parametersOf = (stack: Stack): Parameter[] =>
  Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter')).map(({ Properties }) =>
    parameterSchema.parse(Properties),
  );

/** A stack of somebody's own app. */
function stackCalled(stackName: string): Stack {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { stackName });
  new CfnWaitConditionHandle(stack, 'WhatElseIsInIt');
  return stack;
}

const plansOf = (ids: readonly string[]) => new Map(ids.map((id) => [id, planOf(id)]));

/** The ids in a list, without the marks behind them. */
const idsIn = (list: string) => list.split(',').filter((item) => !item.startsWith('='));

function published(ids: readonly string[], stackName = 'shop-service'): Parameter[] {
  const stack = stackCalled(stackName);
  publishExperiments(stack, staging, plansOf(ids));
  return parametersOf(stack);
}

/** Parameter Store with what stacks have published in it. */
function listingsOver(parameters: readonly Parameter[]) {
  const ssm = new SSMClient({ region: 'eu-west-1' });
  mockClient(ssm)
    .on(GetParametersByPathCommand)
    .callsFake(({ Path }: GetParametersByPathCommandInput) => ({
      Parameters: parameters.filter(({ Name }) => Name.startsWith(`${Path}/`)),
    }));
  return createSsmListings({ ssm, environment: 'staging' });
}

describe('the experiments that are deployed', () => {
  describe('published by a stack and read by admission', () => {
    itListsExperiments((deployed) => listingsOver(published(deployed)));
  });

  it('are listed by the core of their environment, and those of other environments are not', () => {
    const core = templateNamed(synthesize(), 'steadfast-staging-core');
    const lists = Object.values(core.Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::SSM::Parameter' && Properties['Type'] === 'StringList' ? [Properties] : [],
    );
    expect(lists).toEqual([
      {
        Type: 'StringList',
        Name: matching(/^\/steadfast\/staging\/experiments\/steadfast-staging-core-[0-9a-f]$/),
        Description: 'Steadfast: experiments that are deployed in staging',
        Value: matching(/^slow-database,=[0-9a-f]{12}$/),
      },
    ]);
  });

  it('fit their parameters, as many as an account holds templates and with ids as long as they may be', () => {
    const ids = Array.from({ length: fisLimits.templates }, (_, index) => `x${index}`.padEnd(40, '-'));
    const parameters = published(ids);
    expect(parameters.flatMap(({ Value }) => idsIn(Value)).toSorted()).toEqual(ids.toSorted());
    for (const { Value } of parameters) expect(Value.length).toBeLessThan(longestValue * 0.6);
  });

  it('stay in their parameter whatever is deployed beside them, so that no deploy hides one for a moment', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(ids, fc.nat(), (all, pick) => {
        const gone = all[pick % all.length];
        const [before, after] = [published(all), published(all.filter((id) => id !== gone))];
        for (const { Name, Value } of after) {
          const was = before.find((parameter) => parameter.Name === Name)?.Value ?? '';
          expect(idsIn(Value)).toEqual(idsIn(was).filter((id) => id !== gone));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('share the parameters of their stack when each is published by itself, in whatever order', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `experiment-${index}`);
    const stack = stackCalled('shop-service');
    for (const id of ids.toReversed()) publishExperiments(stack, staging, plansOf([id]));
    expect(parametersOf(stack).toSorted((a, b) => a.Name.localeCompare(b.Name))).toEqual(
      published(ids).toSorted((a, b) => a.Name.localeCompare(b.Name)),
    );
  });

  it('are listed beside those of other stacks, also of a stack that is called like a part of the other', async () => {
    const parameters = [
      ...published(['slow-database'], 'steadfast-staging-core'),
      ...published(['slow-database-2', 'stop-tasks'], 'core'),
      ...published(['slow-cache'], 'core-1'),
    ];
    expect(new Set(parameters.map(({ Name }) => Name)).size).toBe(parameters.length);
    const listings = listingsOver(parameters);
    for (const id of ['slow-database', 'slow-database-2', 'stop-tasks', 'slow-cache'])
      expect(await listings.look(id, planOf(id))).toBe('listed');
  });

  it('of two environments in one stack stay apart', () => {
    const stack = stackCalled('shop-service');
    const sandbox = environmentNames({ id: 'sandbox', account: '111111111111', region: 'eu-west-1' });
    publishExperiments(stack, staging, plansOf(['slow-database']));
    publishExperiments(stack, sandbox, plansOf(['slow-database', 'stop-tasks']));
    const ofStaging = parametersOf(stack).filter(({ Name }) => Name.startsWith(`${staging.experimentList}/`));
    expect(ofStaging.map(({ Value }) => idsIn(Value))).toEqual([['slow-database']]);
  });
});
