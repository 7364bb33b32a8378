import { readFileSync } from 'node:fs';
import type { IPolicyValidationPlugin, PolicyViolation } from 'aws-cdk-lib';
import * as z from 'zod';

const templateSchema = z.looseObject({
  Resources: z
    .record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown().optional() }))
    .default({}),
});

const propertiesSchema = z.looseObject({
  Targets: z
    .record(z.string(), z.looseObject({ ResourceTags: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
  StopConditions: z
    .array(z.looseObject({ Source: z.unknown().optional(), Value: z.unknown().optional() }))
    .optional(),
});

type Tag = { readonly key: string; readonly value: string };
type Breach = { readonly rule: keyof typeof rules; readonly location: string };

const rules = {
  'environment-tag': {
    description:
      'a target of an FIS template does not select by the environment tag, so the fault could leave its environment',
    fix: (tag: Tag) => `add the tag ${tag.key}=${tag.value} to the target's ResourceTags`,
  },
  'stop-condition': {
    description:
      'an FIS template has no CloudWatch alarm to stop on, so nothing would end the fault by itself',
    fix: () => "give it a stop condition with the source 'aws:cloudwatch:alarm' and the alarm's ARN",
  },
  unreadable: {
    description: 'an FIS template is written so that it cannot be checked',
    fix: () => 'write targets and stop conditions out, without intrinsic functions around them',
  },
} as const;

/**
 * Refuses, at synthesis, FIS templates whose targets lack the environment tag or that stop on no alarm: also those that nobody
 * planned. It reads what will be deployed, whatever made it, and can be used in any CDK app:
 *
 * @example
 * Validations.of(app).addPlugins(environmentFence({ key: 'Env', value: 'staging' }));
 */
export const environmentFence = (tag: Tag): IPolicyValidationPlugin => ({
  name: 'steadfast-fence',
  ruleIds: Object.keys(rules),
  validate: ({ templatePaths }) => {
    const violations = templatePaths.flatMap((path) => violationsIn(path, tag));
    return { success: violations.length === 0, violations };
  },
});

function violationsIn(templatePath: string, tag: Tag): PolicyViolation[] {
  const { Resources } = templateSchema.parse(JSON.parse(readFileSync(templatePath, 'utf8')));
  return Object.entries(Resources).flatMap(([resourceLogicalId, { Type, Properties }]) =>
    Type === 'AWS::FIS::ExperimentTemplate'
      ? breachesOf(Properties, tag).map(({ rule, location }) => ({
          ruleName: rule,
          description: rules[rule].description,
          fix: rules[rule].fix(tag),
          severity: 'error',
          violatingResources: [{ resourceLogicalId, templatePath, locations: [location] }],
        }))
      : [],
  );
}

function breachesOf(properties: unknown, tag: Tag): Breach[] {
  const read = propertiesSchema.safeParse(properties);
  if (!read.success) return [{ rule: 'unreadable', location: 'Properties' }];
  const { Targets = {}, StopConditions = [] } = read.data;
  const untagged = Object.entries(Targets).filter(
    ([, { ResourceTags }]) => ResourceTags?.[tag.key] !== tag.value,
  );
  const stopsOnAlarms =
    StopConditions.length > 0 &&
    StopConditions.every(
      ({ Source, Value }) => Source === 'aws:cloudwatch:alarm' && Value !== undefined && Value !== '',
    );
  return [
    ...untagged.map(
      ([name]): Breach => ({ rule: 'environment-tag', location: `Properties/Targets/${name}` }),
    ),
    ...(stopsOnAlarms ? [] : [{ rule: 'stop-condition' as const, location: 'Properties/StopConditions' }]),
  ];
}
