import { describe, expect, it } from 'vitest';
import { fillPlaceholders } from '../../lib/lab/placeholders.ts';

const links = new Map([
  [
    'database',
    {
      host: '127.0.0.1',
      port: 5432,
      url: 'postgresql://127.0.0.1:5432/shop',
      real: { host: '127.0.0.1', port: 9999, url: 'postgresql://127.0.0.1:9999/shop' },
    },
  ],
]);
const fill = (text: string) => fillPlaceholders(text, { port: 8080, replica: 2, links });

describe('placeholders', () => {
  it.each([
    ['{port}', '8080'],
    ['shop-{replica}', 'shop-2'],
    ['{database}', '127.0.0.1:5432'],
    ['host={database.host} port={database.port}', 'host=127.0.0.1 port=5432'],
    ['{database.url}?ssl=false', 'postgresql://127.0.0.1:5432/shop?ssl=false'],
    ['{database.real}', '127.0.0.1:9999'],
    ['host={database.real.host} port={database.real.port}', 'host=127.0.0.1 port=9999'],
    ['{database.real.url}?ssl=false', 'postgresql://127.0.0.1:9999/shop?ssl=false'],
    ['{"a": 1}', '{"a": 1}'],
    ['$' + '{HOME}', '$' + '{HOME}'],
  ])('in %j give %j', (text, filled) => {
    expect(fill(text)).toBe(filled);
  });

  it('{zone} is the zone of the replica, where it has one', () => {
    expect(fillPlaceholders('in-{zone}', { port: 8080, replica: 2, zone: 'b', links })).toBe('in-b');
    expect(() => fill('in-{zone}')).toThrow('which stands for nothing here');
  });

  it.each(['{port.real}', '{replica.url}', '{queue.real}'])('like %s stand for nothing', (text) => {
    expect(() => fill(text)).toThrow(`'${text}' holds ${text}, which stands for nothing here`);
  });

  it('that stand for nothing are refused, with what there is', () => {
    expect(() => fill('{databse}')).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: "'{databse}' holds {databse}, which stands for nothing here",
        hint: "name {port}, {replica}, {database}, or add 'databse' to the service's uses",
      }),
    );
  });
});
