import { describe, expect, it } from 'vitest';
import { labResidue } from '../../lib/lab/lab-residue.ts';
import { latency } from '../../lib/lab/proxy/toxics/latency.ts';
import { matching } from '../fakes/matching.ts';
import { fakeLab } from './fis/fake-lab.ts';

const slow = latency({ direction: 'upstream', delayMs: 500, jitterMs: 0, toxicity: 1 });
const run = { remembered: {}, hit: [] };

describe('what a fault leaves behind in a lab', () => {
  it('is nothing where every link is clear and every replica runs', async () => {
    const residue = labResidue(fakeLab().lab);
    expect(await residue.remember([])).toEqual({});
    expect(await residue.look(run)).toEqual({ left: [], unseen: [] });
  });

  it('is a toxic that is still on a link, until it is taken away', async () => {
    const { lab, link } = fakeLab();
    const residue = labResidue(lab);
    const one = link('shop-1', 'database').addToxic(slow);
    link('shop-2', 'queue').addToxic(slow);
    link('shop-2', 'queue').addToxic({ ...slow });
    expect((await residue.look(run)).left.map(({ what }) => what)).toEqual([
      'a toxic is still on the link from shop-1 to database',
      '2 toxics are still on the link from shop-2 to queue',
    ]);
    one.remove();
    expect((await residue.look(run)).left).toHaveLength(1);
  });

  it('is a replica that does not run again', async () => {
    const { lab } = fakeLab();
    const [first, ...others] = lab.replicas;
    const dead = first === undefined ? [] : [{ ...first, alive: false }];
    const { left } = await labResidue({ ...lab, replicas: [...dead, ...others] }).look(run);
    expect(left).toMatchObject([{ what: 'shop-1 does not run', hint: matching(/^Look in the log/) }]);
  });

  it('says of one that ended by itself what it said last', async () => {
    const { lab } = fakeLab();
    const replicas = lab.replicas.map((replica) => ({ ...replica, alive: replica.id !== 'shop-1' }));
    const text = 'shop-1 ended by itself with exit code 3; it said last: out of memory';
    const diedUnexpectedly = [{ name: 'shop-1', text, logFile: 'shop-1.log' }];
    const { left } = await labResidue({ ...lab, replicas, diedUnexpectedly }).look(run);
    expect(left).toEqual([{ what: 'shop-1 does not run', hint: text }]);
  });
});
