import { describe, expect, it } from 'vitest';
import { createLocalFis } from '../../../lib/lab/fis/local-fis.ts';
import type { FisTemplate, FisTemplateAction } from '../../../lib/plan/fis-template.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { sequence } from '../support/sequence.ts';
import { fakeLab } from './fake-lab.ts';

const wait = (duration: string, ...startAfter: string[]): FisTemplateAction => ({
  actionId: 'aws:fis:wait',
  parameters: { duration },
  startAfter,
});
const stop = (): FisTemplateAction => ({
  actionId: 'aws:ecs:stop-task',
  parameters: {},
  targets: { Tasks: 'shop' },
});
const templateOf = (actions: FisTemplate['actions'], more: Partial<FisTemplate> = {}): FisTemplate => ({
  description: 'a template',
  targets: {
    shop: {
      resourceType: 'aws:ecs:task',
      resourceTags: { Env: 'lab', Service: 'shop' },
      selectionMode: 'COUNT(1)',
    },
  },
  actions,
  stopOn: ['errors'],
  durationMs: 60_000,
  ...more,
});

describe('FIS as a whole', () => {
  const fisOf = (...templates: FisTemplate[]) => {
    const clock = createVirtualClock({ auto: false });
    const { lab, ...fake } = fakeLab();
    const fis = createLocalFis({
      lab,
      labId: 'lab',
      templates,
      guards: [{ name: 'errors', read: async () => 'ok' }],
      clock,
      random: sequence(0),
    });
    return { fis, clock, ...fake };
  };
  const start = (fis: ReturnType<typeof fisOf>['fis'], token: string) =>
    fis.start(0, { runId: 'run', token });

  it('runs five experiments at once, a preview among them, and no more until one has ended', async () => {
    const { fis, clock } = fisOf(templateOf({ hold: wait('PT60S') }));
    const [first] = await Promise.all(['1', '2', '3', '4', '5'].map((token) => start(fis, token)));
    await clock.advance(0);
    await expect(start(fis, '6')).rejects.toMatchObject({ code: 'busy' });
    await expect(fis.preview(0, 'run')).rejects.toMatchObject({ code: 'busy' });
    // The same token is no new one.
    expect(await start(fis, '1')).toEqual(first);
    await fis.stop(first?.experimentId ?? '');
    await clock.advance(0);
    await expect(start(fis, '6')).resolves.toBeDefined();
  });

  it('never resumes what was stopped: the same token gives the experiment that has ended', async () => {
    const { fis, clock, stopped } = fisOf(templateOf({ shop: stop(), hold: wait('PT60S') }));
    const { experimentId } = await start(fis, 'once');
    await clock.advance(0);
    await fis.stop(experimentId);
    await clock.advance(0);
    expect(await start(fis, 'once')).toEqual({ experimentId });
    await clock.advance(0);
    expect(await fis.state(experimentId)).toMatchObject({ status: 'stopped' });
    expect(stopped).toEqual(['shop-1']);
  });

  it('lists a preview as an experiment that has ended', async () => {
    const { fis } = fisOf(templateOf({ shop: stop() }));
    await fis.preview(0, 'run');
    expect(await fis.active('run')).toEqual([]);
    expect(await fis.state('lab-experiment-1')).toMatchObject({
      status: 'completed',
      actions: { shop: 'skipped' },
    });
  });

  it.each<[string, Partial<FisTemplate>, RegExp]>([
    [
      '21 actions',
      { actions: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`w${i}`, wait('PT1S', 'w0')])) },
      /21 actions, and FIS takes 20/,
    ],
    [
      '11 actions at once',
      { actions: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`w${i}`, wait('PT1S')])) },
      /11 actions start at once, and FIS runs 10/,
    ],
    ['6 stop conditions', { stopOn: Array.from({ length: 6 }, () => 'errors') }, /6 guards, and FIS takes 5/],
    [
      '6 ARNs in a target',
      {
        targets: {
          roles: {
            resourceType: 'aws:iam:role',
            selectionMode: 'ALL',
            resourceArns: ['a', 'b', 'c', 'd', 'e', 'f'],
          },
        },
      },
      /'roles' names 6 resources, and FIS takes 5/,
    ],
  ])('takes no template with %s', (_what, more, message) => {
    expect(() => fisOf(templateOf({ hold: wait('PT1S') }, more))).toThrow(message);
  });
});
