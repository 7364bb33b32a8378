import { GetCalendarStateCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createFreezes } from '../../lib/aws/freezes.ts';
import { containing } from '../fakes/matching.ts';

const freezes = [{ parameter: '/org/freeze' }, { changeCalendar: 'releases' }] as const;

function setUp() {
  const ssm = new SSMClient({ region: 'eu-west-1' });
  const asked = mockClient(ssm);
  asked.on(GetParameterCommand).resolves({ Parameter: { Type: 'String', Value: 'off' } });
  asked.on(GetCalendarStateCommand).resolves({ State: 'OPEN' });
  const port = createFreezes({ ssm, freezes });
  return { asked, look: () => port.look() };
}

const fails = (name: string) => Object.assign(new Error(`${name}: it is so`), { name });

describe('freezes', () => {
  it.each(['false', 'off', 'No', ' none ', '0', 'OPEN'])(
    'are off where a parameter says %j',
    async (Value) => {
      const { asked, look } = setUp();
      asked.on(GetParameterCommand, { Name: '/org/freeze' }).resolves({ Parameter: { Value } });
      expect((await look())[0]).toMatchObject({ freeze: 'parameter /org/freeze', state: 'open' });
    },
  );

  it.each(['true', 'on', 'go-live until Friday', 'offline'])(
    'are on where a parameter says anything else: %s',
    async (Value) => {
      const { asked, look } = setUp();
      asked.on(GetParameterCommand).resolves({ Parameter: { Value } });
      expect((await look())[0]).toEqual({
        freeze: 'parameter /org/freeze',
        state: 'frozen',
        detail: `its value is '${Value}'`,
      });
    },
  );

  it.each([
    ['is secret', { Parameter: { Type: 'SecureString' as const, Value: 'AQIC' } }, 'SecureString'],
    ['has no value', {}, 'no value'],
  ])('are unreadable where a parameter %s', async (_, answer, detail) => {
    const { asked, look } = setUp();
    asked.on(GetParameterCommand).resolves(answer);
    expect((await look())[0]).toMatchObject({ state: 'unreadable', detail: containing(detail) });
  });

  it('are on while a calendar is closed, and tell when an open one closes', async () => {
    const { asked, look } = setUp();
    const NextTransitionTime = '2026-12-01T17:00:00Z';
    asked
      .on(GetCalendarStateCommand, { CalendarNames: ['releases'] })
      .resolves({ State: 'OPEN', NextTransitionTime });
    const closesMs = Date.parse(NextTransitionTime);
    const detail = 'it is OPEN until 2026-12-01T17:00:00.000Z';
    expect((await look())[1]).toEqual({ freeze: 'calendar releases', state: 'open', detail, closesMs });
    asked.on(GetCalendarStateCommand).resolves({ State: 'CLOSED', NextTransitionTime });
    expect((await look())[1]).toEqual({
      freeze: 'calendar releases',
      state: 'frozen',
      detail: 'it is CLOSED until 2026-12-01T17:00:00.000Z',
    });
    asked.on(GetCalendarStateCommand).resolves({});
    expect((await look())[1]?.state).toBe('unreadable');
  });

  it.each([
    ['InvalidDocument', undefined],
    ['ThrottlingException', undefined],
    ['AccessDeniedException', 'ssm:GetCalendarState on releases'],
  ])(
    'are unreadable where a calendar gives %s, and the others are read all the same',
    async (name, permission) => {
      const { asked, look } = setUp();
      asked.on(GetCalendarStateCommand).rejects(fails(name));
      const [parameter, calendar] = await look();
      expect(parameter?.state).toBe('open');
      expect(calendar).toMatchObject({ state: 'unreadable' });
      expect(calendar?.permission).toBe(permission);
    },
  );
});
