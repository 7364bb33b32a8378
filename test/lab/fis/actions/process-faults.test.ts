import { describe, expect, it } from 'vitest';
import type { ActionHandler } from '../../../../lib/lab/fis/action-handler.ts';
import { actionHandlers } from '../../../../lib/lab/fis/action-handlers.ts';
import { containing, matching } from '../../../fakes/matching.ts';
import { createVirtualClock } from '../../../fakes/virtual-clock.ts';
import { sequence } from '../../support/sequence.ts';
import { fakeLab } from '../fake-lab.ts';

const handlerOf = (id: string): ActionHandler => {
  const handler = actionHandlers.get(id);
  if (handler === undefined) throw new Error(`there is no handler of ${id}`);
  return handler;
};

/** Carries a fault out on the two first replicas of the shop, in a time of its own. */
function carryingOut(id: string, parameters: Readonly<Record<string, string>>) {
  const clock = createVirtualClock();
  const startMs = clock.now();
  const fake = fakeLab();
  const end = new AbortController();
  const carryOut = async () => {
    const told = await handlerOf(id).carryOut({
      lab: fake.lab,
      parameters: { duration: 'PT10S', ...parameters },
      resources: [],
      targets: fake.lab.replicas.slice(0, 2),
      signal: end.signal,
      clock,
      random: sequence(0.5),
    });
    return typeof told === 'function' ? told() : told;
  };
  return { ...fake, clock, end, carryOut, tookMs: () => clock.now() - startMs };
}

describe('lab:kill', () => {
  it('has what it killed started again after a while, and lasts as long as the stage', async () => {
    const { carryOut, done, tookMs } = carryingOut('lab:kill', { replacedAfterMilliseconds: '2000' });
    expect(await carryOut()).toEqual({
      bit: true,
      evidence:
        'shop-1: killed, process 2 took its place later; shop-2: killed, process 2 took its place later',
    });
    expect(done).toEqual(['kill shop-1', 'kill shop-2', 'start shop-1', 'start shop-2']);
    expect(tookMs()).toBe(10_000);
  });

  it.each([
    ['it ends', {}],
    ['it ends, however late they were to be', { replacedAfterMilliseconds: '3600000' }],
  ])('has them started again when %s', async (_, parameters) => {
    const { carryOut, done, tookMs } = carryingOut('lab:kill', parameters);
    await carryOut();
    expect(done.slice(2)).toEqual(['start shop-1', 'start shop-2']);
    expect(tookMs()).toBe(10_000);
  });

  it('has them started again at once when it is stopped', async () => {
    const { carryOut, done, end, tookMs } = carryingOut('lab:kill', {});
    end.abort();
    await carryOut();
    expect(done.slice(2)).toEqual(['start shop-1', 'start shop-2']);
    expect(tookMs()).toBe(0);
  });
});

describe('lab:freeze', () => {
  it('freezes for as long as the stage lasts, and thaws in the end', async () => {
    const { carryOut, done, tookMs } = carryingOut('lab:freeze', {});
    expect(await carryOut()).toEqual({
      bit: true,
      evidence: 'shop-1 stood still for 1000 ms; shop-2 stood still for 1000 ms',
    });
    expect(done).toEqual(['freeze shop-1', 'freeze shop-2', 'thaw shop-1', 'thaw shop-2']);
    expect(tookMs()).toBe(10_000);
  });

  it('freezes again and again where it says how often', async () => {
    const { carryOut, done, tookMs } = carryingOut('lab:freeze', {
      forMilliseconds: '500',
      everyMilliseconds: '3000',
    });
    expect(await carryOut()).toMatchObject({
      evidence: containing('shop-1 stood still 4 times, for 4000 ms in all'),
    });
    expect(done.filter((what) => what === 'thaw shop-2')).toHaveLength(4);
    expect(tookMs()).toBe(10_000);
  });

  it('thaws at once when it is stopped', async () => {
    const { carryOut, done, end, clock } = carryingOut('lab:freeze', {});
    const ended = carryOut();
    end.abort();
    await ended;
    expect(done.slice(2)).toEqual(['thaw shop-1', 'thaw shop-2']);
    expect(clock.sleepers).toBe(0);
  });

  it('thaws those that it has frozen when the next one cannot be', async () => {
    const { carryOut, done, lab } = carryingOut('lab:freeze', {});
    const { freezeReplica } = lab;
    Object.assign(lab, {
      freezeReplica: (id: string) => {
        if (id === 'shop-2') throw new Error('there is none');
        return freezeReplica(id);
      },
    });
    await expect(carryOut()).rejects.toThrow('there is none');
    expect(done).toEqual(['freeze shop-1', 'thaw shop-1']);
  });

  it('has not bitten where the system does not say that a process is stopped', async () => {
    const { carryOut, lab } = carryingOut('lab:freeze', {});
    Object.assign(lab, {
      freezeReplica: (id: string) => ({ replica: id, pid: 1, isFrozen: () => false, thaw: () => 5 }),
    });
    expect(await carryOut()).toEqual({
      bit: false,
      evidence:
        'shop-1 was to stand still once, and did so never; shop-2 was to stand still once, and did so never',
    });
  });
});

