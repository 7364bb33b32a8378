import { describe, expect, it } from 'vitest';
import { changed, told } from '../definitions/told.ts';
import { matching } from '../fakes/matching.ts';
import { slowDatabase } from '../plan/examples.ts';

const http = { service: 'shop', path: '/products' };

describe('a rollback', () => {
  const rollback = (value: unknown) =>
    told('experiment', changed(slowDatabase, ['rollbacks'], { undo: value }));
  const provenBy = 'products';

  it.each([
    { http: { ...http, method: 'POST' }, provenBy },
    { lambda: { function: 'undo', payload: { a: [1, null] } }, provenBy },
    { ssmAutomation: { document: 'undo', parameters: { A: ['b'] } }, provenBy, timeout: '5m' },
    { command: ['node', 'undo.js'], provenBy },
  ])('is accepted: %j', (value) => {
    expect(rollback(value)).toEqual([]);
  });

  it.each<[string, unknown, string | RegExp]>([
    ['no proof', { command: ['true'] }, 'rollbacks.undo.provenBy: is missing: a text is needed'],
    [
      'a command in one text',
      { command: 'rm -r x', provenBy },
      "rollbacks.undo.command: 'rm -r x' is not a list",
    ],
    ['an empty command', { command: [], provenBy }, /^rollbacks\.undo\.command: /],
    ['a misspelt kind', { lamda: { function: 'f' }, provenBy }, /did you mean 'lambda'/],
    ['no time', { command: ['true'], provenBy, timeout: '0s' }, /'0s' is no duration above 0/],
  ])('is refused with %s', (_what, value, message) => {
    expect(rollback(value)).toEqual([typeof message === 'string' ? message : matching(message)]);
  });
});
