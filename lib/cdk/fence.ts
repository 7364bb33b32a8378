import { readFileSync } from 'node:fs';
import type { IPolicyValidationPlugin, PolicyViolation } from 'aws-cdk-lib';
import * as z from 'zod';
import { fitsAny } from '../fis/arn.ts';
import { isResourceType, resourceTypeFacts } from '../fis/resource-types.ts';
import type { Declarations } from '../plan/declared.ts';

const templateSchema = z.looseObject({
  Resources: z
    .record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown().optional() }))
    .default({}),
});

const propertiesSchema = z.looseObject({
  Targets: z
    .record(
      z.string(),
      z.looseObject({
        ResourceType: z.unknown().optional(),
        ResourceTags: z.record(z.string(), z.unknown()).optional(),
        ResourceArns: z.array(z.unknown()).optional(),
        Parameters: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  StopConditions: z
    .array(z.looseObject({ Source: z.unknown().optional(), Value: z.unknown().optional() }))
    .optional(),
});

type Tag = { readonly key: string; readonly value: string };
type WrittenTarget = NonNullable<z.output<typeof propertiesSchema>['Targets']>[string];

/** What an environment lets faults hit: what carries its tag, and what it declares. */
interface Around extends Declarations {
  readonly tag: Tag;
}
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
  declared: {
    description:
      'a target of a type that FIS cannot select by tag is not declared by the environment, so the fault could leave it',
    fix: () => 'declare it by a service of the environment, by whole ARN or by cluster and namespace',
  },
  unreadable: {
    description: 'an FIS template is written so that it cannot be checked',
    fix: () => 'write targets and stop conditions out, without intrinsic functions around them',
  },
} as const;

/**
 * Refuses, at synthesis, FIS templates whose targets lack the environment tag (or, where FIS cannot select by tag, are not declared) or
 * that stop on no alarm: also those that nobody planned. It reads what will be deployed, whatever made it, and can be used in any CDK app:
 *
 * @example
 * Validations.of(app).addPlugins(environmentFence({ key: 'Env', value: 'staging' }));
 */
export const environmentFence = (
  tag: Tag,
  declarations: Declarations = { declared: [], namespaces: [] },
): IPolicyValidationPlugin => ({
  name: 'steadfast-fence',
  ruleIds: Object.keys(rules),
  validate: ({ templatePaths }) => {
    const around = { tag, ...declarations };
    const violations = templatePaths.flatMap((path) => violationsIn(path, around));
    return { success: violations.length === 0, violations };
  },
});

function violationsIn(templatePath: string, around: Around): PolicyViolation[] {
  const { Resources } = templateSchema.parse(JSON.parse(readFileSync(templatePath, 'utf8')));
  return Object.entries(Resources).flatMap(([resourceLogicalId, { Type, Properties }]) =>
    Type === 'AWS::FIS::ExperimentTemplate'
      ? breachesOf(Properties, around).map(({ rule, location }) => ({
          ruleName: rule,
          description: rules[rule].description,
          fix: rules[rule].fix(around.tag),
          severity: 'error',
          violatingResources: [{ resourceLogicalId, templatePath, locations: [location] }],
        }))
      : [],
  );
}

function breachesOf(properties: unknown, around: Around): Breach[] {
  const read = propertiesSchema.safeParse(properties);
  if (!read.success) return [{ rule: 'unreadable', location: 'Properties' }];
  const { Targets = {}, StopConditions = [] } = read.data;
  const stopsOnAlarms =
    StopConditions.length > 0 &&
    StopConditions.every(
      ({ Source, Value }) => Source === 'aws:cloudwatch:alarm' && Value !== undefined && Value !== '',
    );
  return [
    ...Object.entries(Targets).flatMap(([name, target]): Breach[] => {
      const rule = brokenBy(target, around);
      return rule === undefined ? [] : [{ rule, location: `Properties/Targets/${name}` }];
    }),
    ...(stopsOnAlarms ? [] : [{ rule: 'stop-condition' as const, location: 'Properties/StopConditions' }]),
  ];
}

/** The rule that a target breaks, if it does. */
function brokenBy(target: WrittenTarget, { tag, declared, namespaces }: Around): Breach['rule'] | undefined {
  const { ResourceType, ResourceTags, ResourceArns, Parameters = {} } = target;
  const byTag =
    typeof ResourceType !== 'string' ||
    !isResourceType(ResourceType) ||
    resourceTypeFacts(ResourceType).byTag;
  if (byTag) return ResourceTags?.[tag.key] === tag.value ? undefined : 'environment-tag';
  const isDeclared =
    ResourceType === 'aws:eks:pod'
      ? namespaces.some(
          ({ cluster, namespace }) =>
            Parameters['clusterIdentifier'] === cluster && Parameters['namespace'] === namespace,
        )
      : ResourceArns !== undefined &&
        ResourceArns.length > 0 &&
        ResourceArns.every((arn) => typeof arn === 'string' && fitsAny(declared, arn));
  return isDeclared ? undefined : 'declared';
}
