import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Breach, Rule } from './breach.ts';
import { type Fence, type FenceOptions, fenceOptionsSchema } from './fence-options.ts';
import { fisPropertiesSchema } from './fis-properties.ts';
import { targetAccountBreaches, targetAccounts } from './rules/target-accounts.ts';
import { fenceRules, templateRules, unreadable } from './rules.ts';
import { type WrittenTemplate, writtenTemplates } from './written-template.ts';

const fisTemplate = 'AWS::FIS::ExperimentTemplate';
const fisAccount = 'AWS::FIS::TargetAccountConfiguration';

/**
 * Refuses, at synthesis, FIS templates whose faults could leave an environment or that nothing would end: also those that nobody planned.
 * It reads what will be deployed, whatever made it, nested stacks and stages included, and can be used in any CDK app. On a stage it
 * judges that stage alone, so an app of several environments has a fence for each.
 *
 * @example
 * Validations.of(app).addPlugins(new SteadfastFence({ tag: { key: 'Env', value: 'staging' } }));
 *
 * @example
 * Validations.of(app).addPlugins(
 *   new SteadfastFence({
 *     tag: { key: 'Env', value: 'staging' },
 *     guards: ['production-error-rate'],
 *     declared: ['arn:aws:ssm:eu-west-1:111111111111:document/cut-the-cable'],
 *     namespaces: [{ cluster: 'staging', namespace: 'shop' }],
 *   }),
 * );
 */
export class SteadfastFence implements IPolicyValidationPlugin {
  readonly name = 'steadfast-fence';
  readonly ruleIds: string[] = fenceRules.map(({ id }) => id);
  private readonly fence: Fence;

  /** @throws {SteadfastError} `invalid` where the options are not such */
  constructor(options: FenceOptions) {
    const { data, error } = fenceOptionsSchema.safeParse(options);
    if (error !== undefined) {
      const problems = error.issues.map(({ path, message }) => ({
        code: 'invalid',
        path: path.filter((part) => typeof part !== 'symbol'),
        message,
      }));
      throw new SteadfastError(
        'invalid',
        `the options of SteadfastFence are wrong: ${problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
        { problems, hint: "the least is { tag: { key: 'Env', value: 'staging' } }" },
      );
    }
    this.fence = data;
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { account, region } = this.fence;
    const assumed = {
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
    };
    const violations = writtenTemplates(context, assumed).flatMap((template) => [
      ...[...template.resources].flatMap(([id, { type, properties }]) =>
        breachesIn(type, properties, template, this.fence).map((found) =>
          violation(found, { id, what: type === fisAccount ? 'target account' : 'template' }, template),
        ),
      ),
      ...[...template.loops]
        .filter(([, text]) => text.includes(fisTemplate) || text.includes(fisAccount))
        .map(([id]) => violation(cannotBeRead(id), { id, what: 'templates' }, template)),
    ]);
    return { success: violations.length === 0, violations };
  }
}

/** A breach with the rule that found it. */
interface Found extends Breach {
  readonly rule: Pick<Rule, 'id' | 'acknowledgeable'>;
}

function breachesIn(type: string, properties: unknown, template: WrittenTemplate, fence: Fence): Found[] {
  if (type === fisAccount) {
    return targetAccountBreaches(properties, template, fence).map((breach) => ({
      ...breach,
      rule: targetAccounts,
    }));
  }
  if (type !== fisTemplate) return [];
  const { data, error } = fisPropertiesSchema.safeParse(properties ?? {});
  if (data === undefined)
    return error.issues.map(({ path }) => cannotBeRead(['Properties', ...path.map(String)].join('.')));
  return templateRules.flatMap((rule) =>
    rule.breaches({ properties: data, template, fence }).map((breach) => ({ ...breach, rule })),
  );
}

const cannotBeRead = (location: string): Found => ({
  rule: unreadable,
  location,
  message: `${location} is made only when it is deployed, so nobody can tell what it would hit`,
  fix: 'write it out, without intrinsic functions or loops around it',
});

/** CDK adds the construct's path, by the logical id and the template. */
const violation = (
  { rule, location, message, fix }: Found,
  { id: resourceLogicalId, what }: { readonly id: string; readonly what: string },
  { path: templatePath }: WrittenTemplate,
): PolicyViolation => ({
  ruleName: rule.id,
  description: `FIS ${what}: ${message}`,
  fix,
  // CDK lets anything be acknowledged that is not fatal.
  severity: rule.acknowledgeable === true ? 'error' : 'fatal',
  violatingResources: [{ resourceLogicalId, templatePath, locations: [location] }],
});
