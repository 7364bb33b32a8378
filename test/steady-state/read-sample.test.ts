import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Observation, observationSchema } from '../../lib/steady-state/observation.ts';
import { readSample } from '../../lib/steady-state/read-sample.ts';

const at = '2026-05-01T09:30:00.000Z';
const sample = (more: string) => `{"at":"${at}","probe":"products"${more}}`;

/** The first problem of a line, or `fine`. */
function told(text: string): string {
  const read = readSample(text);
  if (read === undefined) return 'blank';
  return 'observation' in read ? 'fine' : `${read.problems[0].code}: ${read.problems[0].message}`;
}

describe('a line of samples', () => {
  it('is a sample or a mark', () => {
    expect(readSample(sample(',"latencyMs":2.5,"status":200'))).toEqual({
      observation: { at, probe: 'products', latencyMs: 2.5, status: 200 },
    });
    expect(readSample(`{"at":"${at}","mark":"fault-end","bite":true}`)).toEqual({
      observation: { at, mark: 'fault-end', bite: true },
    });
  });

  it.each(['', '   ', '\t'])('may be blank: %j', (text) => {
    expect(readSample(text)).toBeUndefined();
  });

  it.each([
    ['{"at":', /^no-json: is no JSON: /],
    ['hello', /^no-json/],
    ['[1]', /^wrong-type: a list is no sample and no mark/],
    ['null', /^wrong-type: null is no sample/],
    ['12', /^wrong-type: 12 is no sample/],
    [sample(',"latencyMs":NaN'), /^no-number: holds NaN, which is no number in JSON/],
    [sample(',"latencyMs":-Infinity'), /^no-number: holds -Infinity/],
    [sample(',"value":1e999'), /^no-number: 'value' is larger than any number/],
    [sample(',"latencyMs":-4'), /^negative: 'latencyMs' is -4, and nothing takes less than no time/],
    [sample(',"latencyMs":null'), /^wrong-type: 'latencyMs' is null, not a number/],
    [sample(',"status":"200"'), /^wrong-type: 'status' is '200', not a number/],
    [sample(',"status":200.5'), /^wrong-type: 'status' is 200.5, not a whole number/],
    [sample(',"latency":4'), /^unknown-key: a sample has no field 'latency'/],
    [sample(',"bite":true'), /^unknown-key: 'bite' belongs to a mark, and this is a sample/],
    [`{"at":"${at}"}`, /^missing: 'probe' is missing/],
    ['{"probe":"products"}', /^missing: 'at' is missing/],
    [`{"at":"2026-02-30T00:00:00Z","probe":"p"}`, /^no-time: '2026-02-30T00:00:00Z' is no time/],
    [`{"at":"2026-05-01T09:30:00+02:00","probe":"p"}`, /^no-time: .* is no time/],
    [`{"at":1777627800,"probe":"p"}`, /^wrong-type: 'at' is 1777627800, not a text/],
    [`{"at":"${at}","mark":"fault_end"}`, /^unknown-value: 'fault_end' is none of baseline-start/],
    [`{"at":"${at}","mark":"fault-start","bite":true}`, /^misplaced: a mark 'fault-start' cannot say/],
    [`{"at":"${at}","mark":"fault-end","probe":"p"}`, /^unknown-key: 'probe' belongs to a sample/],
  ])('that cannot be read says why: %s', (text, problem) => {
    expect(told(text)).toMatch(problem);
  });

  it('is read as it was written', () => {
    const time = fc
      .date({
        min: new Date('1970-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59Z'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString());
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
    const written: fc.Arbitrary<Observation> = fc.oneof(
      fc.record(
        {
          at: time,
          probe: fc.string(),
          latencyMs: finite.map(Math.abs),
          status: fc.integer(),
          value: finite,
          error: fc.string({ unit: 'grapheme' }),
        },
        { requiredKeys: ['at', 'probe'] },
      ),
      fc.record(
        { at: time, mark: fc.constant('fault-end' as const), bite: fc.boolean() },
        { requiredKeys: ['at', 'mark'] },
      ),
    );
    fc.assert(
      fc.property(written, (observation) => {
        const text = JSON.stringify(observation);
        expect(readSample(text)).toEqual({ observation: observationSchema.parse(JSON.parse(text)) });
      }),
    );
  });

  it('that is anything at all is an observation, blank, or told what is wrong with it', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.record({ at: fc.anything(), probe: fc.anything(), latencyMs: fc.anything() }).map((value) => {
        try {
          return JSON.stringify(value) ?? '';
        } catch {
          return ''; // a bigint
        }
      }),
    );
    fc.assert(
      fc.property(line, (text) => {
        const read = readSample(text);
        if (read === undefined) expect(text.trim()).toBe('');
        else if ('observation' in read)
          expect(observationSchema.safeParse(read.observation).data).toEqual(read.observation);
        else for (const { message } of read.problems) expect(message).not.toBe('');
      }),
    );
  });
});
