import * as z from 'zod';
import { idOfEnvironment, path, problem, time } from './parts.ts';

const file = z.string().describe("Its file, from the project's folder.");

export const check = z.strictObject({
  ok: z.boolean().describe('Whether everything that was checked is right.'),
  checked: z.array(z.string()).describe('The ids or files that were checked.'),
  problems: z.array(problem).describe('Everything that is wrong or good to know.'),
});

const list = z
  .strictObject({
    root: path.describe("The project's folder."),
    experiments: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        owner: z.string(),
        lab: z.string().nullable().describe('The lab that it is rehearsed in.'),
        environments: z
          .array(
            z.strictObject({
              id: z.string(),
              schedule: z.string().nullable().describe('As EventBridge Scheduler takes it.'),
            }),
          )
          .describe('Where it is deployed.'),
        file,
      }),
    ),
    environments: z.array(
      z.strictObject({
        id: z.string(),
        account: z.string(),
        region: z.string(),
        production: z.boolean(),
        file,
      }),
    ),
    labs: z.array(z.strictObject({ id: z.string(), title: z.string().nullable(), file })),
    gameDays: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        owner: z.string(),
        lab: z.string().nullable(),
        environments: z.array(z.string()),
        cadence: z.enum(['monthly', 'quarterly']).nullable(),
        file,
      }),
    ),
    problems: z.int().describe('How many problems keep definitions out of this list.'),
  })
  .describe('What the project has.');

const pause = z.strictObject({
  experiment: z.string().describe('Its id.'),
  reason: z.string().describe('Why.'),
  by: z.string().describe('Whose credentials paused it.'),
  at: time,
});

const deployed = z
  .strictObject({
    environment: idOfEnvironment,
    account: z.string(),
    region: z.string(),
    experiments: z.array(
      z.strictObject({
        id: z.string(),
        launcher: z.string().describe('The ARN of its launcher.'),
        paused: pause.nullable().describe('Its pause; null where there is none.'),
        starts: z.array(z.string()).describe('When it starts once, besides its schedule.'),
      }),
    ),
  })
  .describe('With --env: what is deployed there.');

export const lists = z.union([list, deployed]);

export const paused = z.strictObject({ environment: idOfEnvironment, ...pause.shape });

export const resumed = z.strictObject({
  environment: idOfEnvironment,
  experiment: z.string().describe('Its id.'),
  over: pause.nullable().describe('The pause that is over; null where there was none.'),
});

const proposal = z.strictObject({
  recipe: z.string().describe('The id of the recipe.'),
  service: z.string().describe('The service that it breaks.'),
  breaks: z.string().describe('What of it, in words.'),
  title: z.string(),
  testedBy: z.array(z.string()).describe('The experiments that break it already.'),
});

export const newExperiment = z.union([
  z
    .strictObject({
      written: z.string().describe("The file, from the project's folder."),
      experiment: z.record(z.string(), z.unknown()).describe('The definition that was written.'),
      proposals: z.array(proposal).describe('What else could be broken.'),
    })
    .describe('What was written.'),
  z.strictObject({ proposals: z.array(proposal) }).describe('With --list: what could be broken.'),
]);

export const init = z.strictObject({
  root: path.describe('The folder that it was written to.'),
  written: z.array(z.string()).describe('The files, from that folder.'),
});
