import { DescribeStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openEnvironment } from '../../../lib/cli/aws/environment.ts';
import { gameDayActCommand, gameDayHaltCommand } from '../../../lib/cli/commands/gameday-act.ts';
import { gameDayAnswerCommand } from '../../../lib/cli/commands/gameday-answer.ts';
import { gameDayPlanCommand } from '../../../lib/cli/commands/gameday-plan.ts';
import { gameDayStartCommand } from '../../../lib/cli/commands/gameday-start.ts';
import { gameDayStatusCommand } from '../../../lib/cli/commands/gameday-status.ts';
import { openAwsGameDays } from '../../../lib/cli/game-day/aws-client.ts';
import { gameDayMachine } from '../../../lib/game-day/machine.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { people } from '../../fakes/game-day/game-day-world.ts';
import { gameDayInput, slowDay } from '../../game-day/examples.ts';
import { callers, edition } from '../../lambdas/game-day/desk-world.ts';
import { shopLab, slowDatabase, staging } from '../../plan/examples.ts';
import { deadUrl } from '../../probing/loopback.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';
import { deskHere } from '../game-day/desk-here.ts';

/** The folder of a project that has nothing of its own. */
const io = () => capturedIo(temporaryProject({ 'package.json': {} }));
const flags = { env: 'staging' };

