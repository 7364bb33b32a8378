import * as z from 'zod';
import { duration, positiveDuration, rate } from '../fis/quantity.ts';
import { labServiceSchema, notRehearsable } from './lab-service.ts';
import { id, logicalName, named, sentence, urlPath } from './names.ts';

const metricSchema = z.union([
  z.strictObject({
    sql: sentence().describe('A query that answers one number.'),
    service: logicalName().describe('The `postgres` service that is asked.'),
  }),
  z.strictObject({
    http: z
      .strictObject({
        service: logicalName().describe('The service asked, by logical name.'),
        path: urlPath().describe("The path below the service's URL."),
        numberOf: z.string().startsWith('$').describe('A JSONPath to the number in the answer.'),
      })
      .describe('A number that a service tells of itself.'),
  }),
  z.strictObject({
    command: z
      .array(sentence())
      .min(1)
      .describe(
        "Program and arguments, run in the lab file's folder at each reading. It writes one number to its standard output. {name}, {name.host}, {name.port} and {name.url} give it the own addresses of services, past their links.",
      ),
    within: positiveDuration()
      .prefault('5s')
      .describe('How long one reading may take; longer is no data (default 5s).'),
  }),
  z.strictObject({
    link: z
      .strictObject({
        service: logicalName().describe('The service that the link comes from.'),
        to: logicalName().describe('The service that it leads to.'),
      })
      .describe('The links from all replicas of a service to another service.'),
    counter: z
      .enum(['connections', 'activeConnections', 'bytes', 'delayedChunks'])
      .describe('What is counted on them, all together.'),
  }),
  notRehearsable,
]);

const playedByCommand = z.union([
  z.strictObject({
    command: z.array(sentence()).min(1).describe("Program and arguments, run in the lab file's folder."),
  }),
  notRehearsable,
]);

const playedByService = z.strictObject({ service: logicalName().describe('The service, by logical name.') });

const playedByServices = z.strictObject({
  services: z.array(logicalName()).min(1).describe('The services, by logical name.'),
});

const loadSchema = z.array(
  z.strictObject({
    service: logicalName().describe('The service asked, by logical name.'),
    path: urlPath().describe("The path below the service's URL."),
    rate: rate().describe('How often it is asked, answers or not.'),
  }),
);

/** A function, or a state machine. */
const playedMaker = z.union([
  ...playedByCommand.options,
  z.strictObject({
    load: loadSchema.min(1).describe('Requests that are sent for as long as it is to make traffic.'),
  }),
]);

const ruleSchema = z
  .strictObject({
    metric: logicalName().describe('A metric of the lab.'),
    above: z.number().optional().describe('It is in alarm above this.'),
    below: z.number().optional().describe('It is in alarm below this.'),
    for: duration()
      .prefault('5s')
      .describe('How long it must be beyond the limit (default 5s), at any pace.'),
  })
  .refine((rule) => (rule.above === undefined) !== (rule.below === undefined), {
    error: "say either 'above' or 'below'",
  });

const guardSchema = z.union([ruleSchema, notRehearsable]);

