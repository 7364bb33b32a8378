import * as z from 'zod';
import { typesSelectedByTag } from '../fis/resource-types.ts';
import { approvalSchema } from './approval.ts';
import { campaignPartner, mostPartners } from './campaign-partner.ts';
import {
  bucketName,
  declarations,
  documentName,
  identifier,
  misplacedIn,
  roleName,
  stateMachineName,
} from './declared.ts';
import { defaults } from './defaults.ts';
import { alarmsSchema, guardSchema } from './environment-alarms.ts';
import { metricSchema } from './environment-metric.ts';
import { id, logicalName, named, sentence } from './names.ts';
import { objectiveSchema, unknownRequestsIn } from './objective.ts';
import { reservedConcurrency } from './reserved-concurrency.ts';
import { foreignIncidentsIn, standstill } from './standstill.ts';
import { misnamedIn, selfCheckSchema, vantagePointsSchema } from './vantage-points.ts';

const serviceSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'write a URL that begins with http:// or https://' })
    .optional()
    .describe('Where its probes ask.'),
  host: sentence().optional().describe('The host or CIDR that others reach it by; network faults name it.'),
  tags: z
    .record(z.string().min(1), z.string().min(1))
    .optional()
    .describe('How its resources are selected, besides the environment tag.'),
  has: z
    .array(z.enum(typesSelectedByTag))
    .min(1)
    .optional()
    .describe(
      'The types of the resources that carry its tags, as FIS names them, such as `aws:rds:cluster`; anything with its tags where absent.',
    ),
  ecs: z
    .strictObject({
      cluster: sentence().describe('The name of the cluster.'),
      service: sentence().describe('The name of the service.'),
      launchType: z.enum(['fargate', 'ec2']).default('fargate').describe('What its tasks run on.'),
    })
    .optional()
    .describe('Its ECS service.'),
  ...declarations,
  uses: z.array(logicalName()).optional().describe('The services it depends on, by logical name.'),
  objective: objectiveSchema
    .optional()
    .describe('What its users are promised: `steadfast plan` tells how much of it a run could cost.'),
});

const ownsSchema = z
  .strictObject({
    clusters: z
      .array(sentence())
      .optional()
      .describe("Patterns of the names of ECS and EKS clusters, '*' for any text."),
    names: z
      .array(sentence())
      .optional()
      .describe("Patterns of ARNs from the resource on, such as 'task/shop-*'."),
  })
  .describe('What this environment owns; a matching resource outside it is refused, whatever its tags say.');

/** Where in AWS an environment's secret is kept; on a laptop it is read from an environment variable of the secret's name. */
const secretSchema = z.union([
  z.strictObject({
    secretsManager: identifier().describe('The name or ARN of a secret of Secrets Manager.'),
  }),
  z.strictObject({ ssm: identifier().describe('The name of a parameter of Parameter Store.') }),
]);

