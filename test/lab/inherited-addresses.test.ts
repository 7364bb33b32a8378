import { describe, expect, it } from 'vitest';
import shop from '../../experiments/labs/shop.ts';
import { labSchema } from '../../lib/experiment/lab.ts';
import { addressesPastLinks } from '../../lib/lab/inherited-addresses.ts';

const lab = (env: Record<string, string> = {}) =>
  labSchema.parse({
    id: 'lab',
    services: {
      shop: { command: ['shop'], env, uses: ['database', 'cache', 'priceList', 'mail'] },
      database: { postgres: {} },
      cache: { command: ['cache'], clientUrl: 'redis://{address}/0' },
      priceList: { command: ['prices'] },
      mail: { url: 'http://localhost:8025' },
      alone: { command: ['alone'] },
    },
    guards: { none: { notRehearsable: 'a test' } },
  });

describe("an address in a service's environment that leads past a link", () => {
  it.each([
    [
      'DATABASE_URL',
      'postgres://me:secret@db.example.com/shop',
      'postgres://db.example.com:5432',
      'database',
    ],
    ['PGHOST', 'db.example.com', 'db.example.com', 'database'],
    ['REDIS', 'rediss://:secret@cache.example.com:6380', 'rediss://cache.example.com:6380', 'cache'],
    ['PRICE_LIST_URL', 'http://prices.example.com', 'http://prices.example.com:80', 'priceList'],
    ['SMTP', '127.0.0.1:8025', '127.0.0.1:8025', 'mail'],
  ])(
    '%s=%s is noted, inherited or written in the lab, without any password',
    (variable, value, shown, to) => {
      const form = variable === 'PGHOST' ? `{${to}.host}` : `{${to}.url}`;
      const told = `leads past its link to '${to}': what it sends there feels no fault. Write ${variable}: '${form}' in its env`;
      expect(addressesPastLinks(lab(), { [variable]: value })).toEqual([
        `service 'shop' inherits ${variable} = ${shown}, which ${told}, or '' where it needs none.`,
      ]);
      expect(addressesPastLinks(lab({ [variable]: value }), {})).toEqual([
        `service 'shop' is given ${variable} = ${shown}, which ${told}.`,
      ]);
    },
  );

  it('is none where the lab says the variable itself, or where it is of nothing that the service uses', () => {
    const own = lab({ DATABASE_URL: '{database.url}', PGHOST: '' });
    const inherited = {
      DATABASE_URL: 'postgres://db.example.com/shop',
      PGHOST: 'db.example.com',
      npm_config_registry: 'https://packages.example.com/',
      QUEUE: 'amqp://queue.example.com',
      PATH: '/usr/bin:/bin',
      NOTHING: undefined,
    };
    expect(addressesPastLinks(own, inherited)).toEqual([]);
  });

  it('is nowhere in the example shop, whatever ordinary variables it inherits', () => {
    expect(addressesPastLinks(labSchema.parse(shop), { HOME: '/root', LANG: 'C.UTF-8' })).toEqual([]);
  });
});
