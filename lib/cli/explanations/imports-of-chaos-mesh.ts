import type { Area } from './explanation.ts';

/** What keeps a manifest of Chaos Mesh from becoming a definition. */
export const chaosMeshImports: Area = {
  id: 'imports-of-chaos-mesh',
  title: 'Problems of importing: manifests of Chaos Mesh',
  where: 'As `code` of a refusal of steadfast import.',
  docs: 'explanation/fences.md',
  codes: {
    'foreign-namespace': {
      means: 'A manifest names a namespace that the environment does not declare.',
      why: 'No fault reaches another namespace: it may be production’s.',
      mend: 'Write the namespace that the hint names.',
      example: 'namespaces: [shop]',
    },
    'other-cluster': {
      means: 'A manifest names another cluster.',
      why: 'Nothing would keep the fault within the environment.',
      mend: 'Remove it, and import it for the environment that has that cluster.',
      example: 'steadfast import chaos.yaml --env staging',
    },
    'no-scope': {
      means: 'A fault limits the names that fail in a way that Chaos Mesh 2 has no more.',
      why: 'All of them would fail.',
      mend: "Write the names as 'patterns'.",
      example: 'patterns: [database.example.com]',
    },
    'which-environment': {
      means: 'Several environments declare what a manifest selects.',
      why: 'An experiment that is taken for the wrong one hits the wrong one.',
      mend: 'Say which with --env.',
      example: 'steadfast import chaos.yaml --env staging',
    },
    'which-service': {
      means: 'Several services of the environment declare the pods that a manifest selects.',
      why: 'A lease is taken on the service that is hit: it has to be known.',
      mend: 'Say which with --map.',
      example: 'steadfast import chaos.yaml --map pod-kill=shop',
    },
    'unknown-mode': {
      means: 'A mode is none of Chaos Mesh.',
      why: 'It says how many pods are hit.',
      mend: 'Write one of those that the hint lists.',
      example: 'mode: one',
    },
    'no-value': {
      means: 'A mode lacks the number that it needs, or has one that it does not take.',
      why: 'It says how many pods are hit.',
      mend: 'Write how many are to be hit.',
      example: "mode: fixed-percent, value: '50'",
    },
    'no-schedule': {
      means: 'A schedule cannot be kept by EventBridge Scheduler.',
      why: 'It would start at other times than was meant.',
      mend: 'Write it as the hint shows, or remove it and start runs by hand.',
      example: "schedule: '@every 1h'",
      docs: 'how-to/schedule-runs.md',
    },
    'nothing-scheduled': {
      means: 'A Schedule schedules nothing that is taken in.',
      why: 'There would be nothing to run.',
      mend: 'Write one of the kinds that the hint lists, and what it is to do.',
      example: 'type: PodChaos',
    },
    'several-scheduled': {
      means: 'A schedule starts several experiments at once.',
      why: 'No two may touch the same service at once.',
      mend: 'Give each a time of its own, or order them in a campaign.',
      example: 'steadfast campaign plan --env staging',
      docs: 'how-to/run-a-campaign.md',
    },
    'nested-schedule': {
      means: 'A step of a workflow is a schedule.',
      why: 'A run has one beginning.',
      mend: 'Write it as a Schedule of its own.',
      example: 'kind: Schedule',
    },
    'no-task': {
      means: 'A step of a workflow runs a container of its own, whose result may decide what comes next.',
      why: 'No definition runs containers.',
      mend: 'Write what it undoes as a rollback, the load it makes as traffic, and what it decides as an approval.',
      example: "rollbacks: { flush: { lambda: { function: 'flush' }, provenBy: 'products' } }",
      docs: 'how-to/write-an-experiment.md',
    },
    'not-at-once': {
      means: 'A Parallel step holds what cannot go on at once.',
      why: 'Only faults, and checks beside them, are in one stage.',
      mend: 'Put the faults that belong together in a Parallel step, and the rest one after the other.',
      example: 'templateType: Serial',
    },
    'unknown-step': {
      means: 'A step names no template of the workflow, or is of a kind that is not taken in.',
      why: 'Nobody could say what it does.',
      mend: 'Write one of the kinds that the hint lists.',
      example: 'templateType: Serial',
    },
    endless: {
      means: 'A step of a workflow leads back to a step that it is part of.',
      why: 'It would never end.',
      mend: 'Write the steps out, one after the other.',
      example: 'templateType: Serial',
    },
    'too-many-steps': {
      means: 'A workflow has more steps than are taken in.',
      why: 'A run of all of them would last longer than a run may.',
      mend: 'Write the steps out, in several workflows.',
      example: 'templateType: Serial',
    },
  },
};
