import { describe, expect, it } from 'vitest';
import { type ExperimentDefinition, experimentSchema } from '../../lib/experiment/experiment.ts';
import { problemsOf } from '../../lib/plan/problems.ts';
import {
  environmentTarget,
  labTarget,
  problemsIn,
  shopLab,
  slowDatabase,
  staging,
  stopTasks,
} from './examples.ts';

type Stage = ExperimentDefinition['stages'][number];

const withSelector = (selector: object) => ({
  ...stopTasks,
  faults: { stop: { action: 'aws:ecs:stop-task' as const, selector } },
});
const withLatency = (parameters: object) => ({
  ...slowDatabase,
  faults: { slow: { ...slowDatabase.faults.slow, parameters } },
});
const production = environmentTarget({ ...staging, production: true });

describe('names', () => {
  it('are all resolved in the examples', () => {
    expect(problemsIn(slowDatabase)).toEqual([]);
    expect(problemsIn(slowDatabase, labTarget())).toEqual([]);
  });

  it('must resolve wherever an experiment uses them', () => {
    const definition = {
      ...slowDatabase,
      steadyState: {
        shop: {
          http: { service: 'web', path: '/', headers: { authorization: { secret: 'token' } } },
          tolerances: { errorRate: { below: '1%' } },
        },
        queue: { metric: 'depth', tolerances: { value: { below: 10 } } },
        quiet: { alarm: 'orders' },
        tasks: { ecsService: { service: 'web', shareOf: 'running' }, tolerances: { value: { above: 0.5 } } },
        looked: { lambda: { function: 'look' }, tolerances: { value: { below: 1 } } },
      },
      proofs: { back: { http: { service: 'web', path: '/' }, tolerances: { errorRate: { below: '1%' } } } },
      faults: { slow: { ...slowDatabase.faults.slow, parameters: { to: ['cache'] } } },
      guards: ['orders'],
      rollbacks: {
        flush: { lambda: { function: 'flush' }, provenBy: 'back' },
        restart: { ssmAutomation: { document: 'restart' }, provenBy: 'back' },
        reset: { http: { service: 'admin', path: '/reset' }, provenBy: 'back' },
      },
    } satisfies ExperimentDefinition;
    expect(problemsIn(definition)).toEqual([
      'unknown-name steadyState.shop.http.service',
      'unknown-name steadyState.shop.http.headers.authorization.secret',
      'unknown-name steadyState.queue.metric',
      'unknown-name steadyState.quiet.alarm',
      'unknown-name steadyState.tasks.ecsService.service',
      'unknown-name steadyState.looked.lambda.function',
      'unknown-name proofs.back.http.service',
      'unknown-name faults.slow.parameters.to.0',
      'unknown-name guards.0',
      'unknown-name rollbacks.flush.lambda.function',
      'unknown-name rollbacks.restart.ssmAutomation.document',
      'unknown-name rollbacks.reset.http.service',
    ]);
  });

  it('come with the environment and with what would have been accepted', () => {
    const [problem] = problemsOf(
      experimentSchema.parse({ ...slowDatabase, guards: ['shopError'] }),
      environmentTarget(),
    );
    expect(problem).toMatchObject({
      message: "no guard is called 'shopError' in environment 'staging'",
      candidates: ['shopErrors'],
    });
  });

  it('are only noted where a lab says that it cannot play them', () => {
    const lab = labTarget({
      ...shopLab,
      services: { ...shopLab.services, database: { notRehearsable: 'a mainframe' } },
    });
    const problems = problemsOf(experimentSchema.parse(slowDatabase), lab);
    expect(problems).toMatchObject([
      {
        code: 'not-rehearsable',
        severity: 'note',
        message: "lab 'shop' cannot play the service 'database': a mainframe",
      },
    ]);
  });

  it('of secrets resolve in any lab, which reads them from environment variables', () => {
    const http = { service: 'shop', path: '/', headers: { authorization: { secret: 'token' } } };
    const steadyState = { shop: { http, tolerances: { errorRate: { below: '1%' as const } } } };
    expect(problemsIn({ ...slowDatabase, steadyState }, labTarget())).toEqual([]);
  });

  it('of a service that is asked need its URL', () => {
    const steadyState = {
      db: { http: { service: 'database', path: '/' }, tolerances: { errorRate: { below: '1%' as const } } },
    };
    expect(problemsIn({ ...slowDatabase, steadyState })).toEqual(['no-url steadyState.db.http.service']);
    expect(problemsIn({ ...slowDatabase, steadyState }, labTarget())).toEqual([
      'no-url steadyState.db.http.service',
    ]);
  });
});

