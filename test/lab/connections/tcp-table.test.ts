import { describe, expect, it } from 'vitest';
import { leadsTo } from '../../../lib/lab/connections/leads-to.ts';
import { parseTcpTable } from '../../../lib/lab/connections/tcp-table.ts';

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (remote: string, state: string, inode: string) =>
  `   1: 0100007F:A1B2 ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;

describe("the kernel's table of TCP connections", () => {
  it.each([
    ['0100007F:1538', '127.0.0.1', 5432],
    ['0500A8C0:01BB', '192.168.0.5', 443],
    ['0000000000000000FFFF00000100007F:1538', '127.0.0.1', 5432],
    ['00000000000000000000000001000000:0050', '::1', 80],
    ['B80D0120000000000000000001000000:1F90', '2001:db8::1', 8080],
  ])('tells the far end %s', (remote, host, port) => {
    expect(parseTcpTable(`${header}\n${line(remote, '01', '4711')}\n`)).toEqual([
      { remote: { host, port }, established: true, inode: '4711' },
    ]);
  });

  it('tells an established connection from one that listens or has ended', () => {
    const table = ['0A', '01', '06'].map((state) => line('0100007F:1538', state, '1')).join('\n');
    expect(parseTcpTable(table).map(({ established }) => established)).toEqual([false, true, false]);
  });

  it.each(['', header, 'nonsense', '1: 0100007F:0001 0100007F'])('holds no connection in %j', (table) => {
    expect(parseTcpTable(table)).toEqual([]);
  });
});

describe('where a connection leads to', () => {
  const database = { host: '127.0.0.1', port: 5432 };

  it.each(['127.0.0.1', '::1', '127.0.1.1'])('is an address of this machine at %s', (host) => {
    expect(leadsTo({ host, port: 5432 }, database)).toBe(true);
    expect(leadsTo({ host, port: 5432 }, { ...database, host: 'localhost' })).toBe(true);
  });

  it.each([
    [{ host: '127.0.0.1', port: 5433 }, database],
    [{ host: '10.0.0.1', port: 5432 }, database],
    [
      { host: '10.0.0.1', port: 443 },
      { host: 'database.example.com', port: 443 },
    ],
  ])('is not %j for %j', (end, address) => {
    expect(leadsTo(end, address)).toBe(false);
  });

  it('is another machine by its own address', () => {
    expect(leadsTo({ host: '10.0.0.1', port: 443 }, { host: '10.0.0.1', port: 443 })).toBe(true);
  });
});
