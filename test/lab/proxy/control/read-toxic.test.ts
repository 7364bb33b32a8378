import { describe, expect, it } from 'vitest';
import { readToxic, readToxicUpdate } from '../../../../lib/lab/proxy/control/read-toxic.ts';

const latency = { type: 'latency', attributes: { latency: 100 } };

describe('a toxic that is sent', () => {
  it('has Toxiproxy’s defaults for what it leaves out, null as well', () => {
    expect(readToxic({ ...latency, name: null, attributes: { latency: 100, jitter: null } })).toEqual({
      toxic: {
        attributes: { latency: 100, jitter: 0 },
        name: 'latency_downstream',
        type: 'latency',
        stream: 'downstream',
        toxicity: 1,
      },
      ttlMs: undefined,
    });
    expect(readToxic({ type: 'noop', attributes: null, ttl: '30s' })).toMatchObject({ ttlMs: 30_000 });
  });

  it.each<[object | string, string, (string | number)[]]>([
    ['text', 'bad request body: json: cannot unmarshal string into Go value of type toxics.ToxicWrapper', []],
    [{ name: 5 }, 'number into Go struct field ToxicWrapper.name of type string', ['name']],
    [{ type: [] }, 'array into Go struct field ToxicWrapper.type of type string', ['type']],
    [{ stream: true }, 'bool into Go struct field ToxicWrapper.stream of type string', ['stream']],
    [{ toxicity: {} }, 'object into Go struct field ToxicWrapper.toxicity of type float32', ['toxicity']],
    [{ attributes: 'x' }, 'Go struct field ToxicWrapper.attributes of type toxics.NoopToxic', ['attributes']],
    [{ ...latency, stream: 'sideways' }, 'stream was invalid', ['stream']],
    [{}, 'invalid toxic type', ['type']],
    [{ type: 'unheard-of' }, 'invalid toxic type', ['type']],
    [
      { type: 'latency', attributes: { latency: 'long' } },
      'string into Go struct field LatencyToxic.attributes.latency of type int64',
      ['attributes', 'latency'],
    ],
    [
      { type: 'reset_peer', attributes: { timeout: true } },
      'bool into Go struct field ResetToxic.attributes.timeout of type int64',
      ['attributes', 'timeout'],
    ],
    [{ type: 'latency', attributes: { latency: -1 } }, 'attributes.latency: ', ['attributes', 'latency']],
    [{ ...latency, ttl: 'soon' }, 'ttl: "soon" is no time to live', ['ttl']],
  ])('%j is refused with its place', (sent, refused, path) => {
    const read = readToxic(sent);
    expect(read).toMatchObject({ path });
    expect('refused' in read && read.refused).toContain(refused);
  });

  it('keeps a name of its own', () => {
    expect(readToxic({ ...latency, name: 'mine' })).toMatchObject({ toxic: { name: 'mine' } });
  });

  it('may not have a name that is taken', () => {
    expect(readToxic(latency, (name) => name === 'latency_downstream')).toEqual({
      taken: 'latency_downstream',
    });
  });
});

describe('a change of a toxic', () => {
  const before = {
    attributes: { latency: 100, jitter: 5 },
    name: 'slow',
    type: 'latency',
    stream: 'upstream',
    toxicity: 0.5,
  };

  it('changes what it names alone', () => {
    expect(readToxicUpdate({ attributes: { latency: 200, jitter: null } }, before)).toEqual({
      toxic: { ...before, attributes: { latency: 200, jitter: 5 } },
      ttlMs: undefined,
    });
    expect(readToxicUpdate({ toxicity: 1, ttl: 2 }, before)).toEqual({
      toxic: { ...before, toxicity: 1 },
      ttlMs: 2_000,
    });
  });

  it.each<[unknown, string]>([
    [[], 'json: cannot unmarshal array into Go value'],
    [{ toxicity: 'half' }, 'toxicity of type float32'],
    [{ attributes: 7 }, 'attributes of type toxics.NoopToxic'],
    [{ attributes: { jitter: 'much' } }, 'LatencyToxic.attributes.jitter of type int64'],
    [{ ttl: -1 }, 'ttl: -1 is no time to live'],
  ])('to %j is refused', (sent, refused) => {
    const read = readToxicUpdate(sent, before);
    expect('refused' in read && read.refused).toContain(refused);
  });
});
