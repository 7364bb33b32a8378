import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../lib/definitions/check-experiment.ts';
import { checkGameDay } from '../../lib/definitions/check-game-day.ts';
import { loadProject } from '../../lib/definitions/project.ts';
import { selectorOf } from '../../lib/experiment/fault-parts.ts';
import { targetsOf } from '../../lib/game-day/known-definitions.ts';
import { planGameDay } from '../../lib/game-day/plan-game-day.ts';

const root = join(import.meta.dirname, '..', '..');
const project = await loadProject(root);
const readme = readFileSync(join(root, 'experiments', 'README.md'), 'utf8');
const each = project.experiments.map((experiment) => [experiment.id, experiment] as const);

/** What teams meet most, by the action that brings it about. */
const met = {
  'half the ECS tasks stopped': 'aws:ecs:stop-task',
  'task network latency': 'aws:ecs:task-network-latency',
  'a process that stands still': 'lab:freeze',
  'packet loss': 'aws:ecs:task-network-packet-loss',
  'a database that fails over': 'aws:rds:failover-db-cluster',
  'late Lambda functions': 'aws:lambda:invocation-add-delay',
  'failing Lambda functions': 'aws:lambda:invocation-error',
  'instances of a zone without power': 'aws:ec2:stop-instances',
  'a cut link between zones': 'aws:network:disrupt-connectivity',
  'deleted pods': 'aws:eks:pod-delete',
  'a table that does not replicate': 'aws:dynamodb:global-table-pause-replication',
  'a cache without a zone': 'aws:elasticache:replicationgroup-interrupt-az-power',
  'Spot Instances taken back': 'aws:ec2:send-spot-instance-interruptions',
  'a throttled AWS API': 'aws:fis:inject-api-throttle-error',
};

describe('the ready experiments', () => {
  it.each(Object.entries(met))('hold one of %s', (_what, action) => {
    const actions = project.experiments.flatMap(({ parsed }) =>
      Object.values(parsed.faults).map((fault) => fault.action),
    );
    expect(actions).toContain(action);
  });

  it.each(each)('pass check without a problem: %s', (_id, experiment) => {
    const wrong = checkExperiment(experiment, project).filter(({ severity }) => severity !== 'note');
    expect(wrong).toEqual([]);
  });

  it.each(each)(
    'say what they teach, what they hit, what ends them and when they are back: %s',
    (id, { parsed }) => {
      expect(parsed.description?.length ?? 0).toBeGreaterThan(100);
      expect(parsed.hypothesis).toMatch(/^If .+, .+\.$/);
      expect(parsed.guards?.length ?? 0).toBeGreaterThan(0);
      expect(parsed.recovery.objective.ms).toBeGreaterThan(0);
      for (const fault of Object.values(parsed.faults)) expect(selectorOf(fault)?.service ?? '').not.toBe('');
      const paragraph = readme.split('\n\n').find((one) => one.startsWith(`**[${id}](${id}.ts)**`));
      expect(paragraph?.length ?? 0).toBeGreaterThan(150);
    },
  );

  it('are deployed to no production but by those that say so', () => {
    const inProduction = project.experiments.filter(
      ({ parsed }) => parsed.environments?.['production'] !== undefined,
    );
    expect(inProduction.map(({ id }) => id)).toEqual(['slow-database']);
  });
});

describe('the ready game days', () => {
  const gameDays = project.gameDays.map((gameDay) => [gameDay.id, gameDay] as const);

  it('hold one of a payment service that goes down', () => {
    expect(gameDays.map(([id]) => id)).toContain('payment-down');
  });

  it.each(gameDays)('can take place in all that they name, and say what is foretold: %s', (id, gameDay) => {
    const { definition, parsed } = gameDay;
    expect(checkGameDay(gameDay, project).filter(({ severity }) => severity !== 'note')).toEqual([]);
    const { targets, problems } = targetsOf(parsed, project);
    expect(problems).toEqual([]);
    expect(targets.map(({ kind }) => kind).toSorted()).toEqual(['environment', 'lab']);
    for (const target of targets) {
      const input = planGameDay({
        definition,
        gameDay: parsed,
        target,
        experiments: project.experiments,
      });
      for (const { predictions } of input.stages) {
        const shown = Object.values(predictions).filter(({ shownBy }) => shownBy !== undefined);
        expect(shown.length).toBeGreaterThan(0);
      }
    }
    expect(parsed.description?.length ?? 0).toBeGreaterThan(100);
    expect(parsed.cadence).toBeDefined();
    const paragraph = readme.split('\n\n').find((one) => one.startsWith(`**[${id}](game-days/${id}.ts)**`));
    expect(paragraph?.length ?? 0).toBeGreaterThan(150);
  });
});
