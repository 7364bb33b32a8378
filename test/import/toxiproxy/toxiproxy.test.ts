import { describe, expect, it } from 'vitest';
import { untestedShop } from '../../recipes/examples.ts';
import { emptyProject, imported } from '../known.ts';

const importing = (document: unknown) =>
  imported(JSON.stringify(document), { project: untestedShop }, 'proxies.json');

const proxies = [
  {
    name: 'postgres_proxy',
    listen: '[::]:25432',
    upstream: 'postgres:5432',
    enabled: true,
    toxics: [
      {
        name: 'slow',
        type: 'latency',
        stream: 'upstream',
        toxicity: 0.5,
        attributes: { latency: 500, jitter: 20 },
      },
    ],
  },
];

const faultOf = (toxic: Record<string, unknown>, upstream = 'postgres:5432') => {
  const result = importing([{ name: 'postgres', listen: '0.0.0.0:1', upstream, toxics: [toxic] }]);
  const [draft] = result.definitions;
  return {
    fault: draft?.kind === 'experiment' ? draft.definition.faults['link'] : undefined,
    whys: result.fields.flatMap(({ path, why }) => (path[1] === 'toxics' && why !== undefined ? [why] : [])),
  };
};

describe('a configuration of Toxiproxy', () => {
  it('becomes an experiment for each toxic, on the link of the lab that its proxy is', () => {
    const { definitions, fields, notes, decisions, refusals } = importing(proxies);
    expect(refusals).toEqual([]);
    expect(definitions).toMatchObject([
      {
        kind: 'experiment',
        definition: {
          id: 'database-latency',
          lab: 'shop',
          faults: {
            link: {
              action: 'aws:ecs:task-network-latency',
              selector: { service: 'shop' },
              parameters: { delay: '500ms', jitter: '20ms', to: ['database'], flows: '50%' },
            },
          },
        },
      },
    ]);
    expect(notes).toContain("'postgres_proxy' is the link from 'shop' to 'database' here");
    expect(decisions.map(({ path }) => path.join('.'))).toEqual([
      'hypothesis',
      'steadyState',
      'owner',
      'stages.0.duration',
    ]);
    expect(fields.map(({ path, outcome }) => `${outcome} ${path.join('.')}`)).toEqual([
      'mapped 0.name',
      'approximated 0.listen',
      'approximated 0.upstream',
      'mapped 0.enabled',
      'approximated 0.toxics.0.name',
      'approximated 0.toxics.0.type',
      'approximated 0.toxics.0.stream',
      'approximated 0.toxics.0.toxicity',
      'mapped 0.toxics.0.attributes.latency',
      'mapped 0.toxics.0.attributes.jitter',
    ]);
  });

  it('becomes a lab with a link for each proxy where the project has no such links', () => {
    const files = [
      { name: 'redis_proxy', listen: ':26379', upstream: 'redis:6379', enabled: false },
      { name: 'orders', listen: ':1', upstream: 'orders:8080', toxics: [] },
      { name: 'db', listen: ':2', upstream: '[::1]:5432' },
    ];
    const { definitions, decisions, fields } = imported(
      JSON.stringify(files),
      { project: emptyProject },
      'links.json',
    );
    expect(definitions.map(({ kind, definition }) => `${kind} ${definition.id}`)).toEqual([
      'lab links',
      'experiment redis-closed',
    ]);
    expect(definitions[0]?.definition).toMatchObject({
      services: {
        app: {
          uses: ['redis', 'orders', 'db'],
          env: { REDIS_URL: '{redis.url}', ORDERS_URL: '{orders.url}' },
        },
        redis: { command: ['redis-server', '--port', '{port}'], playsPort: 6379 },
        orders: { command: ['node', 'orders.js'], playsPort: 8080 },
        db: { postgres: {} },
      },
    });
    expect(definitions[1]?.definition).toMatchObject({
      lab: 'links',
      faults: {
        link: {
          action: 'aws:ecs:task-network-blackhole-port',
          selector: { service: 'app' },
          parameters: { port: 6379, direction: 'egress' },
        },
      },
    });
    const asked = decisions
      .filter(({ definition }) => definition === 'links')
      .map(({ path }) => path.join('.'));
    expect(asked).toEqual([
      'services.app.command',
      'services.redis.command',
      'services.orders.command',
      'metrics.errorShare',
    ]);
    expect(fields.filter(({ unknown }) => unknown === true)).toEqual([]);
  });

  it('may be what the API answers, or what is sent to /populate', () => {
    const [proxy] = proxies;
    for (const document of [{ postgres_proxy: proxy }, { proxies }])
      expect(importing(document).definitions.map(({ definition }) => definition.id)).toEqual([
        'database-latency',
      ]);
  });

  it('is refused where the lab has the links and nothing is wrong with them', () => {
    const { refusals, definitions } = importing([
      { name: 'postgres', listen: ':1', upstream: 'postgres:5432' },
    ]);
    expect({ definitions, refusals }).toMatchObject({
      definitions: [],
      refusals: [{ code: 'nothing-to-import' }],
    });
  });

  it('says of what is no proxy, no toxic, or a field of neither, that it is left out', () => {
    const { fields } = importing([
      ...proxies,
      { name: 'x' },
      { ...proxies[0], color: 'red', toxics: [5, { why: 1 }] },
    ]);
    const whys = fields.flatMap(({ path, outcome, why }) =>
      outcome === 'refused' ? [`${path.join('.')}: ${why}`] : [],
    );
    expect(whys).toEqual([
      '1.name: it is no proxy: it says no upstream',
      '2.toxics.0: it says no type, so nobody knows what it does',
      '2.toxics.1.why: it says no type, so nobody knows what it does',
      '2.color: it is no part of a proxy that Steadfast knows',
    ]);
  });
});