describe('lab:restart-loop', () => {
  it('kills again and again, and leaves them started', async () => {
    const { carryOut, done, tookMs } = carryingOut('lab:restart-loop', { everyMilliseconds: '4000' });
    expect(await carryOut()).toEqual({
      bit: true,
      evidence:
        'shop-1 was killed 3 times and started again each time; shop-2 was killed 3 times and started again each time',
    });
    expect(done.filter((what) => what === 'kill shop-1')).toHaveLength(3);
    expect(done.at(-1)).toBe('start shop-2');
    expect(tookMs()).toBe(10_000);
  });

  it('starts what it killed when it is stopped', async () => {
    const { carryOut, done, end } = carryingOut('lab:restart-loop', { everyMilliseconds: '4000' });
    const ended = carryOut();
    end.abort();
    await ended;
    expect(done).toEqual(['kill shop-1', 'kill shop-2', 'start shop-1', 'start shop-2']);
  });
});

describe('the pressures', () => {
  it('on the CPU bite where the replicas waited for it', async () => {
    const { carryOut, done } = carryingOut('lab:cpu-pressure', { workers: '3', loadPercent: '80' });
    expect(await carryOut()).toEqual({
      bit: true,
      evidence:
        'cpu pressed on CPU 1, which they shared; shop-1 ran for 0.1 s and waited for a CPU for 0.2 s; shop-2 ran for 0.1 s and waited for a CPU for 0.2 s',
    });
    expect(done).toEqual(['press {"kind":"cpu","workers":3,"loadPercent":80}', 'release cpu']);
  });

  it('on the CPU do not bite where the replicas wanted none', async () => {
    const { carryOut, lab } = carryingOut('lab:cpu-pressure', {});
    const { pressBeside } = lab;
    Object.assign(lab, {
      pressBeside: async (...given: Parameters<typeof pressBeside>) => ({
        ...(await pressBeside(...given)),
        scheduled: () => ({ ranMs: 0, waitedMs: 0 }),
      }),
    });
    expect(await carryOut()).toMatchObject({ bit: false, likely: matching(/hardly any CPU time/) });
  });

  it('on the CPU are not known to have bitten where nothing is counted, as of a replica that has ended', async () => {
    const { carryOut, lab } = carryingOut('lab:cpu-pressure', {});
    const { pressBeside } = lab;
    Object.assign(lab, {
      pressBeside: async (...given: Parameters<typeof pressBeside>) => ({
        ...(await pressBeside(...given)),
        scheduled: () => undefined,
      }),
    });
    expect(await carryOut()).toEqual({
      bit: undefined,
      evidence:
        'cpu pressed on CPU 1, which they shared; nothing tells what shop-1 felt of it; nothing tells what shop-2 felt of it',
    });
  });

  it('on the memory bite where all of it is held in the end, and are released', async () => {
    const { carryOut, done } = carryingOut('lab:memory-pressure', { mebibytes: '1' });
    expect(await carryOut()).toEqual({ bit: true, evidence: 'memory pressed' });
    expect(done).toEqual(['press {"kind":"memory","bytes":1048576}', 'release memory']);
  });

  it('on the memory are not known to have bitten where it was given back before the end', async () => {
    const { carryOut, lab } = carryingOut('lab:memory-pressure', { sharePercent: '0.01' });
    const { press } = lab;
    Object.assign(lab, {
      press: async (...given: Parameters<typeof press>) => ({
        ...(await press(...given)),
        gaveUp: () => 'too little was left',
      }),
    });
    expect(await carryOut()).toEqual({ bit: undefined, evidence: 'memory pressed' });
  });

  it.each([
    ['lab:memory-pressure', { mebibytes: '100000000' }, /^100000000 MiB of memory are asked for/],
    ['lab:cpu-pressure', { workers: '100000' }, /^100000 workers are asked for/],
  ])('are refused before anything starts where the machine is too small: %s', (id, parameters, message) => {
    expect(handlerOf(id).whyNotHere?.(parameters)).toMatchObject({
      message: matching(message),
      hint: matching(/^ask for at most /),
    });
  });

  it.each([
    ['lab:memory-pressure', { sharePercent: '100' }],
    ['lab:cpu-pressure', {}],
  ])('are taken where it is large enough: %s', (id, parameters) => {
    expect(handlerOf(id).whyNotHere?.(parameters)).toBeUndefined();
  });
});

