import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import {
  durationIn,
  jsonMap,
  oneOf,
  percentIn,
  someOf,
  text,
  texts,
  wholeNumber,
} from '../../lib/fis/parameter.ts';

const what = 'What it is.';
const messageOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe('parameters', () => {
  it.each([
    ['a duration below its least', durationIn({ what, least: '2m', most: '15m' }), '119s', 'from 2m to 15m'],
    ['a duration above its most', durationIn({ what, least: '2m', most: '15m' }), '16m', 'from 2m to 15m'],
    ['a percentage below its least', percentIn({ what, least: '1%' }), '0.5%', 'from 1% to 100%'],
    ['a number below its least', wholeNumber({ what, least: 1, most: 65_535 }), 0, 'from 1 to 65535'],
    ['a number above its most', wholeNumber({ what, least: 1, most: 65_535 }), 70_000, 'from 1 to 65535'],
    ['a number without a most', wholeNumber({ what, least: 1 }), 0, '1 or more'],
    ['a fraction', wholeNumber({ what, least: 1 }), 1.5, '1.5 is no whole number'],
    ['an empty text', text({ what }), '', 'white space'],
    ['a text with white space', text({ what }), 'a b', 'white space'],
    ['an entry with a comma', texts({ what }), ['a,b'], 'commas'],
    ['a map that JSON cannot hold', jsonMap({ what }), { when: () => 1 }, 'JSON'],
  ])('refuse %s', (_, schema, value, words) => {
    expect(messageOf(schema, value)).toContain(words);
  });

  it.each([
    ['the least duration', durationIn({ what, least: '2m', most: '15m' }), '2m'],
    ['the most duration', durationIn({ what, least: '2m', most: '15m' }), '900s'],
    ['the least percentage', percentIn({ what, least: '0.1%' }), '0.1%'],
    ['the most percentage', percentIn({ what, least: '1%' }), '100%'],
    ['the least number', wholeNumber({ what, least: 0 }), 0],
    ['a word', oneOf(['tcp', 'udp'], { what }), 'udp'],
    ['several words', someOf(['ASG', 'ALB'], { what }), ['ALB', 'ASG']],
    ['nested maps', jsonMap({ what }), { a: { b: ['c', 1, null] } }],
  ])('take %s', (_, schema, value) => {
    expect(messageOf(schema, value)).toBeUndefined();
  });

  it('say what they are, their range and their default', () => {
    expect(percentIn({ what, least: '1%', fallback: '100%' }).description).toBe(
      'What it is. From 1% to 100%. Default: 100%.',
    );
    expect(oneOf(['tcp', 'udp'], { what, fallback: 'tcp' }).description).toBe(
      'What it is. One of tcp, udp. Default: tcp.',
    );
  });
});