describe('a toxic', () => {
  it.each([
    [
      'timeout',
      { timeout: 0 },
      { action: 'aws:ecs:task-network-blackhole-port', parameters: { port: 5432 } },
    ],
    ['down', {}, { action: 'aws:ecs:task-network-blackhole-port' }],
    [
      'packet_loss',
      { loss: 0.254 },
      { action: 'aws:ecs:task-network-packet-loss', parameters: { loss: '25%' } },
    ],
    ['packet_loss', { loss: 0.001 }, { parameters: { loss: '1%' } }],
    ['latency', { latency: 1 }, { parameters: { delay: '1ms', jitter: '0s' } }],
    ['Latency', { latency: 60_000 }, { parameters: { delay: '1m' } }],
  ])('of type %s with %j is a fault', (type, attributes, fault) => {
    expect(faultOf({ type, attributes }).fault).toMatchObject(fault);
  });

  it.each([
    ['bandwidth', { rate: 10 }, 'no fault of FIS narrows a connection; '],
    ['slow_close', { delay: 10 }, 'no fault of FIS delays the end of connections; '],
    ['reset_peer', {}, 'no fault of FIS resets connections; '],
    ['slicer', {}, 'no fault of FIS cuts what is sent into pieces; '],
    ['limit_data', { bytes: 1 }, 'no fault of FIS ends connections after some bytes; '],
    ['nonsense', {}, 'it is no type of toxic that Toxiproxy has'],
    ['constructor', {}, 'it is no type of toxic that Toxiproxy has'],
    ['latency', { latency: -1 }, 'its latency is no number of milliseconds from 1 to 60000'],
    ['latency', {}, 'its latency is no number of milliseconds from 1 to 60000'],
    ['latency', { latency: 5, jitter: 1e9 }, 'its latency is no number of milliseconds from 1 to 60000'],
    ['packet_loss', { loss: 2 }, 'no fault of FIS loses such a share; '],
  ])('of type %s with %j is refused', (type, attributes, why) => {
    const { fault, whys } = faultOf({ type, attributes });
    expect({ fault, isSaid: whys.every((one) => one.startsWith(why)) && whys.length > 0 }).toEqual({
      fault: undefined,
      isSaid: true,
    });
  });

  it('is refused where its toxicity is none, or a port is needed that nobody says', () => {
    expect(faultOf({ type: 'latency', attributes: { latency: 5 }, toxicity: 2 }).whys[0]).toContain(
      'its toxicity',
    );
    expect(faultOf({ type: 'latency', attributes: { latency: 5 }, toxicity: '1' }).whys[0]).toContain(
      'its toxicity',
    );
    expect(faultOf({ type: 'down' }, 'postgres').whys[0]).toContain('its upstream says no port');
  });

  it('hits all flows where its toxicity is all of them, or nearly', () => {
    for (const toxicity of [1, 0.999])
      expect(faultOf({ type: 'latency', attributes: { latency: 5 }, toxicity }).fault).not.toHaveProperty(
        'parameters.flows',
      );
  });
});

describe('a test in Python that makes proxies', () => {
  const text = `
import toxiproxy

@pytest.fixture
def slow_db(client):
    proxy = client.create("postgres_proxy", listen="0.0.0.0:25432", upstream="postgres:5432")
    yield proxy

def test_cache(slow_db):
    slow_db.add_toxic("latency", type="latency", attributes={"latency": 3000})
    assert httpx.get("http://localhost:8000/products").status_code == 200
`;
  const ofPython = (source: string) => imported(source, { project: untestedShop }, 'test_db.py');

  it('becomes an experiment for each toxic that it adds', () => {
    const { definitions, fields } = ofPython(text);
    expect(definitions).toMatchObject([
      { definition: { faults: { link: { parameters: { delay: '3s', to: ['database'] } } } } },
    ]);
    expect(fields.filter(({ unknown }) => unknown === true)).toEqual([]);
    expect(fields.filter(({ document }) => document === 0).map(({ why }) => why)).toContain(
      'a lab gives each link a port of its own, and tells services of it by {name}',
    );
  });

  it('gives a toxic to the proxy that it is added to', () => {
    const two = `
db = client.create("postgres", "0.0.0.0:1", "postgres:5432")
cache = client.create("cache", "0.0.0.0:2", "memcached:11211")
cache.add_toxic("slow", "latency", "upstream", 1.0, {"latency": 100})
other.add_toxic("lost", "latency", "upstream", 1.0, {"latency": 100})
`;
    const { definitions, fields } = ofPython(two);
    expect(definitions.map(({ kind, definition }) => `${kind} ${definition.id}`)).toEqual([
      'lab test-db',
      'experiment cache-latency',
    ]);
    expect(fields.filter(({ document, outcome }) => document === 3 && outcome !== 'refused')).toEqual([]);
  });
});
