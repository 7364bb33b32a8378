import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { playLoad } from '../../lib/lab/load.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

describe('the load of a lab', () => {
  it('goes on at its rate while no answer comes, and ends with the signal', async () => {
    let asked = 0;
    const server = createServer(() => {
      asked += 1;
      if (asked === 10) server.emit('ten');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const clock = createVirtualClock({ auto: false });
    const end = new AbortController();
    const tenAsked = once(server, 'ten');
    const playing = playLoad({ url: `http://127.0.0.1:${port}/`, perSecond: 20 }, clock, end.signal);
    await clock.advance(450);
    await tenAsked;
    await clock.advance(40);
    expect(asked).toBe(10);
    end.abort();
    await playing;
    expect(clock.sleepers).toBe(0);
    server.closeAllConnections();
    server.close();
  });
});
