import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GameDayView } from '../../../lib/game-day/view.ts';
import { largestWidgetBytes, renderChoice, renderWidget } from '../../../lib/report/game-day/widget.ts';
import { exampleView } from '../../game-day/example-view.ts';
import { buttonsOf, readMarkup, skeletonOf, textOf } from './read-markup.ts';

const endpoint = 'arn:aws:lambda:eu-west-1:111111111111:function:steadfast-staging-widget-observer';
const options = { endpoint, theme: 'light' } as const;

/** Every free text of the view replaced. */
const withTexts = (text: () => string): GameDayView => {
  const view = exampleView();
  return {
    ...view,
    edition: text(),
    title: text(),
    environment: text(),
    timeZone: text(),
    now: text(),
    halted: text(),
    preBrief: view.preBrief.map(() => ({ item: text(), text: text(), doneBy: text() })),
    stages: view.stages.map((stage) => ({
      ...stage,
      title: text(),
      summary: text(),
      predictions: stage.predictions.map((one) => ({ ...one, name: text(), says: text() })),
      alerts: stage.alerts.map((one) => ({ ...one, name: text(), alarm: text(), text: text() })),
    })),
    pending: {
      id: text(),
      title: text(),
      lines: [text(), text()],
      hash: text(),
      expiresAt: text(),
      proposedBy: text(),
      approvers: ['observer'],
    },
    aggregates: view.aggregates.map((one) => ({ ...one, probe: text(), label: text() })),
    timeline: view.timeline.map((one) => ({ ...one, at: text(), text: text(), by: text() })),
    offers: [
      {
        id: text(),
        label: text(),
        command: { do: 'approve', proposal: text(), hash: text(), note: text() },
        confirm: text(),
        asks: { key: 'note', label: text(), required: true },
        tone: 'good',
      },
    ],
  };
};

