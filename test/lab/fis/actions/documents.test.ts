import { describe, expect, it } from 'vitest';
import { actionHandlers } from '../../../../lib/lab/fis/action-handlers.ts';
import { actionContext, resource } from '../action-context.ts';
import { fakeLab } from '../fake-lab.ts';

const send = 'aws:ssm:send-command';
const start = 'aws:ssm:start-automation-execution';
const asked = { documentArn: 'cutTheCable', documentParameters: '{"Load":"80"}' };

const play = (fake: ReturnType<typeof fakeLab>, id: string, parameters: Record<string, string>) =>
  actionHandlers
    .get(id)
    ?.carryOut(
      actionContext(fake, { parameters: { ...asked, ...parameters }, resources: [resource('other', fake)] }),
    );

describe('a document that a command plays', () => {
  it('runs on each replica that is hit, told its parameters and the replica', async () => {
    const fake = fakeLab();
    expect(await play(fake, send, { duration: 'PT1M' })).toEqual({
      bit: true,
      evidence: 'cutTheCable on other-1 ended with exit code 0',
    });
    const [run, end] = fake.done;
    expect(run).toContain('run cutTheCable on other-1');
    expect(run).toContain('"STEADFAST_PARAMETERS":"{\\"Load\\":\\"80\\"}","STEADFAST_REPLICA":"other-1"');
    expect(end).toBe('end cutTheCable on other-1');
  });

  it('fails its action where it fails itself', async () => {
    const fake = fakeLab();
    fake.endDocuments(Promise.resolve({ isWell: false, text: 'ended with exit code 1, and said last: no' }));
    await expect(play(fake, send, { duration: 'PT1M' })).rejects.toThrow('exit code 1, and said last: no');
    await expect(play(fake, start, { maxDuration: 'PT1M' })).rejects.toThrow(
      'exit code 1, and said last: no',
    );
    expect(fake.done.filter((one) => one.startsWith('end '))).toHaveLength(2);
  });

  it('is ended when its time is up: of a runbook that is a failure', async () => {
    const fake = fakeLab();
    fake.endDocuments(new Promise(() => undefined));
    expect(await play(fake, send, { duration: 'PT1M' })).toMatchObject({
      bit: true,
      evidence: 'cutTheCable on other-1 was still running, and was ended',
    });
    await expect(play(fake, start, { maxDuration: 'PT1M' })).rejects.toThrow('was still running');
    expect(fake.done.filter((one) => one.startsWith('end '))).toHaveLength(2);
  });

  it('runs once where it is a runbook', async () => {
    const fake = fakeLab();
    expect(await play(fake, start, { maxDuration: 'PT1M' })).toMatchObject({ bit: true });
    expect(fake.done.filter((one) => one.startsWith('run '))).toHaveLength(1);
  });
});

describe('alarms that are asserted', () => {
  const look = (states: string, names = 'errors,latency') => {
    const guards = [
      { name: 'errors', read: async () => 'ok' as const },
      { name: 'latency', read: async () => 'no data' as const },
    ];
    const parameters = { alarmArns: names, alarmStates: states };
    return actionHandlers
      .get('aws:cloudwatch:assert-alarm-state')
      ?.carryOut(actionContext(fakeLab(), { parameters, guards }));
  };

  it('are the guards of the lab, in states that are allowed', async () => {
    expect(await look('OK,INSUFFICIENT_DATA')).toEqual({
      bit: true,
      evidence: 'errors was OK; latency was INSUFFICIENT_DATA',
    });
  });

  it('fail the action in any other state, and where there is no such guard', async () => {
    await expect(look('OK')).rejects.toThrow('latency was INSUFFICIENT_DATA; allowed is OK');
    await expect(look('OK', 'errors,others')).rejects.toThrow("the lab has no guard 'others'");
  });
});
