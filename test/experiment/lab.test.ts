import { describe, expect, it } from 'vitest';
import { labSchema } from '../../lib/experiment/lab.ts';
import { changed, told } from '../definitions/told.ts';
import { matching } from '../fakes/matching.ts';
import { shopLab } from '../plan/examples.ts';

const toldOf = (path: readonly (string | number)[], value: unknown) =>
  told('lab', changed(shopLab, path, value));

describe('a lab', () => {
  it('is accepted, and what it leaves out has its default', () => {
    const lab = labSchema.parse(changed(shopLab, ['pace'], undefined));
    expect(lab).toMatchObject({ pace: 1, rate: { perSecond: 200, text: '200/s' } });
    expect(lab.services['shop']).toMatchObject({ replicas: 1 });
    expect(lab.guards['shopErrors']).toMatchObject({ for: { ms: 5_000, text: '5s' } });
  });

  it('may say of any name that it cannot play it, and why', () => {
    const why = { notRehearsable: 'a mainframe' };
    for (const path of [
      ['services', 'm'],
      ['metrics', 'm'],
      ['guards', 'm'],
      ['functions', 'm'],
      ['documents', 'm'],
    ])
      expect(toldOf(path, why)).toEqual([]);
    expect(toldOf(['services', 'm'], { notRehersable: 'x' })).toEqual([
      "services.m.notRehersable: there is no key 'notRehersable' here (did you mean 'notRehearsable'?)",
    ]);
  });

  it.each<[string, readonly (string | number)[], unknown, string | RegExp]>([
    ['a pace faster than time', ['pace'], 2, /^pace: /],
    ['no pace at all', ['pace'], 0, /^pace: /],
    ['no guard', ['guards'], {}, 'guards: a lab without a guard could not stop a fault by itself: add one'],
    [
      'a misspelt command',
      ['services', 'shop'],
      { comand: ['node'] },
      "services.shop.comand: there is no key 'comand' here (did you mean 'command'?)",
    ],
    [
      'no zone',
      ['services', 'shop', 'zones'],
      ['a', 'Zone B'],
      "services.shop.zones.1: 'Zone B' is no zone: write 'a', or the zone's name or id",
    ],
    [
      'a zone twice',
      ['services', 'shop', 'zones'],
      ['a', 'b', 'a'],
      "services.shop.zones.2: the zone 'a' is named twice",
    ],
    [
      'a command in one text',
      ['services', 'shop', 'command'],
      'node shop.ts',
      "services.shop.command: 'node shop.ts' is not a list",
    ],
    [
      'a service that says nothing',
      ['services', 'shop'],
      {},
      /^services\.shop: its keys \(none\) do not say which kind it is/,
    ],
    [
      'a database that is no map',
      ['services', 'database'],
      { postgres: true },
      'services.database.postgres: true is not a map',
    ],
    [
      'a service that uses none',
      ['services', 'shop', 'uses'],
      ['databse'],
      /no service is called 'databse' \(did you mean 'database'\?\)/,
    ],
    [
      'tags of a replica that is not there',
      ['services', 'shop', 'replicaTags'],
      { 2: { Env: 'production' } },
      'services.shop.replicaTags.2: there is no replica 2: the service has 1',
    ],
    [
      'tags of a replica by its id',
      ['services', 'shop', 'replicaTags'],
      { 'shop-1': { Env: 'production' } },
      /^services\.shop\.replicaTags\.shop-1: .*name a replica by its number/,
    ],
    [
      'two controls of one proxy',
      ['services'],
      { ...shopLab.services, control: { proxyControl: {} }, another: { proxyControl: {} } },
      "services.another: there is a proxy control already, 'control': a lab has one",
    ],
    ['nothing that it owns', ['owns'], { names: [] }, /^owns\.names: /],
    ['too many replicas', ['services', 'shop', 'replicas'], 21, /^services\.shop\.replicas: /],
    [
      'a metric of no service',
      ['metrics', 'errorRate', 'http', 'service'],
      'shp',
      /no service is called 'shp' \(did you mean 'shop'\?\)/,
    ],
    [
      'an unknown counter',
      ['metrics', 'errorRate'],
      { link: { service: 'shop', to: 'database' }, counter: 'byte' },
      /did you mean 'bytes'/,
    ],
    [
      'an alarm on no metric',
      ['alarms'],
      { pager: { metric: 'errorRat', above: 1 } },
      /^alarms\.pager\.metric: .*did you mean 'errorRate'/,
    ],
    [
      'an alarm that is called as a guard is',
      ['alarms'],
      { shopErrors: { metric: 'errorRate', above: 1 } },
      "alarms.shopErrors: a guard is called 'shopErrors' as well, which ends faults: nobody could tell which of them has fired",
    ],
    ['a guard on no metric', ['guards', 'shopErrors', 'metric'], 'errorRat', /did you mean 'errorRate'/],
    [
      'load on no service',
      ['load'],
      [{ service: 'nobody', path: '/', rate: '1/s' }],
      /^load\.0\.service: no service is called 'nobody'/,
    ],
    ['a rate of nothing', ['rate'], '0/s', /'0\/s' is no rate/],
  ])('is refused with %s', (_what, path, value, message) => {
    expect(toldOf(path, value)).toEqual([typeof message === 'string' ? message : matching(message)]);
  });
});
