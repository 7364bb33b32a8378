import * as z from 'zod';
import { positiveDuration } from '../fis/quantity.ts';
import { apis, region, zoneName } from './lab-place.ts';
import { logicalName, sentence, urlPath } from './names.ts';

/** A name that experiments use but that this lab has no way to play, and why. */
export const notRehearsable = z.strictObject({
  notRehearsable: sentence().describe('Why the lab cannot play it.'),
});

const uses = z
  .array(logicalName())
  .optional()
  .describe(
    'The services it depends on. Each is reached through a link, whose address is given by {name} in env or command.',
  );

const tags = () => z.record(z.string().min(1), z.string().min(1));

const commandService = z
  .strictObject({
    command: z
      .array(sentence())
      .min(1)
      .describe(
        "Program and arguments, run in the lab file's folder. 'node' is the Node that runs Steadfast.",
      ),
    env: z
      .record(z.string(), z.string())
      .optional()
      .describe(
        'Environment variables. In values and in command: {port} is the port to listen on, {replica} the number of the replica from 1, {zone} its zone, ' +
          "{database} the address (host:port) of the link to the service 'database', {database.host}, {database.port} and {database.url} its parts, " +
          '{database.real} (and {database.real.url} and so on) the real address, past the link and its faults.',
      ),
    replicas: z
      .number()
      .int()
      .min(1)
      .max(20)
      .default(1)
      .describe('How many; more than one stand behind a balancer.'),
    zones: z
      .array(zoneName())
      .min(1)
      .optional()
      .describe(
        "The zones that its replicas are dealt out over, in turn: with ['a', 'b'] the first replica is in a, the second in b, the third in a. 'a' plays every zone whose name ends so, such as eu-west-1a; a zone's id is written in full.",
      ),
    health: z
      .strictObject({
        path: urlPath().optional().describe('The path that is asked.'),
        within: positiveDuration()
          .prefault('30s')
          .describe('How long it may take to get ready (default 30s).'),
      })
      .optional()
      .describe(
        'A path that answers 200 once it is ready; without a path, it is ready when its port accepts connections.',
      ),
    tags: tags()
      .optional()
      .describe(
        "The replicas' tags. Each carries Service with the service's name and the lab's environment tag besides; a tag of the same key here takes its place.",
      ),
    replicaTags: z
      .record(z.string().regex(/^[1-9]\d?$/, { error: 'name a replica by its number, from 1' }), tags())
      .optional()
      .describe(
        "Tags of single replicas, by number, in place of the service's: so a lab plays what wears the wrong tag.",
      ),
    clientUrl: z
      .string()
      .regex(/^(?!https?:)[a-z][a-z\d+.-]*:\/\/\S*\{(?:address|port)\}/, {
        error:
          'write a URL with {address} in it, such as redis://{address}/0; of what answers HTTP leave it out',
      })
      .optional()
      .describe(
        'The URL by which clients reach a service that does not speak HTTP, such as redis://{address}/0: {address} stands for host:port, {host} and {port} for its parts. {name.url} gives it to those that use the service; probes do not ask it.',
      ),
    playsPort: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .describe('The port that it has where it is deployed: faults on a port name it by that.'),
    uses,
    region: region(),
    apis: apis(),
  })
  .superRefine((service, context) => {
    if (service.clientUrl !== undefined) {
      const refuse = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      if (service.health?.path !== undefined)
        refuse('health', 'its health is asked over HTTP, which a service with a clientUrl does not speak');
      if (service.replicas > 1)
        refuse(
          'replicas',
          'several stand behind a balancer, which speaks HTTP: with a clientUrl there is one',
        );
    }
    for (const [index, zone] of (service.zones ?? []).entries()) {
      if (service.zones?.indexOf(zone) === index) continue;
      context.addIssue({
        code: 'custom',
        path: ['zones', index],
        message: `the zone '${zone}' is named twice`,
      });
    }
    for (const number of Object.keys(service.replicaTags ?? {})) {
      if (Number(number) <= service.replicas) continue;
      context.addIssue({
        code: 'custom',
        path: ['replicaTags', number],
        message: `there is no replica ${number}: the service has ${service.replicas}`,
      });
    }
  });

const postgresService = z
  .strictObject({
    postgres: z
      .strictObject({
        schema: sentence().optional().describe("A file of SQL run at start, relative to the lab's file."),
      })
      .describe('A PostgreSQL of its own; what is in it is gone when the lab ends.'),
    zone: zoneName().optional().describe('The zone that its writer is in.'),
    failsOverTo: zoneName()
      .optional()
      .describe('The zone that its writer is in after a failover; the next one takes it back.'),
    region: region(),
  })
  .refine(
    ({ zone, failsOverTo }) => failsOverTo === undefined || (zone !== undefined && zone !== failsOverTo),
    {
      path: ['failsOverTo'],
      error: "a failover leads to another zone than 'zone', which says where the writer is before it",
    },
  );

const externalService = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'write a URL that begins with http:// or https://' })
    .describe('A service that runs on this machine already.'),
  region: region(),
  apis: apis(),
});

const networkService = z.strictObject({
  network: z
    .strictObject({})
    .describe(
      'The network of the lab: a subnet in each zone that its services name, and a transit gateway to other Regions. Nothing listens there.',
    ),
});

const proxyControlService = z.strictObject({
  proxyControl: z
    .strictObject({})
    .describe(
      "The control of the lab's links, in a process of its own, with an HTTP API like Toxiproxy's. What it was told is gone when it is restarted; what it has put on the links is not.",
    ),
});

export const labServiceSchema = z.union([
  commandService,
  postgresService,
  externalService,
  proxyControlService,
  networkService,
  notRehearsable,
]);

export type LabService = z.output<typeof labServiceSchema>;
