import * as z from 'zod';

const facts = {
  id: z.string().describe('As a definition names it.'),
  service: z.string().describe('The service of AWS, or `lab`.'),
  title: z.string().describe('What it does.'),
  target: z
    .string()
    .nullable()
    .describe('The type of resources that it hits; null where it hits none of its own.'),
  takesTraffic: z.boolean().describe('Whether a stage may give a share of the traffic.'),
  fidelity: z.enum(['same', 'approximate', 'not rehearsable']).describe('How close a rehearsal comes to it.'),
  price: z.enum(['by the minute', 'at once', 'not told', 'nothing']).describe('How FIS asks money for it.'),
};

const explained = z
  .strictObject({
    ...facts,
    most: z.int().nullable().describe('So many targets at once at most.'),
    lasts: z.enum(['at once', 'as long as the stage']),
    leastDurationMs: z.number().nullable().describe('Milliseconds that it lasts at least.'),
    parameters: z.array(
      z.strictObject({
        name: z.string().describe('Its name in a definition.'),
        required: z.boolean(),
        kind: z.string().describe('What is written: `a duration`.'),
        description: z.string().describe('What it is, with its range and default.'),
        fisName: z.string().describe('Its name in FIS.'),
      }),
    ),
    requires: z.array(z.string()).describe('What must be there for it to work.'),
    limits: z.array(z.string()).describe('What it cannot do.'),
    leavesBehind: z.string().describe('What it leaves behind when it is stopped early.'),
    evidence: z.strictObject({
      effect: z.string().describe('What shows it on the side of the targets.'),
      looks: z
        .string()
        .nullable()
        .describe("What a run asks besides FIS; null where there is FIS's word alone."),
      fisWord: z.strictObject({
        suffices: z.boolean().describe("Whether FIS's word alone may show that it reached its targets."),
        because: z.string(),
      }),
    }),
    rehearsal: z.discriminatedUnion('fidelity', [
      z.strictObject({ fidelity: z.literal('same') }),
      z.strictObject({ fidelity: z.literal('approximate'), differs: z.string() }),
      z.strictObject({ fidelity: z.literal('not rehearsable'), why: z.string() }),
    ]),
    permissions: z
      .array(
        z.strictObject({
          action: z.string().describe('The action of IAM.'),
          on: z.string().nullable().describe('What it is allowed on; null for what the fault targets.'),
          when: z.string().nullable().describe('When it is needed; null for always.'),
          confined: z.string().describe('What confines it.'),
        }),
      )
      .describe("What FIS's role may do for it."),
    kubernetes: z.array(z.string()).describe('What Kubernetes must allow, in the namespace.'),
    example: z.unknown().describe('A fault as a definition has it.'),
    source: z.string().describe('Where this is known from.'),
  })
  .describe('All that is known of one fault.');

export const faults = z.union([
  z.strictObject({ faults: z.array(z.strictObject(facts)) }).describe('What can be made to fail.'),
  explained,
]);
