import { expect, it } from 'vitest';
import { labSchema } from '../../lib/experiment/lab.ts';
import { serviceFactsOf } from '../../lib/lab/services.ts';

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