describe('steadfast gameday', () => {
  it('has a stage given by two people at two terminals, each by their own credentials', async () => {
    const { world, at } = await deskHere();
    await world.begin();
    const olga = at('olga');
    for (const item of ['roles', 'halt'])
      await gameDayActCommand(io().io, { command: { do: 'check', item, done: true } }, flags, olga.outside);
    const proposed = io();
    expect(
      await gameDayActCommand(
        proposed.io,
        { command: { do: 'propose', proposal: { what: 'go' } } },
        flags,
        olga.outside,
      ),
    ).toBe(0);
    expect(proposed.out()).toContain('Done in staging: go is proposed.');
    expect(proposed.out()).toContain(`npx steadfast gameday status ${edition} --env staging`);

    const bea = at('bea', { answers: ['yes'] });
    const approved = io();
    expect(await gameDayAnswerCommand(approved.io, 'approve', { ...flags, note: 'go' }, bea.outside)).toBe(0);
    // What is asked stands there, with its hash, before anybody is asked.
    expect(approved.err()).toContain('proposed by olga (operator)');
    expect(approved.err()).toMatch(/hash \S+/);
    expect(bea.questions).toEqual(["Exactly this will be done. Type 'yes' to go on: "]);
    expect((await world.entries()).at(-1)).toMatchObject({
      kind: 'approved',
      note: 'go',
      by: { proof: 'iam', role: 'observer', principal: callers.bea },
    });
  });

  it('approves nothing without a yes, nor what was not looked at, nor what is another by now', async () => {
    const { world, at } = await deskHere();
    await world.begin();
    await world.proposeGo();
    const approve = (more: object, answers?: readonly string[]) =>
      gameDayAnswerCommand(
        io().io,
        'approve',
        { ...flags, ...more },
        at('bea', answers === undefined ? {} : { answers }).outside,
      );
    await expect(approve({}, ['no'])).rejects.toMatchObject({ code: 'interrupted' });
    await expect(approve({})).rejects.toMatchObject({ code: 'usage' });
    await expect(approve({ yes: true })).rejects.toMatchObject({ code: 'usage' });
    await expect(approve({ yes: true, hash: 'of-another' })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('not of-another') as string,
    });
    expect((await world.entries()).map(({ kind }) => kind)).not.toContain('approved');
    // Whoever proposed it hears why not, from the desk.
    const own = io();
    await gameDayStatusCommand(own.io, { ...flags, json: true }, at('olga').outside);
    const shown = expectDocument('gameday status', own.out());
    const { pending } = z.object({ pending: z.object({ hash: z.string() }) }).parse(shown);
    const exactly = { ...flags, yes: true, hash: pending.hash, json: true };
    await expect(gameDayAnswerCommand(io().io, 'approve', exactly, at('olga').outside)).rejects.toMatchObject(
      { code: 'permission' },
    );
    const answer = io();
    expect(await gameDayAnswerCommand(answer.io, 'approve', exactly, at('bea').outside)).toBe(0);
    expectDocument('gameday approve', answer.out());
  });

  it('shows an edition as the caller sees it, and which there are where none is open', async () => {
    const { world, at } = await deskHere();
    const before = io();
    expect(await gameDayStatusCommand(before.io, flags, at('bea').outside)).toBe(0);
    expect(before.out()).toContain('No game day is open in staging.');
    await world.begin();
    const shown = io();
    expect(await gameDayStatusCommand(shown.io, flags, at('bea').outside)).toBe(0);
    expect(shown.out()).toContain('You act as observer.');
    expect(shown.out()).toContain('Phase: pre-brief');
  });

  it('guesses nothing where several are open, and names them', async () => {
    const { world, at } = await deskHere();
    await world.begin();
    const other = 'queue-full-20261201-190000-aaaa';
    await world.begin({ id: 'queue-full', title: 'The queue is full' }, other);
    const note = { command: { do: 'note', text: 'x' } } as const;
    await expect(gameDayActCommand(io().io, note, flags, at('bea').outside)).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining(`${other} (The queue is full)`) as string,
    });
    const told = io();
    const chosen = { ...flags, edition: other, json: true };
    expect(await gameDayActCommand(told.io, note, chosen, at('bea').outside)).toBe(0);
    expect(expectDocument('gameday note', told.out())).toMatchObject({
      edition: other,
      command: note.command,
      phase: 'pre-brief',
    });
    await expect(
      gameDayActCommand(io().io, note, { ...flags, edition: 'queue-ful' }, at('bea').outside),
    ).rejects.toMatchObject({ code: 'unknown-id' });
  });

  it('follows until it is closed, waits for a lost connection, and tells each thing once', async () => {
    let isAway = false;
    const { world, at } = await deskHere({
      refuse: () => (isAway ? { status: 503, body: 'Service Unavailable' } : undefined),
    });
    await world.begin();
    const happen = [
      () => world.act(people.bea, { do: 'note', text: 'the banner is up' }),
      async () => {
        isAway = true;
      },
      async () => {
        isAway = false;
      },
      () => world.act(people.olga, { do: 'finish' }),
      () => world.act(people.olga, { do: 'finish' }),
    ];
    const clock = { now: () => world.clock.now(), sleep: async () => void (await happen.shift()?.()) };
    const { io: where, out, err } = io();
    expect(await gameDayStatusCommand(where, { ...flags, follow: true }, at('bea', { clock }).outside)).toBe(
      0,
    );
    expect(out().match(/the banner is up/g)).toHaveLength(1);
    expect(out()).toContain('Phase: closed');
    expect(err()).toContain('it is tried again');
    expect(err()).toContain('Reached again.');
  });

  it('leaves by Ctrl-C, and says that it goes on', async () => {
    const { world, at } = await deskHere();
    await world.begin();
    const clock = { now: () => world.clock.now(), sleep: async () => ann.signal() };
    const ann = at('bea', { clock });
    const { io: where, err } = io();
    expect(await gameDayStatusCommand(where, { ...flags, follow: true }, ann.outside)).toBe(130);
    expect(err()).toContain(`${edition} goes on`);
    expect(ann.listening()).toBe(0);
  });

  it('halts without a question, and says how to halt where the desk cannot be reached', async () => {
    const { world, at } = await deskHere();
    await world.begin();
    expect(await gameDayHaltCommand(io().io, 'an outage', flags, at('carl').outside)).toBe(0);
    expect((await world.entries()).at(-1)).toMatchObject({ kind: 'halted', reason: 'an outage' });
    await expect(
      gameDayHaltCommand(io().io, undefined, flags, at('carl', { url: await deadUrl() }).outside),
    ).rejects.toMatchObject({
      code: 'cannot-begin',
      hint: expect.stringContaining('steadfast halt --all --env staging') as string,
    });
  });

  it.each([
    [403, '{"Message":"Forbidden"}', 'permission', 'steadfast-staging-gameday-observer'],
    [429, '', 'cannot-begin', 'try again'],
    [502, '<html>', 'cannot-begin', 'try again'],
    [200, '{"editions":7}', 'internal', 'another version'],
    [418, 'tea', 'internal', 'steadfast halt --all'],
  ] as const)('tells in words that Lambda answered %s', async (status, body, code, hint) => {
    const { at } = await deskHere({ refuse: () => ({ status, body }) });
    await expect(gameDayStatusCommand(io().io, flags, at('bea').outside)).rejects.toMatchObject({
      code,
      hint: expect.stringContaining(hint) as string,
    });
  });

  it('knows where no game day is deployed', async () => {
    const { at } = await deskHere();
    await expect(gameDayStatusCommand(io().io, flags, at('bea', { url: '' }).outside)).rejects.toMatchObject({
      code: 'unknown-id',
    });
  });

  it('reads the whole record', async () => {
    const { world, at } = await deskHere();
    await world.begin();
    await world.act(people.bea, { do: 'note', text: 'x' });
    const place = await openAwsGameDays(await openEnvironment(io().io, flags, at('carl').outside));
    const record = await place.open(edition, undefined).record();
    expect(record.input.id).toBe('payment-outage');
    expect(record.entries).toEqual(await world.entries());
  });
});