/** An environment that lives on a laptop: the same logical names, played by real processes. */
export const labSchema = z
  .strictObject({
    id: id().describe('Names it in experiments.'),
    title: sentence().optional().describe('What it is, in a few words.'),
    pace: z
      .number()
      .positive()
      .max(1)
      .default(1)
      .describe(
        'Scales the times of the baseline, stages, recovery and objectives: 0.05 plays two minutes in six seconds. Latencies and tolerances stay as they are.',
      ),
    rate: rate()
      .prefault('200/s')
      .describe(
        'What the http probes of a rehearsal send together, so that a minute is enough to judge (default 200/s): raised to it where they ask for less, and refused where they ask for more.',
      ),
    services: named(labServiceSchema).describe('What experiments call services, by logical name.'),
    metrics: named(metricSchema)
      .optional()
      .describe('What experiments and guards call metrics, by logical name.'),
    guards: named(guardSchema)
      .refine((guards) => Object.keys(guards).length > 0, {
        error: 'a lab without a guard could not stop a fault by itself: add one',
      })
      .describe('Rules that end a fault, by logical name; they play the CloudWatch alarms.'),
    alarms: named(ruleSchema)
      .optional()
      .describe(
        'Rules that play the alarms that call people, by logical name. No fault ends by them; game days expect them to fire.',
      ),
    functions: named(playedMaker)
      .optional()
      .describe(
        'What plays the Lambda functions that rollbacks and probes call or that make traffic, by logical name. For a probe it reads the payload from its standard input and writes its answer to its standard output.',
      ),
    stateMachines: named(playedMaker)
      .optional()
      .describe('What plays the state machines that make traffic, by logical name.'),
    documents: named(playedByCommand)
      .optional()
      .describe('What plays the SSM documents that rollbacks and faults run, by logical name.'),
    buckets: named(z.union([playedByService, notRehearsable]))
      .optional()
      .describe('The services that play the buckets that faults name.'),
    prefixLists: named(z.union([playedByServices, notRehearsable]))
      .optional()
      .describe('The services that the managed prefix lists stand for that faults name.'),
    images: named(notRehearsable)
      .optional()
      .describe("Container images for FIS's own pods; a lab makes no pods."),
    owns: z
      .strictObject({
        names: z
          .array(sentence())
          .min(1)
          .describe('Patterns of the ids of replicas, such as `shop-*`; `*` stands for any text.'),
      })
      .optional()
      .describe(
        'What the lab owns, where some of its services play what is not its own; a replica outside it is refused, whatever its tags say.',
      ),
    untouchable: z
      .array(sentence())
      .optional()
      .describe('Patterns of the ids of replicas that are never touched, `*` for any text.'),
    load: loadSchema.optional().describe('Traffic that is there all the time, besides what the probes send.'),
  })
  .superRefine((lab, context) => {
    const known = Object.keys(lab.services);
    const unknownService = (name: string, path: (string | number)[]) => {
      if (known.includes(name)) return;
      context.addIssue({
        code: 'custom',
        path,
        message: `no service is called '${name}'`,
        params: { code: 'unknown-name', candidates: known },
      });
    };
    const controls = Object.keys(lab.services).filter((name) => 'proxyControl' in (lab.services[name] ?? {}));
    for (const name of controls.slice(1)) {
      context.addIssue({
        code: 'custom',
        path: ['services', name],
        message: `there is a proxy control already, '${controls[0]}': a lab has one`,
      });
    }
    for (const [name, service] of Object.entries(lab.services)) {
      if (!('command' in service)) continue;
      for (const [index, used] of (service.uses ?? []).entries())
        unknownService(used, ['services', name, 'uses', index]);
    }
    for (const [name, metric] of Object.entries(lab.metrics ?? {})) {
      if ('sql' in metric) unknownService(metric.service, ['metrics', name, 'service']);
      if ('http' in metric) unknownService(metric.http.service, ['metrics', name, 'http', 'service']);
      if ('link' in metric) {
        unknownService(metric.link.service, ['metrics', name, 'link', 'service']);
        unknownService(metric.link.to, ['metrics', name, 'link', 'to']);
      }
    }
    for (const section of ['guards', 'alarms'] as const) {
      for (const [name, rule] of Object.entries(lab[section] ?? {})) {
        if (!('metric' in rule) || Object.hasOwn(lab.metrics ?? {}, rule.metric)) continue;
        context.addIssue({
          code: 'custom',
          path: [section, name, 'metric'],
          message: `no metric is called '${rule.metric}'`,
          params: { code: 'unknown-name', candidates: Object.keys(lab.metrics ?? {}) },
        });
      }
    }
    for (const name of Object.keys(lab.alarms ?? {})) {
      if (!Object.hasOwn(lab.guards, name)) continue;
      context.addIssue({
        code: 'custom',
        path: ['alarms', name],
        message: `a guard is called '${name}' as well, which ends faults: nobody could tell which of them has fired`,
      });
    }
    for (const [name, bucket] of Object.entries(lab.buckets ?? {}))
      if ('service' in bucket) unknownService(bucket.service, ['buckets', name, 'service']);
    for (const [name, list] of Object.entries(lab.prefixLists ?? {})) {
      if (!('services' in list)) continue;
      for (const [index, service] of list.services.entries())
        unknownService(service, ['prefixLists', name, 'services', index]);
    }
    for (const [index, load] of (lab.load ?? []).entries())
      unknownService(load.service, ['load', index, 'service']);
    for (const section of ['functions', 'stateMachines'] as const) {
      for (const [name, played] of Object.entries(lab[section] ?? {})) {
        if (!('load' in played)) continue;
        for (const [index, load] of played.load.entries())
          unknownService(load.service, [section, name, 'load', index, 'service']);
      }
    }
  });

export type LabDefinition = z.input<typeof labSchema>;
export type Lab = z.output<typeof labSchema>;
/** What plays a function or a state machine. */
export type LabMaker = z.output<typeof playedMaker>;
export type LabGuard = z.output<typeof guardSchema>;
