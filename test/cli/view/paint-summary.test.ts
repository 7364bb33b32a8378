import { expect, test } from 'vitest';
import { paintSummary } from '../../../lib/cli/view/paint-summary.ts';

const lines = [
  'deviated: age was 10.9 s',
  '',
  'products  age  below 5s  missed',
  'health  p95  below 250ms  met',
];

test('a summary without colours is the same text', () => {
  expect(paintSummary(lines, 'deviated', false)).toEqual(lines);
});

test('a summary in colours stresses the verdict and the words of judgement, and changes no letter', () => {
  const painted = paintSummary(lines, 'deviated', true);
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  expect(painted.map((line) => line.replace(escapes, ''))).toEqual(lines);
  expect(painted[0]).toContain('\u001b[31mdeviated');
  expect(painted[2]).toContain('\u001b[31mmissed');
  expect(painted[3]).toContain('\u001b[32mmet');
});

test('what a summary quotes from outside cannot colour the terminal', () => {
  expect(paintSummary(['held: \u001b[31mfine'], 'held', false)).toEqual(['held: fine']);
});

test('long sentences are broken between words on a narrow terminal, and tables are not', () => {
  const long = [
    'rejected: Stage 1 cannot tell whether products keeps its p95',
    'products  p95  below 250ms  6.7 ms  24 ms  met',
  ];
  expect(paintSummary(long, 'rejected', false, 30)).toEqual([
    'rejected: Stage 1 cannot tell',
    'whether products keeps its p95',
    long[1],
  ]);
  const painted = paintSummary(long, 'rejected', true, 30);
  expect(painted[1]).toBe('\u001b[1mwhether products keeps its p95\u001b[22m');
});
