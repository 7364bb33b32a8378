import { describe, expect, it } from 'vitest';
import { pathText } from '../../../lib/cli/print-problems.ts';
import { readProxyFile } from '../../../lib/cli/proxy/read-proxy-file.ts';
import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { blocksOf } from '../../docs/markdown.ts';

const read = (name: string, content: unknown) =>
  readProxyFile(`${temporaryProject({ [name]: content })}/${name}`, name);

/** What is wrong with a file, each as `line: path: message (hint)`. */
async function problemsOf(name: string, content: unknown): Promise<string[]> {
  try {
    await read(name, content);
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError)) throw thrown;
    expect(thrown.code).toBe('invalid');
    return thrown.problems.map(
      ({ line, path, message, hint }) => `${line}: ${pathText(path)}: ${message} (${hint})`,
    );
  }
  return [];
}

const database = { name: 'database', listen: '127.0.0.1:5433', upstream: '127.0.0.1:5432' };

describe('a file of proxies', () => {
  it("is Toxiproxy's own, as it is", async () => {
    expect(await read('toxiproxy.json', [database, { ...database, name: 'off', enabled: false }])).toEqual([
      { ...database, enabled: undefined, ttlMs: undefined, toxics: [] },
      { ...database, name: 'off', enabled: false, ttlMs: undefined, toxics: [] },
    ]);
  });

  it('may be YAML, with toxics and times to live', async () => {
    const text = `
- name: database
  listen: localhost:5433
  upstream: 127.0.0.1:5432
  ttl: 1h
  toxics:
    - { type: latency, attributes: { latency: 300 }, ttl: 30 }
    - { name: up, type: timeout, stream: upstream, toxicity: 0.5 }
`;
    expect(await read('proxies.yaml', text)).toMatchObject([
      {
        ttlMs: 3_600_000,
        toxics: [
          { ttlMs: 30_000, toxic: { name: 'latency_downstream', attributes: { latency: 300, jitter: 0 } } },
          { toxic: { name: 'up', attributes: { timeout: 0 }, toxicity: 0.5 } },
        ],
      },
    ]);
  });

  it('is what the page on the proxy shows', async () => {
    const shown = blocksOf('docs/how-to/use-the-fault-proxy.md').filter(
      ({ language }) => language === 'yaml',
    );
    expect(shown).toHaveLength(1);
    expect(await read('proxies.yaml', shown[0]?.text)).toMatchObject([
      { name: 'database' },
      { name: 'search', toxics: [{ toxic: { type: 'latency' } }] },
    ]);
  });

  it('is refused with all that is wrong, where it is, and how to mend it', async () => {
    const text = `
- name: database
  listen: localhost:5433
  upstraem: 127.0.0.1:5432
- name: database
  upstream: 5432
- name: database
  upstream: 127.0.0.1:1
  toxics:
    - type: latensy
- name: cache
  upstream: 127.0.0.1:2
  toxics:
    - type: latency
      attributes: { latencyy: 5 }
- name: cache
  upstream: cache
- name: other
  upstream: 127.0.0.1:3
  ttl: soon
- just text
`;
    expect(await problemsOf('proxies.yaml', text)).toEqual([
      "4: [0].upstraem: there is no key 'upstraem' here (did you mean 'upstream'?)",
      '6: [1].upstream: is a number, where a text is needed (undefined)',
      "10: [2].toxics[0].type: invalid toxic type (did you mean 'latency'?)",
      "15: [3].toxics[0].attributes.latencyy: there is no key 'latencyy' here (did you mean 'latency'?)",
      "17: [4].upstream: upstream address cache: missing port in address (give the host and the port of the service behind it, as in '127.0.0.1:5432')",
      "20: [5].ttl: ttl: \"soon\" is no time to live (give it as seconds (30) or as a duration ('30s', '5m'); 0 stands for none)",
      '21: [6]: is a text, where a map is needed (undefined)',
    ]);
  });

  it.each([
    [
      'two of one name',
      [database, database],
      /^\d+: \[1\]\.name: 'database' is the name of another proxy above/,
    ],
    ['a map', { database }, /^1: : is no list \(write a list of proxies/],
    ['a proxy without a name', [{ upstream: '127.0.0.1:1' }], /\[0\]\.name: is missing: a text is needed/],
    [
      'an attribute of another type',
      [{ ...database, toxics: [{ type: 'latency', attributes: { latency: '1s' } }] }],
      /latency: is a text, where a whole number is needed/,
    ],
    ['nothing', '', /is empty/],
    ['what is no JSON', '[{', /undefined|\d+: : /],
  ])('is refused where it holds %s', async (_what, content, problem) => {
    expect((await problemsOf('proxies.json', content)).join('\n')).toMatch(problem);
  });

  it('is refused where it is not there', async () => {
    await expect(readProxyFile('/nowhere/proxies.json', 'proxies.json')).rejects.toThrow(
      'proxies.json cannot be read',
    );
  });
});
