/** The manifest of a project that has none; definitions are ES modules. */
export const manifest = `{
  "name": "resilience",
  "private": true,
  "type": "module"
}
`;

/** What of a project is not kept in git: the runs of rehearsals, and what is installed. */
export const gitIgnore = '.steadfast/\ncdk.out/\nnode_modules/\n';

const experiment = `import { defineExperiment } from 'steadfast-chaos';

/** Rehearse it: npx steadfast rehearse slow-names */
export default defineExperiment({
  id: 'slow-names',
  title: 'Greetings come at once though names are slow',
  owner: 'my-team',
  hypothesis: 'If the name service answers 400 ms late, greetings still come at once, with a name at most two seconds old.',
  baseline: '1m',
  steadyState: {
    greeting: {
      http: { service: 'greeter', path: '/', ageOf: '$.nameReadAt' },
      rate: '20/s',
      tolerances: { p95: { below: '200ms' }, errorRate: { below: '1%' }, age: { below: '2s', missedFor: '1s' } },
    },
  },
  faults: {
    slow: {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'greeter' },
      parameters: { delay: '400ms', jitter: '0ms', to: ['names'] },
    },
  },
  stages: [{ share: 'one', duration: '2m' }],
  recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '1m' },
  lab: 'greetings',
  // Deployed with: npx cdk deploy --all -c env=sandbox
  environments: { sandbox: {} },
});
`;

const lab = `import { defineLab } from 'steadfast-chaos';

/** Two small services on this machine. Put your own commands in their place. */
export default defineLab({
  id: 'greetings',
  // Two minutes are played in twelve seconds.
  pace: 0.1,
  services: {
    greeter: {
      command: ['node', 'greetings/greeter.mjs'],
      // {names.url} leads through a link that faults can slow down.
      env: { PORT: '{port}', NAMES_URL: '{names.url}' },
      health: { path: '/health' },
      tags: { Service: 'greeter' },
      uses: ['names'],
    },
    names: { command: ['node', 'greetings/names.mjs'], env: { PORT: '{port}' }, health: { path: '/health' } },
  },
  metrics: { failures: { http: { service: 'greeter', path: '/failures', numberOf: '$.lastSeconds' } } },
  // The rule that ends a fault early, as a CloudWatch alarm does in AWS.
  guards: { greeterFailures: { metric: 'failures', above: 10, for: '2s' } },
});
`;

const environment = `import { defineEnvironment } from 'steadfast-chaos';

/** Where the same names live in AWS. Put your own account, Region and resources in. */
export default defineEnvironment({
  id: 'sandbox',
  account: '111111111111',
  region: 'eu-west-1',
  tag: { key: 'Env', value: 'sandbox' },
  production: false,
  isolated: { reason: 'an account of its own that shares nothing with production' },
  services: {
    greeter: {
      url: 'https://greeter.sandbox.example.com',
      tags: { Service: 'greeter' },
      ecs: { cluster: 'sandbox', service: 'greeter' },
      uses: ['names'],
    },
    names: { host: 'names.sandbox.internal' },
  },
  metrics: {
    greeterErrors: {
      namespace: 'AWS/ApplicationELB',
      name: 'HTTPCode_Target_5XX_Count',
      dimensions: { LoadBalancer: 'app/greeter/0123456789abcdef' },
      statistic: 'Sum',
    },
  },
  guards: { greeterFailures: { metric: 'greeterErrors', above: 10, for: '2m' } },
  owns: { clusters: ['sandbox'] },
});
`;

const greeter = `// Greets with a name that it reads from another service, kept for half a second and read anew in the background.
import { createServer } from 'node:http';

let name;
let nameReadAt;
let reading;
const failures = [];

function read() {
  reading ??= fetch(process.env.NAMES_URL, { signal: AbortSignal.timeout(2_000) })
    .then(async (answer) => {
      name = await answer.text();
      nameReadAt = new Date();
    })
    .catch(() => failures.push(Date.now()))
    .finally(() => {
      reading = undefined;
    });
  return reading;
}

const server = createServer(async (request, response) => {
  if (nameReadAt === undefined) await read();
  if (request.url === '/failures') {
    const since = Date.now() - 5_000;
    response.end(JSON.stringify({ lastSeconds: failures.filter((at) => at > since).length }));
  } else if (nameReadAt === undefined) {
    response.writeHead(503).end('no name yet');
  } else {
    if (Date.now() - nameReadAt.getTime() > 500) void read();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ greeting: \`Hello, \${name}!\`, nameReadAt }));
  }
});

server.listen(Number(process.env.PORT), '127.0.0.1');
`;

const names = `// Knows names.
import { createServer } from 'node:http';

const names = ['Ada', 'Grace', 'Barbara', 'Frances'];

createServer((_request, response) => {
  response.end(names[Math.floor(Date.now() / 1_000) % names.length]);
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** The files of a first project, by their paths. */
export const firstProject: Readonly<Record<string, string>> = {
  'experiments/slow-names.ts': experiment,
  'experiments/environments/sandbox.ts': environment,
  'experiments/labs/greetings.ts': lab,
  'experiments/labs/greetings/greeter.mjs': greeter,
  'experiments/labs/greetings/names.mjs': names,
};
