import { expect, it } from 'vitest';
import { createLaunches } from '../../lib/lab/launches.ts';
import { sequence } from './support/sequence.ts';

const shop = { id: 'shop-1', zone: 'a' };
const all = () => true;

function launchesWith() {
  const started: string[] = [];
  const launches = createLaunches(async (id) => {
    started.push(id);
    return 7;
  });
  return { started, launches };
}

it('launches at once where there is capacity, and draws the share of launches that are refused where there is not', async () => {
  const { started, launches } = launchesWith();
  expect(await launches.launch(shop)).toBe('process 7 took its place');
  const shortage = launches.refuse(all, 0.5, sequence(0.4, 0.6));
  expect(await launches.launch(shop)).toBe('nothing takes its place for want of capacity');
  expect(await launches.launch({ id: 'shop-2' })).toBe('process 7 took its place');
  expect(shortage.refused()).toEqual(['shop-1']);
  await shortage.end();
  await shortage.end();
  expect(started).toEqual(['shop-1', 'shop-2', 'shop-1']);
});

it('launches only when the last of several shortages has ended', async () => {
  const { started, launches } = launchesWith();
  const first = launches.refuse(all, 1, sequence(0));
  const second = launches.refuse(({ zone }) => zone === 'a', 1, sequence(0));
  await launches.launch(shop);
  await first.end();
  expect(started).toEqual([]);
  await second.end();
  expect(started).toEqual(['shop-1']);
});
