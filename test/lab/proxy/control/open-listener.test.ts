import { describe, expect, it } from 'vitest';
import { openListener } from '../../../../lib/lab/proxy/control/open-listener.ts';

const failing = (code: string) => Object.assign(new Error(code), { code });

describe('a listener', () => {
  it('of localhost is at 127.0.0.1, as in Go, whatever the hosts file says first', async () => {
    expect(await openListener({ host: 'localhost', port: 7 }, async (listen) => listen)).toEqual({
      host: '127.0.0.1',
      port: 7,
    });
  });

  it('without a host is at every interface, of IPv4 alone on a machine that has no other', async () => {
    const open = async (listen: { readonly host: string }) => {
      if (listen.host === '::') throw failing('EAFNOSUPPORT');
      return listen;
    };
    expect(await openListener({ host: '', port: 7 }, open)).toEqual({ host: '0.0.0.0', port: 7 });
  });

  it('is tried once where its port is taken', async () => {
    const tried: string[] = [];
    const open = async ({ host }: { readonly host: string }) => {
      tried.push(host);
      throw failing('EADDRINUSE');
    };
    await expect(openListener({ host: '', port: 7 }, open)).rejects.toThrow('EADDRINUSE');
    expect(tried).toEqual(['::']);
  });
});
