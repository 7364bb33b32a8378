import { describe, expect, it } from 'vitest';
import { actionHandlers } from '../../../../lib/lab/fis/action-handlers.ts';
import { containing } from '../../../fakes/matching.ts';
import { actionContext, resource } from '../action-context.ts';
import { fakeLab } from '../fake-lab.ts';

const duration = { duration: 'PT2M' };

/** A shop in the zones a and b, with a database in one of them and a queue in none. */
function labWith(database: object, queue: object = {}) {
  const fake = fakeLab();
  const facts = { kind: 'command', tags: {}, zones: [] } as const;
  fake.services.push({ ...facts, name: 'database', ...database }, { ...facts, name: 'queue', ...queue });
  return fake;
}

/** Carries an action out, and tells which links are cut meanwhile. */
async function play(
  fake: ReturnType<typeof fakeLab>,
  id: string,
  parameters: Record<string, string>,
  on: readonly (readonly [service: string, zone?: string])[],
) {
  const cut: string[] = [];
  const context = actionContext(fake, {
    parameters: { ...duration, ...parameters },
    resources: on.map(([service, zone]) => ({
      ...resource(service, fake, zone),
      ...(zone === undefined ? {} : { zone }),
    })),
    meanwhile: () => {
      for (const { id: replica } of fake.lab.replicas)
        for (const [to, link] of fake.lab.links(replica))
          if (link.toxicsInPlace() > 0) cut.push(`${replica} to ${to}`);
    },
  });
  const bite = await actionHandlers.get(id)?.carryOut(context);
  expect(context.slept).toEqual([120_000]);
  expect(fake.toxicsInPlace()).toBe(0);
  return { cut, bite };
}

const disrupt = 'aws:network:disrupt-connectivity';
const inA: readonly (readonly [string, string])[] = [['network', 'a']];
const ofShopInA = ['shop-1', 'shop-3'];
const ofShopInB = ['shop-2', 'shop-4'];
const to = (service: string, replicas: readonly string[]) => replicas.map((id) => `${id} to ${service}`);

describe('a zone that is cut off', () => {
  it.each([
    ['availability-zone', { zones: ['b'] }, to('database', ofShopInA)],
    ['availability-zone', { zones: ['a'] }, to('database', ofShopInB)],
    ['availability-zone', { zones: ['a', 'b'] }, []],
    ['vpc', { zones: ['b'] }, to('queue', ofShopInA)],
    ['s3', { zones: ['b'], apis: ['s3'] }, to('database', ofShopInA)],
    ['dynamodb', { zones: ['b'], apis: ['dynamodb'] }, to('database', ofShopInA)],
  ])('by the scope %s, with the database %j', async (scope, database, expected) => {
    const fake = labWith(database);
    const playing = play(fake, disrupt, { scope }, inA);
    if (expected.length === 0) await expect(playing).rejects.toThrow('has a link that the scope');
    else {
      const { cut, bite } = await playing;
      expect(cut).toEqual(expected);
      expect(bite).toMatchObject({ bit: true, evidence: containing('cut, 6 pieces') });
    }
    expect(fake.done).toEqual([]);
  });

  it('reaches nothing outside of its subnets by the scope all, and no balancer reaches it', async () => {
    const fake = labWith({ zones: ['a'] });
    const { cut, bite } = await play(fake, disrupt, { scope: 'all' }, inA);
    expect(cut.toSorted()).toEqual([...to('database', ofShopInB), ...to('queue', ofShopInA)].toSorted());
    expect(fake.done).toEqual(['keep shop-1,shop-3, hang 1000 ms', 'give back shop-1,shop-3']);
    expect(bite).toMatchObject({
      evidence: containing(
        'the balancer of shop could not reach shop-1, shop-3: 2 requests hung, 3 went to others',
      ),
    });
  });

  it('no longer holds what leads to a database that has failed over to another zone, and holds what now crosses', async () => {
    const fake = labWith({ kind: 'postgres' });
    const seen: string[][] = [];
    const cutNow = () =>
      fake.lab.replicas.flatMap(({ id }) =>
        (fake.lab.links(id).get('database')?.toxicsInPlace() ?? 0) > 0 ? [id] : [],
      );
    const context = actionContext(fake, {
      parameters: { ...duration, scope: 'all' },
      resources: [{ ...resource('network', fake, 'a'), zone: 'a' }],
      meanwhile: () => {
        seen.push(cutNow());
        fake.lab.writers.failOver('database');
        seen.push(cutNow());
      },
    });
    const bite = await actionHandlers.get(disrupt)?.carryOut(context);
    expect(seen).toEqual([ofShopInB, ofShopInA]);
    expect(bite).toMatchObject({ bit: true, evidence: containing('shop-1 to database: cut, 6 pieces') });
    fake.lab.writers.failOver('database');
    expect(fake.toxicsInPlace()).toBe(0);
  });

  it('did not bite where nothing was sent, and says so', async () => {
    const fake = labWith({ zones: ['b'] });
    for (const id of ofShopInA) {
      fake.link(id, 'database').traffic = false;
      fake.link(id, 'database').drawn = 0;
      fake.link(id, 'database').open = 0;
    }
    const { bite } = await play(fake, disrupt, { scope: 'availability-zone' }, inA);
    expect(bite).toMatchObject({
      bit: false,
      evidence: containing('shop-1 to database: cut, and nothing was sent'),
      likely: containing('nothing went over the link from shop to the database'),
    });
  });

  it('is cut off from what a prefix list stands for, and by no scope that FIS does not have', async () => {
    const fake = labWith({ zones: ['b'] });
    const { cut } = await play(fake, disrupt, { scope: 'prefix-list', prefixListIdentifier: 'queue' }, inA);
    expect(cut).toEqual(to('queue', ofShopInA));
    await expect(play(fake, disrupt, { scope: 'region' }, inA)).rejects.toThrow("'region' is no scope");
  });

  it('gives everything back when the action cannot go on', async () => {
    const fake = labWith({ zones: ['a'] });
    const context = actionContext(fake, {
      parameters: { ...duration, scope: 'all' },
      resources: [{ ...resource('network', fake), zone: 'a' }],
      meanwhile: () => {
        throw new Error('no time');
      },
    });
    await expect(actionHandlers.get(disrupt)?.carryOut(context)).rejects.toThrow('no time');
    expect(fake.toxicsInPlace()).toBe(0);
    expect(fake.done.at(-1)).toBe('give back shop-1,shop-3');
  });
});

