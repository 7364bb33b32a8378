import { describe, expect, it } from 'vitest';
import {
  addLatency,
  definitionIn,
  experiment,
  fieldAt,
  httpProbe,
  importing,
  placeholder,
  probing,
  python,
} from './importing.ts';

/** What takes the square of its length would take minutes of these. */
const long = 200_000;

describe('a document that is large in one direction', () => {
  it('has the first hundred of its activities taken over, and no more headers', () => {
    const probes = Array.from({ length: 150 }, () => httpProbe());
    const result = importing(experiment({ 'steady-state-hypothesis': { title: 't', probes } }));
    expect(Object.keys(definitionIn(result).steadyState)).toHaveLength(100);
    expect(fieldAt(result, 'steady-state-hypothesis.probes.100.name').why).toMatch(
      /no more than 100 activities/,
    );
    const headers = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`X-${index}`, 'x']));
    const many = importing(probing({}, { headers }));
    expect(fieldAt(many, 'steady-state-hypothesis.probes.0.provider.headers.X-110').why).toMatch(
      /more than 100 headers/,
    );
  });

  it.each<[what: string, document: () => object]>([
    ['a title', () => experiment({ title: `a${'-'.repeat(long)}b` })],
    ['a name', () => experiment({ method: [{ ...addLatency, name: `a${'-'.repeat(long)}b` }] })],
    ['a description', () => experiment({ description: 'x'.repeat(long) })],
    ['a query', () => probing({}, { url: `https://shop/x?${'?a=b&'.repeat(long / 5)}` })],
    ['a host', () => probing({}, { url: `https://${'a.-'.repeat(long / 3)}/x` })],
    ['a path', () => probing({}, { url: `https://shop${'/abcdef0123456789abcdef'.repeat(long / 20)}` })],
    [
      'a JSONPath',
      () => probing({ tolerance: { type: 'jsonpath', target: 'body', path: `$${'.a'.repeat(long)}` } }),
    ],
    [
      'a pattern',
      () => probing({ tolerance: { type: 'regex', target: 'status', pattern: `${'(a*)*'.repeat(long)}` } }),
    ],
    [
      'a pattern that repeats itself',
      () =>
        probing({
          tolerance: { type: 'regex', target: 'status', pattern: '(((.{0,900}){0,900}){0,900})*x' },
        }),
    ],
    [
      'a time',
      () =>
        experiment({
          method: [
            addLatency,
            python('chaosnetwork.actions', 'add_latency', {
              target: 'database',
              delay: `1${' '.repeat(long)}!`,
            }),
          ],
        }),
    ],
    [
      'labels',
      () =>
        experiment({
          method: [
            addLatency,
            python('chaosk8s.pod.actions', 'terminate_pods', { label_selector: 'a=b,'.repeat(long / 4) }),
          ],
        }),
    ],
    [
      'what is put in',
      () =>
        experiment({
          configuration: { x: 'y'.repeat(9_000) },
          rollbacks: [python('m', 'f', { all: Array.from({ length: 500 }, () => `a${placeholder('x')}`) })],
        }),
    ],
  ])('such as %s, is read in no time', (_what, document) => {
    expect(definitionIn(importing(document())).lab).toBe('shop');
  });
});