/** Text that wants out of where it stands. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '" onclick="alert(1)',
    "' autofocus onfocus='x",
    '</cwdb-action><cwdb-action action="call">{}',
    '&lt;img src=x onerror=x&gt;',
    '</style><iframe>',
    '--><svg onload=x>',
    '{{constructor}}\u2028\u0000',
  ),
);

describe('whatever people type', () => {
  test('makes no element and no attribute, wherever in the view it stands', () => {
    const plain = skeletonOf(
      renderWidget(
        withTexts(() => 'x'),
        { ...options, claimed: 'x', notice: { text: 'x', isRefusal: true } },
      ),
    );
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 3, maxLength: 40 }), (texts) => {
        let index = 0;
        const text = () => `x${texts[index++ % texts.length] ?? ''}`;
        const view = withTexts(text);
        const markup = renderWidget(view, {
          ...options,
          claimed: text(),
          notice: { text: text(), isRefusal: true },
        });
        expect(skeletonOf(markup)).toEqual(plain);
        // What is sent back is what was offered, to the letter.
        const [pressed] = buttonsOf(markup);
        expect(pressed?.sends).toMatchObject({ press: { command: view.offers[0]?.command } });
      }),
      { numRuns: 150 },
    );
  });
});

describe('what a role sees', () => {
  const markup = renderWidget(exampleView(), options);

  test('is phase, what is asked with exactly what would run, verdicts, figures and the newest lines', () => {
    const text = textOf(markup);
    for (const part of [
      'Phase: experiment',
      'You act as observer',
      'Time left: 1 h 30 min as of the last refresh (ends at 16:00:00)',
      'Asked: Stage 2: all tasks',
      'stage 1: 100% for 5 min',
      'hash f00dfeed',
      'held: held (attempt 2)',
      'Predicted: Orders queue. — as predicted',
      'Alert payment-errors: late',
      '212 ms',
      'A deployment began (CloudTrail, learnt of later)',
      'known until 14:20:00',
    ])
      expect(text).toContain(part);
  });

  test('has one button for each offer and one to look, which ask before they act and call this function', () => {
    expect(buttonsOf(markup).map(({ label, attributes }) => [label, attributes['confirmation']])).toEqual([
      ['Approve stage 2', 'Stage 2 will run.'],
      ['Add a note', undefined],
      ['Pause', undefined],
      ['Halt everything', 'Everything ends at once.'],
      ['Look again', undefined],
    ]);
    for (const { attributes } of buttonsOf(markup))
      expect(attributes).toMatchObject({ action: 'call', display: 'widget', event: 'click', endpoint });
  });

  test('holds nothing that CloudWatch takes out, and each action right behind its button', () => {
    for (const token of readMarkup(markup)) {
      if (!('element' in token)) continue;
      expect(['script', 'iframe', 'use', 'object', 'link', 'img', 'a']).not.toContain(token.element);
      for (const [name, value] of Object.entries(token.attributes)) {
        expect(name).not.toMatch(/^on|^style$|^href$|^src$/);
        expect(value).not.toMatch(/javascript:/);
      }
    }
  });

  test('reaches no other widget by its style, in either theme', () => {
    for (const theme of ['light', 'dark'] as const) {
      const [, css = ''] =
        /<style>([^<]*)<\/style>/.exec(renderWidget(exampleView(), { endpoint, theme })) ?? [];
      for (const rule of css.trim().split('\n'))
        for (const selector of rule.slice(0, rule.indexOf('{')).split(','))
          expect(selector).toMatch(/^\.steadfast-game-day/);
    }
    expect(renderWidget(exampleView(), { endpoint, theme: 'dark' })).not.toBe(markup);
  });
});

describe('size', () => {
  const long = 'a long line <&> of what happened '.repeat(60);
  const timeline = exampleView().timeline.flatMap((line) =>
    Array.from({ length: 500 }, () => ({ ...line, text: long })),
  );
  const stages = exampleView().stages.flatMap((stage) =>
    Array.from({ length: 60 }, () => ({ ...stage, summary: long })),
  );

  test('is bounded: the timeline is shortened first, and says so', () => {
    const markup = renderWidget(exampleView({ timeline, stages }), options);
    expect(Buffer.byteLength(markup)).toBeLessThanOrEqual(largestWidgetBytes);
    expect(buttonsOf(markup)).toHaveLength(5);
    expect(textOf(renderWidget(exampleView({ timeline }), options))).toContain('980 more');
  });

  test('never takes a button but the approval of what is not shown whole', () => {
    const { pending } = exampleView();
    if (pending === undefined) throw new Error('the example asks');
    const lines = Array.from({ length: 400 }, () => long);
    const markup = renderWidget(exampleView({ timeline, stages, pending: { ...pending, lines } }), options);
    expect(Buffer.byteLength(markup)).toBeLessThanOrEqual(largestWidgetBytes);
    expect(buttonsOf(markup).map(({ label }) => label)).toEqual([
      'Add a note',
      'Pause',
      'Halt everything',
      'Look again',
    ]);
    expect(textOf(markup)).toContain('This is not all of it.');
  });
});

describe('without one edition to show', () => {
  const choice = { ...options, environment: 'staging', gameDays: ['payment-down'] };

  test('it lets people choose', () => {
    const editions = [
      { edition: 'a-1', title: 'A' },
      { edition: 'b-1', title: 'B' },
    ];
    expect(buttonsOf(renderChoice({ ...choice, editions }))).toMatchObject([
      { label: 'A (a-1)', sends: { edition: 'a-1' } },
      { label: 'B (b-1)', sends: { edition: 'b-1' } },
    ]);
  });

  test('it says how one is started', () => {
    const none = renderChoice({ ...choice, editions: [] });
    expect(textOf(none)).toContain('npx steadfast gameday start payment-down --env staging');
    expect(textOf(renderChoice({ ...choice, editions: [], gameDays: [] }))).toContain(
      'None is deployed here.',
    );
  });
});