describe('another Region', () => {
  const far = { region: 'eu-central-1' };
  const region = { region: 'eu-central-1' };

  it.each([
    ['aws:network:route-table-disrupt-cross-region-connectivity', region, inA, to('queue', ofShopInA)],
    [
      'aws:network:transit-gateway-disrupt-cross-region-connectivity',
      region,
      [['network']],
      to('queue', [...ofShopInA, ...ofShopInB]),
    ],
    [
      'aws:dynamodb:global-table-pause-replication',
      {},
      [['shop']],
      to('queue', [...ofShopInA, ...ofShopInB]),
    ],
    [
      'aws:memorydb:multi-region-cluster-pause-replication',
      {},
      [['queue']],
      to('queue', [...ofShopInA, ...ofShopInB]),
    ],
    ['aws:s3:bucket-pause-replication', region, [['shop']], to('queue', [...ofShopInA, ...ofShopInB])],
  ] as const)('is no longer reached: %s', async (id, parameters, on, expected) => {
    const { cut } = await play(labWith({ zones: ['b'] }, far), id, parameters, on);
    expect(cut.toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    ['aws:s3:bucket-pause-replication', { region: 'us-east-1' }],
    ['aws:s3:bucket-pause-replication', { ...region, destinationBuckets: 'database' }],
    ['aws:network:transit-gateway-disrupt-cross-region-connectivity', { region: 'us-east-1' }],
  ])('that nothing is linked to cannot be cut off: %s %j', async (id, parameters) => {
    await expect(play(labWith({ zones: ['b'] }, far), id, parameters, [['shop']])).rejects.toThrow(
      'a service of that Region',
    );
  });
});

describe('an endpoint', () => {
  it('that lets nothing in is a service that no link reaches', async () => {
    const { cut } = await play(labWith({}), 'aws:network:disrupt-vpc-endpoint', {}, [['queue']]);
    expect(cut.toSorted()).toEqual(to('queue', [...ofShopInA, ...ofShopInB]).toSorted());
    const none = play(labWith({}), 'aws:network:disrupt-vpc-endpoint', {}, [['other']]);
    await expect(none).rejects.toThrow('no link leads to other');
  });
});

describe('a balancer', () => {
  const shift = 'aws:arc:start-zonal-autoshift';
  it('sends nothing to a zone that traffic is shifted away from', async () => {
    const fake = labWith({});
    const { bite } = await play(fake, shift, { availabilityZoneIdentifier: 'eu-west-1b' }, [['shop']]);
    expect(fake.done).toEqual(['keep shop-2,shop-4, hang 0 ms', 'give back shop-2,shop-4']);
    expect(bite).toEqual({
      bit: true,
      evidence: 'the balancer of shop sent 3 requests to others in place of shop-2, shop-4',
    });
  });

  it.each([
    { availabilityZoneIdentifier: 'eu-west-1c' },
    { availabilityZoneIdentifier: 'eu-west-1b', managedResourceTypes: 'ASG,EKS' },
    { availabilityZoneIdentifier: 'eu-west-1b', zonalAutoshiftStatus: 'DISABLED' },
  ])('is not shifted where nothing of it is meant: %j', async (parameters) => {
    await expect(play(labWith({}), shift, parameters, [['shop']])).rejects.toThrow('no balancer of a lab');
  });
});

describe('connections to a database', () => {
  const fail = 'aws:dsql:cluster-connection-failure';
  it('are refused in the share that is asked for', async () => {
    const fake = labWith({});
    const { cut, bite } = await play(fake, fail, { percentage: '50' }, [['database']]);
    expect(cut.toSorted()).toEqual(to('database', [...ofShopInA, ...ofShopInB]).toSorted());
    expect(fake.link('shop-1', 'database').seen).toMatchObject([{ toxicity: 0.5 }]);
    expect(bite).toMatchObject({
      bit: true,
      evidence: containing('shop-1 to database: 3 of 0 new'),
    });
  });

  it('are not refused where none is made, and the evidence says so', async () => {
    const fake = labWith({});
    for (const id of [...ofShopInA, ...ofShopInB]) fake.link(id, 'database').traffic = false;
    const { bite } = await play(fake, fail, {}, [['database']]);
    expect(bite).toMatchObject({
      bit: false,
      likely: containing('no connection to database was made'),
    });
  });
});

describe('a cache', () => {
  it('loses its nodes in a zone until the power is back', async () => {
    const fake = labWith({});
    const power = 'aws:elasticache:replicationgroup-interrupt-az-power';
    const { bite } = await play(fake, power, {}, [['shop', 'a']]);
    expect(fake.done).toEqual(['kill shop-1', 'kill shop-3', 'start shop-1', 'start shop-3']);
    expect(bite).toMatchObject({
      bit: true,
      evidence: containing('shop-3: killed, and was replaced'),
    });
  });
});
