import { describe, expect, it } from 'vitest';
import { carriedOut } from '../carried-out.ts';
import { fakeLab } from '../fake-lab.ts';

const parameters = { duration: 'PT60S', port: '5432', trafficType: 'egress' };

/** A shop on port 8080, the database on 5432, and another service on 9090 that has one replica. */
function labWithPorts() {
  const fake = fakeLab();
  const facts = [
    ...fake.lab.services.map((one) => ({ ...one, port: one.name === 'shop' ? 8_080 : 9_090 })),
    { name: 'database', kind: 'postgres' as const, tags: {}, zones: [], port: 5_432 },
  ];
  return { ...fake, lab: { ...fake.lab, services: facts } };
}

describe('a black hole', () => {
  it('takes what replicas send to a port, on the links to services that have it, for as long as it lasts', async () => {
    const { lab, link, toxicsInPlace } = labWithPorts();
    const { clock, bite } = carriedOut('aws:ecs:task-network-blackhole-port', lab, parameters, ['shop-1']);
    await clock.advance(59_999);
    expect(toxicsInPlace()).toBe(1);
    const [toxic] = link('shop-1', 'database').toxics;
    expect(toxic?.direction).toBe('upstream');
    expect(toxic?.accept?.({ next: () => 0 })).toEqual({ holdMs: Number.POSITIVE_INFINITY });
    await clock.advance(1);
    expect(toxicsInPlace()).toBe(0);
    expect(bite()).toEqual({
      bit: true,
      evidence: 'shop-1 to database: 3 pieces (30 bytes) of 1 connections dropped',
    });
  });

  it('takes what a balancer sends to the replicas, until it has found out and then at all', async () => {
    const { lab, done } = labWithPorts();
    const on8080 = { ...parameters, port: '8080', trafficType: 'ingress', protocol: 'tcp' };
    const { bite, clock, stop } = carriedOut('aws:eks:pod-network-blackhole-port', lab, on8080, [
      'shop-1',
      'shop-2',
    ]);
    await clock.advance(1_000);
    expect(done).toEqual(['keep shop-1,shop-2, hang 1000 ms']);
    stop();
    await clock.advance(0);
    expect(done.at(-1)).toBe('give back shop-1,shop-2');
    expect(bite()).toEqual({
      bit: true,
      evidence: 'the balancer of shop could not reach shop-1, shop-2: 2 requests hung, 3 went to others',
    });
  });

  it.each([
    ['egress', '9999', "the targets' links lead to database (5432), queue (no port)"],
    ['ingress', '5432', 'the targets listen on 8080'],
  ])('of %s on port %s, which nothing has, takes nothing', async (trafficType, port, likely) => {
    const { lab } = labWithPorts();
    const { ended, stop } = carriedOut(
      'aws:ecs:task-network-blackhole-port',
      lab,
      { ...parameters, trafficType, port },
      ['shop-1'],
    );
    stop();
    const bite = await ended;
    expect(bite).toMatchObject({ bit: false });
    expect('likely' in bite ? bite.likely : '').toContain(likely);
  });

  it('takes no UDP, which no link carries', async () => {
    const { lab, toxicsInPlace } = labWithPorts();
    const udp = { ...parameters, protocol: 'udp' };
    const { ended, stop } = carriedOut('aws:ecs:task-network-blackhole-port', lab, udp, ['shop-1']);
    expect(toxicsInPlace()).toBe(0);
    stop();
    expect(await ended).toMatchObject({ bit: false, likely: "a lab's links carry TCP, and no UDP" });
  });
});
