import { describe, expect, it } from 'vitest';
import { carriedOut } from '../carried-out.ts';
import { fakeLab } from '../fake-lab.ts';

const bothShops = ['shop-1', 'shop-2'];

describe('instances', () => {
  it('are stopped, and started again when the time is over', async () => {
    const { lab, done } = fakeLab();
    const { clock, bite } = carriedOut(
      'aws:ec2:stop-instances',
      lab,
      { startInstancesAfterDuration: 'PT60S' },
      bothShops,
    );
    await clock.advance(59_999);
    expect(done).toEqual(['end shop-1 within 5000 ms', 'end shop-2 within 5000 ms']);
    expect(bite()).toBeUndefined();
    await clock.advance(1);
    expect(done.slice(2)).toEqual(['start shop-1', 'start shop-2']);
    expect(bite()).toEqual({
      bit: true,
      evidence: 'shop-1: killed, was started again afterwards; shop-2: killed, was started again afterwards',
    });
  });

  it('are started again when the experiment is stopped early, and when one of them cannot be ended', async () => {
    const { lab, done } = fakeLab();
    const parameters = { startInstancesAfterDuration: 'PT60S' };
    const stopped = carriedOut('aws:ec2:stop-instances', lab, parameters, ['shop-1']);
    await stopped.clock.advance(1_000);
    stopped.stop();
    await stopped.ended;
    expect(done.at(-1)).toBe('start shop-1');
    const broken = {
      ...lab,
      killReplica: async (id: string) =>
        id === 'shop-2' ? Promise.reject(new Error('no')) : lab.killReplica(id),
    };
    const failed = carriedOut('aws:ec2:stop-instances', broken, parameters, bothShops);
    await expect(failed.ended).rejects.toThrow('no');
    expect(done.slice(-2)).toEqual(['start shop-1', 'start shop-2']);
  });

  it('are terminated, and others are launched in their place', async () => {
    const { lab, done } = fakeLab();
    const { ended } = carriedOut('aws:ec2:terminate-instances', lab, {}, ['shop-1']);
    expect(await ended).toEqual({ bit: true, evidence: 'shop-1: killed, process 2 took its place' });
    expect(done).toEqual(['end shop-1 within 5000 ms', 'start shop-1']);
  });

  it('that did not run were not reached', async () => {
    const { lab } = fakeLab();
    const dead = {
      ...lab,
      killReplica: async (id: string) => ({ ...(await lab.killReplica(id)), gone: false }),
    };
    const { ended } = carriedOut('aws:ec2:reboot-instances', dead, {}, ['shop-1']);
    expect(await ended).toMatchObject({ bit: false, likely: 'none of their processes was running' });
  });

  it('are not replaced in a zone that has no capacity, until it has some again', async () => {
    const { lab, done } = fakeLab();
    const shortage = carriedOut(
      'aws:ec2:asg-insufficient-instance-capacity-error',
      lab,
      { duration: 'PT60S', availabilityZoneIdentifiers: 'eu-west-1a, eu-west-1c' },
      { service: 'shop' },
    );
    const { ended } = carriedOut('aws:ec2:terminate-instances', lab, {}, bothShops);
    expect((await ended).evidence).toBe(
      'shop-1: killed, nothing takes its place for want of capacity; shop-2: killed, process 2 took its place',
    );
    expect(done).not.toContain('start shop-1');
    await shortage.clock.advance(60_000);
    expect(done).toContain('start shop-1');
    expect(shortage.bite()).toEqual({ bit: true, evidence: 'launches of shop-1 were refused' });
  });

  it.each([
    ['eu-west-1a', 'nothing of shop-1, shop-3 had to be launched meanwhile'],
    ['eu-west-1c', 'none of the replicas is in eu-west-1c'],
  ])('that nobody launches miss no capacity in %s', async (availabilityZoneIdentifiers, likely) => {
    const { lab } = fakeLab();
    const parameters = { duration: 'PT60S', availabilityZoneIdentifiers, percentage: '100' };
    const { ended, stop } = carriedOut('aws:ec2:api-insufficient-instance-capacity-error', lab, parameters, {
      service: 'shop',
    });
    stop();
    expect(await ended).toEqual({ bit: false, evidence: 'no launch was refused', likely });
  });

  it('of Spot are ended when their time is over, and not when it is called off before', async () => {
    const { lab, done } = fakeLab();
    const interrupt = () =>
      carriedOut('aws:ec2:send-spot-instance-interruptions', lab, { durationBeforeInterruption: 'PT2M' }, [
        'shop-1',
      ]);
    const first = interrupt();
    await first.clock.advance(119_999);
    first.stop();
    expect(await first.ended).toMatchObject({ bit: false });
    expect(done).toEqual([]);
    const second = interrupt();
    await second.clock.advance(120_000);
    expect(second.bite()).toMatchObject({ bit: true });
    expect(done).toEqual(['end shop-1 within 5000 ms', 'start shop-1']);
  });

  it('of a node group are terminated by their share, rounded down', async () => {
    const { lab, done } = fakeLab();
    const terminate = (instanceTerminationPercentage: string) =>
      carriedOut(
        'aws:eks:terminate-nodegroup-instances',
        lab,
        { instanceTerminationPercentage },
        { service: 'shop' },
      ).ended;
    expect(await terminate('50')).toMatchObject({ bit: true });
    expect(done.filter((one) => one.startsWith('end'))).toHaveLength(2);
    expect(await terminate('24')).toEqual({
      bit: false,
      evidence: 'no process was ended',
      likely: '24 % of 4 of shop is less than one',
    });
  });
});