describe('steadfast gameday plan and start', () => {
  const project = (changes: object = {}) =>
    capturedIo(
      temporaryProject({
        'experiments/slow-database.json': slowDatabase,
        'experiments/environments/staging.json': staging,
        'experiments/labs/shop.json': shopLab,
        'experiments/game-days/slow-day.json': { ...slowDay, ...changes },
      }),
    );

  const deployed = { definition: JSON.stringify(gameDayMachine(gameDayInput('environment'))) };

  it('plans for the lab without AWS', async () => {
    const { at } = await deskHere();
    const { io: where, out } = project();
    expect(await gameDayPlanCommand(where, 'slow-day', {}, at('olga').outside)).toBe(0);
    for (const part of [
      'The database is slow all morning',
      'slow-database, stage 1',
      'fast: Products come as fast as ever. (products.p95 shows it)',
      'alert',
      'Everybody is on the bridge.',
      'npx steadfast gameday rehearse slow-day',
    ])
      expect(out()).toContain(part);
  });

  it('begins what is deployed, named so that its edition is known', async () => {
    const { at } = await deskHere();
    const olga = at('olga');
    olga.machines.on(DescribeStateMachineCommand).resolves(deployed);
    const planned = project();
    expect(await gameDayPlanCommand(planned.io, 'slow-day', flags, olga.outside)).toBe(0);
    expect(planned.out()).toContain('npx steadfast gameday start slow-day --env staging');
    const begun = project();
    const outside = { ...olga.outside, salt: () => 'salt' };
    expect(await gameDayStartCommand(begun.io, 'slow-day', flags, outside)).toBe(0);
    const [call] = olga.machines.commandCalls(StartExecutionCommand);
    expect(call?.args[0].input).toEqual({
      stateMachineArn:
        'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-gameday-staging-slow-day',
      name: expect.stringMatching(/^slow-day-20261201-1800\d\d-[0-9a-f]{4}$/) as string,
      input: '{}',
    });
    expect(begun.err()).toBe('');
    const changed = project({ title: 'Another title' });
    await gameDayStartCommand(changed.io, 'slow-day', { ...flags, json: true }, outside);
    expectDocument('gameday start', changed.out());
    expect(changed.err()).toContain('is not the one deployed in staging');
  });

  it.each([
    ['is not deployed', {}, 'unknown-id', 'cdk deploy'],
    ['is not valid', { stages: [] }, 'invalid', ''],
    ['does not take place there', { environments: {} }, 'invalid', ''],
  ])('begins nothing where it %s, and plan says so too', async (_, changes, code, hint) => {
    const { at } = await deskHere();
    const { outside, machines } = at('olga');
    const refusal = { code, ...(hint === '' ? {} : { hint: expect.stringContaining(hint) as string }) };
    await expect(gameDayStartCommand(project(changes).io, 'slow-day', flags, outside)).rejects.toMatchObject(
      refusal,
    );
    const planned = project(changes);
    const code4 = await gameDayPlanCommand(planned.io, 'slow-day', flags, outside).catch(() => 4);
    expect(code4).toBe(4);
    expect(machines.commandCalls(StartExecutionCommand)).toEqual([]);
  });

  it('begins nothing while another edition is open', async () => {
    const { world, at } = await deskHere();
    await world.begin();
    const olga = at('olga');
    olga.machines.on(DescribeStateMachineCommand).resolves(deployed);
    const start = gameDayStartCommand(project().io, 'slow-day', flags, olga.outside);
    await expect(start).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining(edition) as string,
    });
    const planned = project();
    expect(await gameDayPlanCommand(planned.io, 'slow-day', { ...flags, json: true }, olga.outside)).toBe(4);
    expect(expectDocument('gameday plan', planned.out())).toMatchObject({
      begins: false,
      refusal: { code: 'busy' },
    });
    expect(olga.machines.commandCalls(StartExecutionCommand)).toEqual([]);
  });
});