/** A deploy target: what the logical names of experiments mean there, and what a fault may touch. */
export const environmentSchema = z
  .strictObject({
    id: id().describe('Names it in experiments, on the command line, and in everything that is deployed.'),
    account: z
      .string()
      .regex(/^\d{12}$/, { error: 'an AWS account id has 12 digits' })
      .describe('The AWS account, 12 digits.'),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'is no AWS Region, such as eu-west-1' })
      .describe('The AWS Region.'),
    tag: z
      .strictObject({
        key: sentence().describe('Such as `Env`.'),
        value: sentence().describe('Such as `staging`.'),
      })
      .describe(
        'The environment tag: every resource of this environment carries it, and no fault touches one without.',
      ),
    production: z
      .boolean()
      .describe(
        'Whether customers are there. If so, FIS waits a minute before each fault, while its targets are checked.',
      ),
    isolated: z
      .strictObject({ reason: sentence().describe('Why nothing of production can come to harm.') })
      .optional()
      .describe(
        'An account that shares nothing with production, and why that is so; such an environment needs no guard on production, and faults that IAM cannot confine may reach its whole account.',
      ),
    services: named(serviceSchema).describe('What experiments call services, by logical name.'),
    metrics: named(metricSchema)
      .optional()
      .describe('What experiments and guards call metrics, by logical name.'),
    guards: named(guardSchema)
      .refine((guards) => Object.keys(guards).length > 0, {
        error: 'an environment without a guard could not stop a fault by itself: add one',
      })
      .describe(
        'CloudWatch alarms that faults stop on, by logical name; every fault here stops on all of them, and FIS itself on at least one.',
      ),
    alarms: alarmsSchema,
    functions: named(identifier())
      .optional()
      .describe(
        'Lambda functions that rollbacks and probes call, or that make traffic: logical name to function name or ARN.',
      ),
    stateMachines: named(stateMachineName())
      .optional()
      .describe(
        'Standard state machines of Step Functions that make traffic: logical name to name or ARN, without a version or an alias.',
      ),
    documents: named(
      z.strictObject({
        document: documentName().describe('The name or ARN of the document.'),
        role: roleName().optional().describe('The role that the automation takes on, by name or ARN.'),
      }),
    )
      .optional()
      .describe('SSM documents that rollbacks and faults may run, by logical name.'),
    buckets: named(bucketName()).optional().describe('Buckets that faults name: logical name to name.'),
    prefixLists: named(identifier())
      .optional()
      .describe('Managed prefix lists that faults name: logical name to name, id or ARN.'),
    images: named(identifier())
      .optional()
      .describe("Container images for FIS's own pods: logical name to address."),
    owns: ownsSchema,
    untouchable: z
      .array(sentence())
      .optional()
      .describe("Patterns of ARNs that are never touched, '*' for any text."),
    limits: z
      .strictObject({
        targets: z.number().int().positive().default(50).describe('The most resources one fault may hit.'),
        runs: z
          .number()
          .int()
          .min(1)
          .max(5)
          .default(2)
          .describe("Runs at once, within FIS's five active experiments."),
        probesPerSecond: z
          .number()
          .positive()
          .default(defaults.probesPerSecond)
          .describe(
            'How often the http probes of an experiment may ask together, a second; one that asks for more is refused.',
          ),
      })
      .prefault({})
      .describe('The most that may happen here.'),
    approval: approvalSchema
      .optional()
      .describe('Makes every run here wait until a person has approved it: `true`, or how long it waits.'),
    reservedConcurrency: reservedConcurrency(),
    ...standstill,
    selfCheck: selfCheckSchema.optional(),
    vantagePoints: vantagePointsSchema
      .optional()
      .describe('Subnets that probes can ask from, where services are private or zones differ, by name.'),
    secrets: named(secretSchema)
      .optional()
      .describe('Secrets for the headers of probes and rollbacks, by logical name.'),
    dispatches: z
      .array(id())
      .optional()
      .describe(
        'Other environments of the same account and Region whose experiments the campaigns of this one may start.',
      ),
    campaignPartners: z
      .array(campaignPartner())
      .max(mostPartners, {
        error: `at most ${mostPartners}: the policy of an event bus, which lets in each of them, has 10 kB`,
      })
      .optional()
      .describe(
        'Environments in other accounts or Regions whose campaigns stop together with those of this one: their ids, or, where another repository defines them, the ARN of their bus, `arn:aws:events:<region>:<account>:event-bus/steadfast-<id>-campaigns`. Both must name each other.',
      ),
    dashboards: z
      .record(sentence(), z.url({ protocol: /^https$/, error: 'write a URL that begins with https://' }))
      .optional()
      .describe(
        "The team's own dashboards and runbooks, by title: the environment's dashboard links to them.",
      ),
    notify: z
      .strictObject({ emails: z.array(z.email()).describe('Addresses that verdicts are sent to.') })
      .optional()
      .describe('Who is told of every verdict but `held`.'),
  })
  .superRefine((environment, context) => {
    const watched = Object.values(environment.guards).map((guard) => guard.watches);
    if (
      !environment.production &&
      environment.isolated === undefined &&
      watched.length > 0 &&
      watched.every((w) => w === undefined)
    ) {
      context.addIssue({
        code: 'custom',
        path: ['guards'],
        message:
          "no guard watches production: add one with watches: 'production', or say why this account is isolated (isolated: { reason })",
      });
    }
    for (const { index, message } of foreignIncidentsIn(environment))
      context.addIssue({ code: 'custom', path: ['incidentAlarms', index], message });
    for (const { name, message } of misnamedIn(environment.id, environment.vantagePoints))
      context.addIssue({ code: 'custom', path: ['vantagePoints', name], message });
    for (const [name, guard] of Object.entries(environment.guards)) {
      if ('metric' in guard && !Object.hasOwn(environment.metrics ?? {}, guard.metric)) {
        context.addIssue({
          code: 'custom',
          path: ['guards', name, 'metric'],
          message: `no metric is called '${guard.metric}'`,
          params: { code: 'unknown-name', candidates: Object.keys(environment.metrics ?? {}) },
        });
      }
    }
    for (const issue of unknownRequestsIn(environment.services, environment.metrics)) context.addIssue(issue);
    for (const [name, service] of Object.entries(environment.services)) {
      for (const [index, used] of (service.uses ?? []).entries()) {
        if (!Object.hasOwn(environment.services, used)) {
          context.addIssue({
            code: 'custom',
            path: ['services', name, 'uses', index],
            message: `no service is called '${used}'`,
            params: { code: 'unknown-name', candidates: Object.keys(environment.services) },
          });
        }
      }
      for (const { path, message } of misplacedIn(service, environment))
        context.addIssue({ code: 'custom', path: ['services', name, ...path], message });
      if (service.tags !== undefined && Object.hasOwn(service.tags, environment.tag.key)) {
        context.addIssue({
          code: 'custom',
          path: ['services', name, 'tags', environment.tag.key],
          message: `names the environment tag '${environment.tag.key}', which the plan adds itself: remove it`,
        });
      }
    }
  });

export type EnvironmentDefinition = z.input<typeof environmentSchema>;
export type Environment = z.output<typeof environmentSchema>;
export type Guard = z.output<typeof guardSchema>;
export type SecretSource = z.output<typeof secretSchema>;
