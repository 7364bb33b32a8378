import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { viewerStatements } from '../../lib/cdk/environment-statements.ts';
import { environmentNames } from '../../lib/plan/environment-names.ts';
import { planWorld, promised } from '../cli/plan/plan-world.ts';
import { requestOf } from './ask-request.ts';
import type { Ask } from './calls/asking.ts';
import { asksOf } from './calls/asks.ts';
import type { Caller } from './request.ts';
import { isAllowed, type Statement } from './simulate.ts';

const place = { id: 'staging', account: '111111111111', region: 'eu-west-1' };
const caller: Caller = { ...place, roleArn: 'arn:aws:iam::111111111111:role/team/on-call' };
const ofEnvironment = { 'steadfast:environment': 'staging' };

const statements: Statement[] = viewerStatements(environmentNames(place)).map(
  ({ sid, actions, resources, conditions }) => ({
    Sid: sid,
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
    ...(conditions === undefined ? {} : { Condition: conditions }),
  }),
);

const commandSchema = z.looseObject({ input: z.record(z.string(), z.unknown()) });

interface Heard {
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Has every client tell each command as it was given. */
function listen(clients: object, heard: Heard[]): void {
  for (const client of Object.values<unknown>({ ...clients })) {
    if (typeof client !== 'object' || client === null) continue;
    const send: unknown = Reflect.get(client, 'send');
    if (typeof send !== 'function') continue;
    Reflect.set(client, 'send', (...given: readonly unknown[]): unknown => {
      const [command] = given;
      if (typeof command === 'object' && command !== null)
        heard.push({ command: command.constructor.name, input: commandSchema.parse(command).input });
      const answer: unknown = Reflect.apply(send, client, given);
      return answer;
    });
  }
}

/** Tags that the inputs do not hold: a template of the environment carries its tag. */
const tagged = { template: () => ofEnvironment, experiment: ofEnvironment, environment: {} };

const withTag = (ask: Ask): Ask =>
  ask.action === 'fis:GetExperimentTemplate'
    ? { ...ask, context: { 'aws:ResourceTag/steadfast:environment': 'staging' } }
    : ask;

describe('whoever may only look at an environment', () => {
  it('may ask all that a plan asks, but what IAM lets the caller do itself; and a plan only asks', async () => {
    const world = await planWorld({ environment: promised });
    const heard: Heard[] = [];
    listen({ ...world.aws.clients, ...world.fake.clients, ...world.planClients }, heard);
    expect((await world.run()).code).toBe(0);
    const ofCaller = ({ command, input }: Heard) =>
      command === 'GetRoleCommand' || input['PolicySourceArn'] === caller.roleArn;
    const refused: string[] = [];
    for (const call of heard.filter((one) => !ofCaller(one))) {
      for (const ask of asksOf({ by: 'admit', ...call }, tagged)) {
        const request = await requestOf(withTag(ask), caller);
        if (!(await isAllowed(statements, request, caller)))
          refused.push(`${ask.action} on ${request.resource}`);
      }
    }
    expect(refused).toEqual([]);
    expect(new Set(heard.map(({ command }) => command)).size).toBeGreaterThan(10);
    const changing = heard.filter(
      ({ command }) => !/^(Get|Describe|List|Query|BatchGet|Simulate)/.test(command),
    );
    expect(changing).toEqual([]);
  });
});
