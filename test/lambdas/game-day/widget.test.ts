import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestWidgetBytes } from '../../../lib/report/game-day/widget.ts';
import { people } from '../../fakes/game-day/game-day-world.ts';
import { buttonsOf, skeletonOf, textOf } from '../../report/game-day/read-markup.ts';
import { createDeskWorld, edition } from './desk-world.ts';

const labelsOf = (markup: string) => buttonsOf(markup).map(({ label }) => label);

/** What CloudWatch would send if the button were pressed. */
function sentBy(markup: string, label: RegExp): unknown {
  const found = buttonsOf(markup).find((button) => label.test(button.label));
  if (found === undefined) throw new Error(`no button ${label}: ${labelsOf(markup).join(', ')}`);
  return found.sends;
}

describe('the widget of a role', () => {
  test('tells what it is', async () => {
    const world = createDeskWorld();
    expect(await world.widget('observer')({ describe: true })).toMatch(/^## Steadfast[\s\S]*gameDay/);
  });

  test('shows that no game day is open, and how one is started', async () => {
    const world = createDeskWorld();
    const text = textOf(await world.widget('observer')());
    expect(text).toContain('No game day is open now');
    expect(text).toContain('npx steadfast gameday start payment-outage --env staging');
  });

  test('has one go given by two roles, each by the button of their own widget', async () => {
    const world = createDeskWorld();
    await world.begin();
    const [operator, observer] = [world.widget('operator'), world.widget('observer')];
    for (const item of [/^Seen to: Everybody knows their/, /^Seen to: Everybody knows how/])
      await operator(sentBy(await operator(), item), { claimed: 'Olga' });
    const proposed = await operator(sentBy(await operator(), /^Propose go/), { claimed: ' Olga ' });
    expect(textOf(proposed)).toContain('Done.');
    expect(labelsOf(proposed)).not.toContainEqual(expect.stringMatching(/^Approve/));
    const approved = await observer(sentBy(await observer(), /^Approve/), {
      claimed: 'Bea',
      words: 'all are here',
    });
    expect(textOf(approved)).toContain('Phase: experiment');
    expect((await world.entries()).slice(-2)).toMatchObject([
      { kind: 'proposed', by: { proof: 'role', role: 'operator', claimed: 'Olga' } },
      {
        kind: 'approved',
        by: { proof: 'role', role: 'observer', claimed: 'Bea' },
        note: 'all are here',
      },
    ]);
  });

  test('never offers an observer what observers may not', async () => {
    const world = createDeskWorld();
    await world.begin();
    await world.proposeGo();
    const allowed = [
      /^Approve/,
      /^Refuse/,
      /^Halt everything/,
      /^Note/,
      /^Take back|^Seen to/,
      /^Look again/,
    ];
    for (const label of labelsOf(await world.widget('observer')()))
      expect(
        allowed.some((pattern) => pattern.test(label)),
        label,
      ).toBe(true);
    // Nor does it do so where somebody sends it all the same.
    const forged = { edition, press: { command: { do: 'pause' }, seen: '' } };
    expect(textOf(await world.widget('observer')(forged))).toContain('only somebody in the role');
    expect((await world.entries()).at(-1)).toMatchObject({ kind: 'denied', by: { role: 'observer' } });
  });

  test('refuses a button of an old view, and shows what there is now', async () => {
    const world = createDeskWorld();
    await world.begin();
    await world.proposeGo();
    const old = await world.widget('observer')();
    await world.act(people.olga, { do: 'refuse', ...pendingIn(old) });
    await world.act(people.olga, { do: 'propose', proposal: { what: 'go' } });
    const answer = await world.widget('observer')(sentBy(old, /^Approve/));
    expect(textOf(answer)).toContain('something has changed since this was shown, and nothing was done');
    expect(labelsOf(answer)).toContainEqual(expect.stringMatching(/^Approve/));
    expect((await world.entries()).map(({ kind }) => kind)).not.toContain('approved');
    // What ends things counts however old the view is.
    expect(textOf(await world.widget('observer')(sentBy(old, /^Halt/)))).toContain('Halted.');
  });

  test('halts in every role, also where nothing can be shown', async () => {
    for (const role of ['operator', 'observer', 'onCall', 'scribe'] as const) {
      const world = createDeskWorld();
      await world.begin();
      const widget = world.widget(role);
      const shown = await widget({ edition });
      world.table.mock.on(QueryCommand).rejects(new Error('the table is away'));
      const trouble = await widget({ edition });
      expect(textOf(trouble)).toContain('the table is away');
      expect(labelsOf(trouble)).toEqual(['Halt everything', 'Look again']);
      for (const markup of [shown, trouble]) {
        world.killSwitch.resetHistory();
        expect(textOf(await widget(sentBy(markup, /^Halt/)))).toContain('it was halted');
        expect(world.killSwitch.commandCalls(StartExecutionCommand).length).toBeGreaterThan(0);
      }
    }
  });

  test('asks for words that are needed, and does nothing without', async () => {
    const world = createDeskWorld();
    await world.begin();
    const widget = world.widget('scribe');
    const note = sentBy(await world.widget('observer')(), /^Note/);
    expect(textOf(await world.widget('observer')(note, { words: '  ' }))).toContain('the words are missing');
    // Nobody is a scribe here: their widget is that of another game day.
    expect(textOf(await widget(note, { words: 'x' }))).toContain('nobody acts as scribe');
    expect(labelsOf(await widget())).toEqual(['Halt everything', 'Look again']);
    expect((await world.entries()).map(({ kind }) => kind)).not.toContain('note');
  });

  test('takes what people type for text, and never for markup', async () => {
    const world = createDeskWorld();
    await world.begin();
    const widget = world.widget('observer');
    const note = sentBy(await widget(), /^Note/);
    const plain = skeletonOf(await widget(note, { words: 'plain', claimed: 'plain' }));
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=x>',
        '</textarea><cwdb-action>',
        '</li>',
      ),
    );
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (words, claimed) => {
        const markup = await widget(note, { words: `x${words}`, claimed: `y${claimed}` });
        const elements = new Set(skeletonOf(markup));
        expect([...elements].filter((one) => !plain.includes(one))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('stays within its size, however much was written', async () => {
    const world = createDeskWorld();
    await world.begin({
      preBrief: Object.fromEntries(
        Array.from({ length: 900 }, (_, index) => [`item-${index}`, 'ж'.repeat(500)]),
      ),
    });
    const markup = await world.widget('observer')();
    expect(Buffer.byteLength(markup)).toBeLessThanOrEqual(largestWidgetBytes);
    expect(textOf(markup)).toContain('steadfast gameday status');
    expect(labelsOf(markup)).toContain('Halt everything');
  });

  test('answers nonsense with words, never with a trace, and logs nothing that was typed', async () => {
    const world = createDeskWorld();
    await world.begin();
    const widget = world.widget('observer');
    const secret = 'hunter2';
    for (const sent of [
      { press: 'x' },
      { press: { command: { do: 'explode' }, seen: '' } },
      { edition: '../../etc', press: null },
      { edition: 7 },
      { edition: 'other-20261201-180000-0000' },
    ]) {
      const markup = await widget(sent, { words: secret, claimed: secret }, 5);
      expect(textOf(markup)).not.toMatch(/\n\s+at /);
      skeletonOf(markup);
    }
    world.table.mock.on(GetCommand).rejects(new Error('away'));
    world.table.mock.on(QueryCommand).rejects(new Error('away'));
    world.killSwitch.on(DescribeExecutionCommand).rejects(new Error('away'));
    expect(textOf(await widget({}, { words: secret }))).toContain('request-1');
    expect(JSON.stringify(world.logged)).not.toContain(secret);
  });

  test('lets people choose where editions of several game days are open', async () => {
    const world = createDeskWorld();
    await world.begin();
    await world.begin({ id: 'queue-full', title: 'The queue is full' }, 'queue-full-20261201-190000-aaaa');
    const choice = await world.widget('observer')({}, {}, {});
    expect(textOf(choice)).toContain('Several are open');
    expect(textOf(await world.widget('observer')(sentBy(choice, /queue is full/)))).toContain(
      'queue-full-20261201-190000-aaaa',
    );
  });
});

/** What the widget's approve button is bound to. */
function pendingIn(markup: string): { readonly proposal: string; readonly hash: string } {
  const text = JSON.stringify(sentBy(markup, /^Approve/));
  const [, proposal = ''] = /"proposal":"([^"]+)"/.exec(text) ?? [];
  const [, hash = ''] = /"hash":"([^"]+)"/.exec(text) ?? [];
  return { proposal, hash };
}
