import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import { planTargetOfEnvironment } from '../../lib/plan/environment-target.ts';
import { changed, told } from '../definitions/told.ts';
import { staging } from '../plan/examples.ts';

const toldOf = (field: string, value: unknown) => told('environment', changed(staging, [field], value));

const lasts = '8h' as const;
const officeHours = {
  cron: '0 9 ? * MON-FRI *',
  timeZone: 'Europe/Dublin',
  lasts,
  reason: 'people work',
};
const elsewhere = 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:paged';
const readBy = 'arn:aws:iam::222222222222:role/reads-alarms';

describe('what keeps every run of an environment from starting', () => {
  it('is read into what a plan holds', () => {
    const definition = {
      ...staging,
      blackouts: [
        officeHours,
        { from: '2026-12-24T00:00:00Z', until: '2026-12-27T00:00:00Z', reason: 'holidays' },
      ],
      freezes: [{ parameter: '/org/freeze' }, { changeCalendar: 'releases' }],
      incidentAlarms: ['shop-incident', { alarm: elsewhere, readBy }],
    };
    const target = planTargetOfEnvironment(definition, environmentSchema.parse(definition));
    expect(target.blackouts).toEqual([
      { cron: '0 9 ? * MON-FRI *', timeZone: 'Europe/Dublin', lastsMs: 28_800_000, reason: 'people work' },
      definition.blackouts[1],
    ]);
    expect(target.freezes).toEqual(definition.freezes);
    expect(target.incidentAlarms).toEqual([{ alarm: 'shop-incident' }, { alarm: elsewhere, readBy }]);
  });

  it.each([
    [{ cron: '0 9 * * 1-5' }, "blackouts.0.cron: '1-5' is no day of the week"],
    [{ timeZone: 'Europe/Dublinn' }, "blackouts.0.timeZone: 'Europe/Dublinn' is no IANA time zone"],
    [{ lasts: '32d' }, 'blackouts.0.lasts: a recurring blackout lasts 31 days at most'],
    [{ lasts: '8 hours' }, 'blackouts.0.lasts: '],
    [{ reason: ' ' }, 'blackouts.0.reason: must not be empty'],
  ])('is refused where a blackout is wrong: %j', (change, message) => {
    expect(toldOf('blackouts', [{ ...officeHours, ...change }]).join('\n')).toContain(message);
  });

  it.each([
    ['freezes', [{ parameter: 'a', changeCalendar: 'b' }], 'freezes.0: '],
    ['freezes', [{ parameter: '/org/*' }], 'freezes.0.parameter: '],
    [
      'incidentAlarms',
      [elsewhere],
      `incidentAlarms.0: '${elsewhere}' is of another account or Region: write`,
    ],
    [
      'incidentAlarms',
      [{ alarm: 'paged', readBy }],
      "incidentAlarms.0: 'paged' is of the environment's own account",
    ],
  ])('is refused where it could not be read: %s %j', (field, value, message) => {
    expect(toldOf(field, value).join('\n')).toContain(message);
  });
});
