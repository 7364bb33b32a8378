import { describe, expect, it } from 'vitest';
import { type LabDefinition, labSchema } from '../../lib/experiment/lab.ts';
import { checkLab } from '../../lib/lab/check-lab.ts';

const guards = { none: { notRehearsable: 'a test' } };
const check = (rest: Pick<LabDefinition, 'services' | 'metrics'>) =>
  checkLab(labSchema.parse({ id: 'lab', guards, ...rest }));

describe('checking a lab before it starts', () => {
  it.each(['http://127.0.0.1:8080', 'http://127.4.5.6', 'http://[::1]:80', 'https://localhost/shop'])(
    'takes a service at %s',
    (url) => {
      expect(() => check({ services: { shop: { url } } })).not.toThrow();
    },
  );

  it.each([
    'http://example.com',
    'http://10.0.0.1',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
  ])('refuses a service at %s, which would leave this machine', (url) => {
    expect(() => check({ services: { shop: { url } } })).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
  });

  it('tells all problems at once, and each circle once', () => {
    const services: LabDefinition['services'] = {
      a: { command: ['a'], uses: ['b'] },
      b: { command: ['b'], uses: ['a', 'mail'] },
      mail: { notRehearsable: 'it would send mail' },
    };
    const metrics: LabDefinition['metrics'] = {
      rows: { sql: 'select 1', service: 'a' },
      links: { link: { service: 'a', to: 'mail' }, counter: 'bytes' },
    };
    expect(() => check({ services, metrics })).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            code: 'cycle',
            path: ['services', 'a', 'uses'],
            hint: "take 'a' out of the uses of 'b', or the other way round",
          }),
          expect.objectContaining({ code: 'not-rehearsable', path: ['services', 'b', 'uses'] }),
          expect.objectContaining({ code: 'no-database', path: ['metrics', 'rows', 'service'] }),
          expect.objectContaining({ code: 'no-link', path: ['metrics', 'links', 'link'] }),
        ],
      }),
    );
  });
});
