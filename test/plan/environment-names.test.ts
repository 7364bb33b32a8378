import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestId } from '../../lib/experiment/names.ts';
import { roleNames } from '../../lib/experiment/role-names.ts';
import { fits } from '../../lib/fis/arn.ts';
import { environmentNames, shorten } from '../../lib/plan/environment-names.ts';

const longest = 'x'.repeat(longestId);

describe('the names of an environment', () => {
  const names = environmentNames({ id: longest, account: '111111111111', region: 'ap-southeast-2' });

  it('fit what AWS takes, however long the ids are', () => {
    expect(names.bucket.length).toBeLessThanOrEqual(63);
    expect(names.launcherRole.length).toBeLessThanOrEqual(64);
    expect(names.schedulerRole.length).toBeLessThanOrEqual(64);
    expect(names.function('conclude').length).toBeLessThanOrEqual(64);
    for (const role of roleNames) {
      expect(names.gameDayWidget(role).length).toBeLessThanOrEqual(64);
      expect(names.gameDayRole(role).length).toBeLessThanOrEqual(128);
    }
    expect(names.gameDayFailures.length).toBeLessThanOrEqual(80);
    expect(names.gameDay(longest).length).toBeLessThanOrEqual(80);
    expect(names.runner.length).toBeLessThanOrEqual(80);
    expect(names.launcher(longest).length).toBeLessThanOrEqual(80);
    expect(names.schedule(longest).length).toBeLessThanOrEqual(64);
  });

  it('keep the runner out of what may start launchers', () => {
    const staging = environmentNames({ id: 'staging', account: '111111111111', region: 'eu-west-1' });
    expect(staging.runnerArn.startsWith(staging.launchersArn.replace('*', ''))).toBe(false);
    expect(staging.launcherArn('slow-database').startsWith(staging.launchersArn.replace('*', ''))).toBe(true);
  });

  it('keep game days out of what may start launchers, and launchers out of what may begin game days', () => {
    const staging = environmentNames({ id: 'staging', account: '111111111111', region: 'eu-west-1' });
    const day = staging.gameDayArn('payment-down');
    const launcher = staging.launcherArn('payment-down');
    expect([fits(staging.gameDaysArn, day), fits(staging.launchersArn, day)]).toEqual([true, false]);
    expect([fits(staging.gameDaysArn, launcher), fits(staging.launchersArn, launcher)]).toEqual([
      false,
      true,
    ]);
    const execution = `${day.replace(':stateMachine:', ':execution:')}:1`;
    expect(fits(staging.gameDayExecutionsArn, execution)).toBe(true);
    expect(fits(staging.launcherExecutionsArn, execution)).toBe(false);
  });
});

describe('the names of experiments', () => {
  const anyId = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/);

  it('differ when their ids do, however long the environment is called and wherever the ids differ', () => {
    const alike = fc.tuple(anyId, anyId, fc.nat({ max: longestId })).map(([one, other, same]) => {
      const beginning = one.padEnd(longestId, 'x').slice(0, same);
      return [beginning + one, beginning + other].map((id) => id.slice(0, longestId));
    });
    fc.assert(
      fc.property(anyId, alike, (id, [one = '', other = '']) => {
        fc.pre(one !== other);
        const names = environmentNames({ id, account: '111111111111', region: 'eu-west-1' });
        expect(names.launcher(one)).not.toBe(names.launcher(other));
        expect(names.gameDay(one)).not.toBe(names.gameDay(other));
        expect(names.schedule(one)).not.toBe(names.schedule(other));
      }),
    );
  });
});

describe('a shortened name', () => {
  it('stays as it is while it fits', () => {
    expect(shorten('steadfast-staging-slow-database', 64)).toBe('steadfast-staging-slow-database');
  });

  it('still tells apart what differs only at its end', () => {
    const [one, other] = [shorten(`${longest}-a`, 30), shorten(`${longest}-b`, 30)];
    expect(one).toHaveLength(30);
    expect(one).not.toBe(other);
  });
});