describe('lab:exhaust-file-descriptors', () => {
  it('bites where a process may open no more, and gives each its limit back', async () => {
    const { carryOut, done, unwell } = carryingOut('lab:exhaust-file-descriptors', {});
    unwell.add('shop-2');
    expect(await carryOut()).toEqual({
      bit: true,
      evidence:
        'shop-1: process 1 may open no file more, and a new connection was answered; shop-2: process 1 may open no file more, and a new connection got no answer',
    });
    expect(done).toEqual(['limit shop-1', 'limit shop-2', 'restore shop-1', 'restore shop-2']);
  });

  it('is not known to have bitten what has ended meanwhile', async () => {
    const { carryOut, lab, unwell } = carryingOut('lab:exhaust-file-descriptors', {});
    const { limitFiles } = lab;
    Object.assign(lab, {
      limitFiles: (...given: Parameters<typeof limitFiles>) => ({ ...limitFiles(...given), left: () => [] }),
    });
    for (const id of ['shop-1', 'shop-2']) unwell.add(id);
    const bite = await carryOut();
    expect(bite).toMatchObject({ bit: undefined, evidence: containing('its processes are gone') });
  });

  it('does not bite where they have some left and answer', async () => {
    const { carryOut } = carryingOut('lab:exhaust-file-descriptors', { spare: '3' });
    expect(await carryOut()).toMatchObject({
      bit: false,
      evidence: containing('shop-1: process 1 may open 3 files more'),
      likely: matching(/^nothing was opened/),
    });
  });
});

describe('lab:exhaust-connections', () => {
  it('holds connections to the real address of what the replicas use, each once', async () => {
    const { carryOut, done, link } = carryingOut('lab:exhaust-connections', {
      to: 'database,queue',
      connections: '10',
    });
    const { host, port } = link('shop-1', 'database').upstream;
    expect(await carryOut()).toMatchObject({
      bit: false,
      likely: 'it takes more than 10 connections, or was not there to take any',
    });
    const press = `press ${JSON.stringify({ kind: 'connections', host, port, connections: 10 })}`;
    expect(done).toEqual([press, press, 'release connections', 'release connections']);
  });

  it('holds them to the replicas themselves, and bites where one does not answer any more', async () => {
    const { carryOut, unwell } = carryingOut('lab:exhaust-connections', { connections: '10' });
    unwell.add('shop-1');
    expect(await carryOut()).toEqual({
      bit: true,
      evidence:
        'shop-1: connections pressed, and 1 of 1 replicas did not answer; shop-2: connections pressed',
    });
  });

  it('releases what it holds when the next one cannot be held', async () => {
    const { carryOut, done } = carryingOut('lab:exhaust-connections', { to: 'mail', connections: '10' });
    await expect(carryOut()).rejects.toThrow("shop-1, shop-2 have no link to 'mail'");
    expect(done).toEqual([]);
  });
});