describe('tasks and pods', () => {
  it('of hosts that are drained are replaced one after the other', async () => {
    const { lab, stopped } = fakeLab();
    const parameters = { drainagePercentage: '50', duration: 'PT60S' };
    const { clock, bite } = carriedOut('aws:ecs:drain-container-instances', lab, parameters, {
      service: 'shop',
    });
    await clock.advance(59_999);
    expect(stopped).toEqual(['shop-1', 'shop-2']);
    expect(bite()).toBeUndefined();
    await clock.advance(1);
    expect(bite()).toEqual({ bit: true, evidence: 'shop-1: gone; shop-2: gone' });
  });

  it.each([
    [{}, 'end shop-1 within 5000 ms'],
    [{ gracePeriodSeconds: '0' }, 'kill shop-1'],
    [{ gracePeriodSeconds: '2' }, 'end shop-1 within 2000 ms'],
  ])('are deleted with the grace of %j', async (parameters, how) => {
    const { lab, done } = fakeLab();
    await carriedOut('aws:eks:pod-delete', lab, parameters, ['shop-1']).ended;
    expect(done).toEqual([how, 'start shop-1']);
  });

  it('lose the process that is called so, by the signal that is asked for; nothing is killed where one has none', async () => {
    const { lab, done } = fakeLab();
    // This very process plays them: the system knows what it is called.
    const replicas = lab.replicas.map((replica) => ({ ...replica, pid: process.pid }));
    const kill = (parameters: Record<string, string>) =>
      carriedOut('aws:ecs:task-kill-process', { ...lab, replicas }, parameters, ['shop-1']).ended;
    expect(await kill({ processName: 'node' })).toMatchObject({ bit: true });
    await kill({ processName: 'node', signal: 'SIGKILL' });
    expect(done).toEqual(['end shop-1 within 5000 ms', 'start shop-1', 'kill shop-1', 'start shop-1']);
    await expect(kill({ processName: 'nginx' })).rejects.toThrow("no process of shop-1 is called 'nginx'");
    expect(done).toHaveLength(4);
  });
});

describe('stress', () => {
  it('of the CPU is beside the replicas, which say whether they felt it', async () => {
    const { lab, done } = fakeLab();
    const { clock, bite } = carriedOut(
      'aws:ecs:task-cpu-stress',
      lab,
      { duration: 'PT60S', percent: '80' },
      bothShops,
    );
    await clock.advance(60_000);
    expect(done).toEqual(['press {"kind":"cpu","workers":1,"loadPercent":80}', 'release cpu']);
    expect(bite()).toMatchObject({ bit: true });
    expect(bite()?.evidence).toContain('shop-2 ran for 0.1 s and waited for a CPU for 0.2 s');
    const none = carriedOut('aws:eks:pod-cpu-stress', lab, { duration: 'PT60S', percent: '0' }, bothShops);
    none.stop();
    expect(await none.ended).toMatchObject({ bit: false, likely: 'a load of 0 % is none' });
  });

  it.each([
    ['aws:ecs:task-io-stress', {}, { kind: 'io', workers: 1 }],
    ['aws:eks:pod-io-stress', { workers: '3' }, { kind: 'io', workers: 3 }],
  ])('%s presses for its duration, and is released', async (id, parameters, pressure) => {
    const { lab, done } = fakeLab();
    const { clock, bite } = carriedOut(id, lab, { duration: 'PT60S', ...parameters }, ['shop-1']);
    await clock.advance(59_999);
    expect(done).toEqual([`press ${JSON.stringify(pressure)}`]);
    await clock.advance(1);
    expect(done.at(-1)).toBe(`release ${pressure.kind}`);
    expect(bite()).toEqual({ bit: true, evidence: `${pressure.kind} pressed` });
  });

  it('takes a share of the memory that the machine can spare', async () => {
    const { lab, done } = fakeLab();
    const { ended, stop } = carriedOut(
      'aws:eks:pod-memory-stress',
      lab,
      { duration: 'PT60S', percent: '1' },
      ['shop-1'],
    );
    stop();
    await ended;
    expect(done).toEqual([expect.stringMatching(/^press {"kind":"memory","bytes":\d+}$/), 'release memory']);
  });

  it.each([
    ['before it did anything did not bite', 0, false],
    ['in the middle is not known to have bitten', 1_048_576, undefined],
  ])('that gave up %s, and says why', async (_what, writtenBytes, bit) => {
    const { lab } = fakeLab();
    const none = { heldConnections: 0, refusedConnections: 0 };
    const counters = () => ({ cpuMs: 0, heldBytes: 0, mostHeldBytes: 0, writtenBytes, ...none });
    const poor = {
      ...lab,
      press: async (pressure: Parameters<typeof lab.press>[0]) => ({
        ...(await lab.press(pressure)),
        counters,
        gaveUp: () => 'the machine had only 1 MiB left',
      }),
    };
    const { bite, clock } = carriedOut('aws:ecs:task-io-stress', poor, { duration: 'PT1S' }, ['shop-1']);
    await clock.advance(1_000);
    expect(bite()).toMatchObject({ bit, likely: 'the machine had only 1 MiB left' });
  });
});
