/**
 * The layers: imports point downwards only (docs/architecture.md draws them).
 * Each entry names what a layer may import besides itself and npm packages.
 */
const layers = {
  'lib/fis': [],
  'lib/experiment': ['lib/fis'],
  'lib/steady-state': ['lib/experiment', 'lib/fis'],
  'lib/plan': ['lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/run': ['lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/campaign': ['lib/run', 'lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/game-day': ['lib/run', 'lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/probing': ['lib/run', 'lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/aws': [
    'lib/game-day',
    'lib/campaign',
    'lib/probing',
    'lib/run',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
  'lib/lab': ['lib/probing', 'lib/run', 'lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/report': ['lib/game-day', 'lib/run', 'lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/game-day-page': [
    'lib/report',
    'lib/game-day',
    'lib/run',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
  'lib/recipes': ['lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/import': [
    'lib/definitions',
    'lib/recipes',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
  'lib/definitions': ['lib/game-day', 'lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/rehearsal': [
    'lib/game-day',
    'lib/lab',
    'lib/probing',
    'lib/run',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
  'lib/ports': ['lib/run', 'lib/plan', 'lib/steady-state', 'lib/experiment', 'lib/fis'],
  'lib/testing': [
    'lib/definitions',
    'lib/lab',
    'lib/probing',
    'lib/run',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
  'lib/cdk': [
    'lib/game-day',
    'lib/campaign',
    'lib/definitions',
    'lib/run',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
  'lib/app': [
    'lib/game-day',
    'lib/campaign',
    'lib/cdk',
    'lib/definitions',
    'lib/run',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
  'lib/cli': [
    'lib/game-day-page',
    'lib/game-day',
    'lib/campaign',
    'lib/aws',
    'lib/import',
    'lib/recipes',
    'lib/definitions',
    'lib/rehearsal',
    'lib/report',
    'lib/lab',
    'lib/probing',
    'lib/run',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
  lambdas: [
    'lib/game-day',
    'lib/campaign',
    'lib/aws',
    'lib/report',
    'lib/probing',
    'lib/run',
    'lib/plan',
    'lib/steady-state',
    'lib/experiment',
    'lib/fis',
  ],
};

const layerRules = Object.entries(layers).map(([layer, below]) => ({
  name: `layer-${layer.replace('lib/', '')}`,
  comment: `${layer} may import ${below.length ? below.join(', ') : 'no other layer'}`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: { path: '^(lib|lambdas|bin)/', pathNot: [layer, ...below].map((l) => `^${l}/`) },
}));

const pure = '^lib/(fis|experiment|steady-state|plan|run|campaign|game-day|recipes|import)/';

module.exports = {
  forbidden: [
    ...layerRules,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^steadfast-chaos$' },
    },
    {
      name: 'only-cdk-imports-cdk',
      severity: 'error',
      from: { pathNot: '^(lib/(cdk|app)/|bin/app)' },
      to: { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    },
    {
      name: 'only-aws-imports-the-sdk',
      severity: 'error',
      from: { path: '^(lib|bin)/', pathNot: '^lib/aws/' },
      to: { path: 'node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'the-command-starts-without-the-sdk',
      comment:
        'loading the SDK takes longer than all of the command: what needs it is imported when it is needed',
      severity: 'error',
      from: { path: '^lib/cli/(main|io|program/)' },
      to: { path: '^lib/(aws|cli/(aws|commands))/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'only-the-bundling-imports-esbuild',
      severity: 'error',
      from: { pathNot: '^lib/(cdk/bundle-handlers|game-day-page/bundle-page-script)' },
      to: { path: 'node_modules/esbuild/' },
    },
    {
      name: 'only-a-checkout-bundles',
      comment:
        'an installed package has no esbuild: what imports the bundling does so when it bundles, not before',
      severity: 'error',
      from: { path: '^(lib|bin)/' },
      to: {
        path: '^lib/(cdk/bundle-handlers|game-day-page/bundle-page-script)',
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    {
      // Its licence is the AGPL: a tool of the tests, never a part of what is deployed or published (docs/decisions/015).
      name: 'only-tests-import-the-iam-simulator',
      severity: 'error',
      from: {},
      to: { path: 'node_modules/@cloud-copilot/' },
    },
    {
      name: 'pure-core-touches-no-outside-world',
      severity: 'error',
      from: { path: pure },
      to: {
        path: '^(node:)?(fs|fs/promises|net|http|https|child_process|dns|os|worker_threads|timers|timers/promises)$',
      },
    },
    {
      // What breaks the runner must not break what ends the runner's faults (docs/decisions/030-independent-stop.md).
      name: 'the-independent-stop-shares-no-finish-with-the-runner',
      severity: 'error',
      from: { path: '^(lib/(run|aws)/independent/|lambdas/(stop|halt))' },
      to: {
        path: [
          '^lib/run/(admit|baseline|build-journal|conclude|confirm-targets|end-fault|gather-so-far|judge-record|lease|observe-|recover|residue|roll-back|run-step|runner|start-stage|stop-fault|summary|traffic|undo-ledger)',
          '^lib/run/admission/',
          '^lib/aws/(aws-notifier|aws-ports|dynamo-halts|dynamo-leases|fis-fault-injector|fis-start|s3-run-store)',
        ],
        reachable: true,
      },
    },
    {
      name: 'what-runs-takes-the-small-zod',
      comment:
        'all of zod is 85 kB and more of a function, zod/mini a third of that: schemas of what a run reads are written with it',
      severity: 'error',
      from: { path: '^(lib/(steady-state|run|probing|aws|report|game-day-page)|lambdas)/' },
      to: { path: 'node_modules/zod/index', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-language-depends-on-zod-alone',
      severity: 'error',
      from: { path: '^lib/(fis|experiment)/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
