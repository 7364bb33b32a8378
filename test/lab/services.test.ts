import { expect, it } from 'vitest';
import { labSchema } from '../../lib/experiment/lab.ts';
import { addressOf, playedService, reachableUrl, serviceFactsOf } from '../../lib/lab/services.ts';

it('knows the port that a service has where it is deployed, where its lab says or its kind tells', () => {
  const lab = labSchema.parse({
    id: 'ports',
    services: {
      shop: { command: ['node', 'shop.ts'], playsPort: 8_080 },
      worker: { command: ['node', 'worker.ts'] },
      database: { postgres: {} },
      mail: { url: 'http://127.0.0.1:8025' },
    },
    guards: { none: { notRehearsable: 'a test' } },
  });
  expect(serviceFactsOf(lab).map(({ name, port }) => [name, port])).toEqual([
    ['shop', 8_080],
    ['worker', undefined],
    ['database', 5_432],
    ['mail', 8_025],
  ]);
});

it('plays what it has, and says why it does not play the rest', () => {
  const lab = labSchema.parse({
    id: 'shop',
    services: { shop: { command: ['node', 'shop.ts'] }, mainframe: { notRehearsable: 'nobody has one' } },
    guards: { none: { notRehearsable: 'a test' } },
  });
  expect(playedService(lab, 'shop')).toMatchObject({ command: ['node', 'shop.ts'] });
  expect(() => playedService(lab, 'mail')).toThrow("the lab 'shop' has no service 'mail'");
  expect(() => playedService(lab, 'mainframe')).toThrow("cannot play 'mainframe': nobody has one");
  expect(serviceFactsOf(lab).map(({ name }) => name)).toEqual(['shop']);
});

it.each([
  ['http://shop.test', { host: 'shop.test', port: 80 }, 'http://[::1]:5'],
  ['https://shop.test/', { host: 'shop.test', port: 443 }, 'https://[::1]:5'],
  ['http://[::2]:8080/api', { host: '::2', port: 8_080 }, 'http://[::1]:5/api'],
])('knows where %s leads, and what it looks like elsewhere', (url, address, elsewhere) => {
  expect(addressOf(url)).toEqual(address);
  expect(reachableUrl(url).urlAt({ host: '::1', port: 5 })).toBe(elsewhere);
});