describe('selectors', () => {
  it.each([
    [
      'the environment tag',
      { service: 'shop', tags: { Env: 'production' } },
      'environment-tag faults.stop.selector.tags.Env',
    ],
    [
      'a tag that the service has otherwise',
      { service: 'shop', tags: { Service: 'cart' } },
      'conflicting-tags faults.stop.selector.tags.Service',
    ],
    ['a service without tasks', { service: 'database' }, 'not-selectable faults.stop.selector.service'],
  ])('may not name %s', (_, selector, problem) => {
    expect(problemsIn(withSelector(selector))).toEqual([problem]);
  });

  it('that name nothing but the environment tag select everything, and are refused for both', () => {
    expect(problemsIn(withSelector({ tags: { Env: 'staging' } }))).toEqual([
      'environment-tag faults.stop.selector.tags.Env',
      'selects-everything faults.stop.selector',
    ]);
  });

  it('may not name a service whose resources no tag tells apart', () => {
    const { tags: _, ...shop } = staging.services.shop;
    const target = environmentTarget({ ...staging, services: { ...staging.services, shop } });
    expect(problemsIn(stopTasks, target)).toEqual(['not-selectable faults.stop.selector.service']);
  });

  it('must name the service where the environment has tasks of both launch types', () => {
    const cart = {
      tags: { Service: 'cart' },
      ecs: { cluster: 'staging', service: 'cart', launchType: 'ec2' as const },
    };
    const target = environmentTarget({ ...staging, services: { ...staging.services, cart } });
    const slow = { ...slowDatabase.faults.slow, selector: { tags: { Color: 'blue' } } };
    expect(problemsIn({ ...slowDatabase, faults: { slow } }, target)).toEqual([
      'launch-type faults.slow.selector',
    ]);
    expect(problemsIn({ ...slowDatabase, faults: { slow } })).toEqual([]);
  });

  it('of network faults need a link in a lab', () => {
    const lab = labTarget({
      ...shopLab,
      services: { ...shopLab.services, shop: { ...shopLab.services.shop, uses: [] } },
    });
    expect(problemsIn(slowDatabase, lab)).toEqual(['no-link faults.slow.parameters.to.0']);
  });
});

describe('parameters', () => {
  it.each([
    ['a fraction of a millisecond', { delay: '0.5ms' }, 'whole-milliseconds faults.slow.parameters.delay'],
    ['a fraction of a percent', { flows: '12.5%' }, 'whole-percent faults.slow.parameters.flows'],
  ])('may not be %s', (_, parameters, problem) => {
    expect(problemsIn(withLatency(parameters))).toEqual([problem]);
  });

  it('are whole although binary fractions are not', () => {
    expect(problemsIn(withLatency({ delay: '1.001s' }))).toEqual([]);
  });

  it('need the host of every service that they name', () => {
    const target = environmentTarget({ ...staging, services: { ...staging.services, database: {} } });
    expect(problemsIn(slowDatabase, target)).toEqual(['no-host faults.slow.parameters.to.0']);
  });

  it.each([
    ['longer than FIS takes', `${'a'.repeat(1_025)}`, 'too-long'],
    ['with white space', 'a.example.com b.example.com', 'white-space'],
  ])('may not become hosts %s', (_, host, code) => {
    const target = environmentTarget({ ...staging, services: { ...staging.services, database: { host } } });
    expect(problemsIn(slowDatabase, target)).toEqual([`${code} faults.slow.parameters`]);
  });
});

describe('stages', () => {
  const withStage = (stage: Partial<Stage>, definition: ExperimentDefinition = slowDatabase) => ({
    ...definition,
    stages: [{ share: 'one' as const, duration: '2m' as const, ...stage }],
  });

  it.each([
    ['a fraction of a second', { duration: '1500ms' }, 'whole-seconds stages.0.duration'],
    ['no time at all', { duration: '0s' }, 'too-short stages.0.duration'],
    ['nothing', { share: '0%' }, 'empty-share stages.0.share'],
    ['a fraction of a percent', { share: '12.5%' }, 'whole-percent stages.0.share'],
  ] as const)('may not be %s', (_, stage, problem) => {
    expect(problemsIn(withStage(stage))).toEqual([problem]);
  });

  it('may be fractions of a second in a lab', () => {
    expect(problemsIn(withStage({ duration: '1500ms' }), labTarget())).toEqual([]);
  });

  it('must leave room for the minute that FIS waits first in production', () => {
    const definition = withStage({ duration: '12h' });
    expect(problemsIn(definition)).toEqual([]);
    expect(problemsIn(definition, production)).toEqual(['too-long stages.0.duration']);
  });

  it("are at least as long as FIS's shortest wait where only a wait holds them open", () => {
    expect(problemsIn(withStage({ duration: '30s' }, stopTasks))).toEqual(['too-short stages.0.duration']);
  });

  it('may take a share of the traffic only where the action can', () => {
    const share = { of: 'traffic', share: '10%' } as const;
    expect(problemsIn(withStage({ share }, stopTasks))).toEqual(['traffic-share stages.0.share']);
    expect(problemsIn(withStage({ share }, withLatency({ flows: '20%' })))).toEqual([
      'traffic-share faults.slow.parameters.flows',
    ]);
  });

  it('may hold as many faults as FIS runs at once, the wait included', () => {
    const faults = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`stop${n}`, stopTasks.faults.stop]));
    expect(problemsIn({ ...stopTasks, faults: faults(9) })).toEqual([]);
    expect(problemsIn({ ...stopTasks, faults: faults(10) })).toEqual(['too-many-faults faults']);
    expect(problemsIn({ ...stopTasks, faults: faults(20) })).toEqual(['too-many-faults faults']);
  });

  it('may not run two network faults on the same tasks', () => {
    const { slow } = slowDatabase.faults;
    const at = (availabilityZone: string) => ({ ...slow, selector: { service: 'shop', availabilityZone } });
    expect(problemsIn({ ...slowDatabase, faults: { slow, slower: slow } })).toEqual([
      'parallel-network-faults faults.slower',
    ]);
    expect(problemsIn({ ...slowDatabase, faults: { a: at('eu-west-1a'), b: at('eu-west-1b') } })).toEqual([]);
  });
});
