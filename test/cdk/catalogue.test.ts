import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { faultSchema } from '../../lib/experiment/fault.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actions } from '../../lib/fis/catalogue.ts';
import { exampleFault } from '../../lib/fis/parameter-facts.ts';
import { declaring, environmentTarget, slowDatabase } from '../plan/examples.ts';
import { problemsWith } from '../plan/fault-examples.ts';
import { nagFindings } from './nag-findings.ts';
import { schemaProblems } from './schema-problems.ts';
import { type Synthesized, synthesizeApp } from './synthesis.ts';

const all: readonly FisAction[] = actions;
const planned = all.filter(
  (action) => problemsWith(exampleFault(action), environmentTarget(declaring)).length === 0,
);

/** The faults as definitions hold them: what their schema accepts as it was written. */
const isFault = (fault: unknown): fault is z.input<typeof faultSchema> =>
  faultSchema.safeParse(fault).success;

const templateSchema = z.looseObject({
  Actions: z.record(z.string(), z.looseObject({ ActionId: z.string() })),
  Targets: z.record(
    z.string(),
    z.looseObject({
      ResourceType: z.string(),
      ResourceTags: z.record(z.string(), z.string()).optional(),
      ResourceArns: z.array(z.string()).optional(),
      Parameters: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const roleSchema = z.looseObject({ Policies: z.array(z.looseObject({ PolicyDocument: z.unknown() })) });

/** IAM takes so many characters of inline policies in a role, white space not counted (IAM quotas). */
const longestPolicies = 10_240;

describe('the faults that an environment can confine, by its tag or by what it declares', () => {
  let synthesized: Synthesized;

  beforeAll(() => {
    const experiments = planned.flatMap((action, index) => {
      const fault = exampleFault(action);
      if (!isFault(fault)) return [];
      return {
        ...slowDatabase,
        id: `fault-${index}`,
        stages: [{ share: 'one' as const, duration: '15m' as const }],
        faults: { it: fault },
        environments: { staging: {} },
      };
    });
    synthesized = synthesizeApp({ experiments, environments: [declaring] });
  });

  const resources = (type: string) =>
    [...synthesized.stacks.values()].flatMap(({ template: { Resources } }) =>
      Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : [])),
    );

  it('are synthesized, each with the environment tag on its target, or on what is declared', () => {
    const templates = resources('AWS::FIS::ExperimentTemplate').map((one) => templateSchema.parse(one));
    const ids = templates.flatMap(({ Actions }) => Object.values(Actions).map(({ ActionId }) => ActionId));
    expect(new Set(ids.filter((id) => id !== 'aws:fis:wait'))).toEqual(new Set(planned.map(({ id }) => id)));
    const targets = templates.flatMap(({ Targets }) => Object.entries(Targets));
    expect(targets.length).toBe(all.filter(({ target }) => target !== undefined).length);
    for (const [name, { ResourceType, ResourceTags, ResourceArns, Parameters }] of targets) {
      expect(name).toBe('it');
      const isTagged = ResourceTags?.[environmentTarget().tag.key] === 'staging';
      const isDeclared =
        ResourceType === 'aws:eks:pod' ? Parameters?.['namespace'] === 'shop' : ResourceArns !== undefined;
      expect([isTagged, isDeclared].filter(Boolean)).toHaveLength(1);
    }
  });

  it('keep the names of parameters of targets as FIS has them', () => {
    const caches = resources('AWS::FIS::ExperimentTemplate')
      .map((one) => templateSchema.parse(one).Targets['it'])
      .filter((target) => target?.ResourceType === 'aws:elasticache:replicationgroup');
    expect(caches).toMatchObject([{ Parameters: { availabilityZoneIdentifier: 'eu-west-1a' } }]);
  });

  it('have roles whose policies IAM takes', () => {
    const lengths = resources('AWS::IAM::Role').flatMap((role) => {
      const parsed = roleSchema.safeParse(role);
      return parsed.success ? [JSON.stringify(parsed.data.Policies).length] : [];
    });
    expect(lengths.length).toBeGreaterThanOrEqual(planned.length);
    expect(Math.max(...lengths)).toBeLessThan(longestPolicies);
  });

  it("fit CloudFormation's own schemas, and leave cdk-nag without an open finding", () => {
    expect([...synthesized.stacks.values()].flatMap(({ template }) => schemaProblems(template))).toEqual([]);
    expect(synthesized.findings).toEqual([]);
    expect(nagFindings(synthesized.app)).toEqual([]);
  });
});
