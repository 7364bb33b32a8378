import { describe, expect, it } from 'vitest';
import { changed, told } from '../definitions/told.ts';
import { declaring, staging } from '../plan/examples.ts';

const pods = {
  cluster: 'arn:aws:eks:eu-west-1:111111111111:cluster/shop',
  namespace: 'shop',
  pods: { label: 'app=shop,tier=web' },
  serviceAccount: 'fis',
};

describe('a whole environment', () => {
  it('is accepted with all that it can declare', () => {
    expect(told('environment', declaring)).toEqual([]);
    expect(told('environment', changed(staging, ['services', 'shop', 'eks'], pods))).toEqual([]);
  });

  it('needs no guard on production when it is production, or an account of its own', () => {
    const unwatched = changed(staging, ['guards', 'shopErrors', 'watches'], undefined);
    expect(told('environment', changed(unwatched, ['production'], true))).toEqual([]);
    expect(told('environment', changed(unwatched, ['isolated'], { reason: 'alone' }))).toEqual([]);
  });

  it('watches production also by an alarm of its account, which a role reads', () => {
    const unwatched = changed(staging, ['guards', 'shopErrors', 'watches'], undefined);
    const production = {
      alarm: 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors',
      readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
      watches: 'production',
    };
    expect(told('environment', changed(unwatched, ['guards', 'production'], production))).toEqual([]);
  });
});
