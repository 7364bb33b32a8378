import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { gameDaySchema } from '../../lib/experiment/game-day.ts';
import { labSchema } from '../../lib/experiment/lab.ts';
import { problemsOfGameDay } from '../../lib/game-day/problems.ts';
import { changed, told } from '../definitions/told.ts';
import { slowDatabase } from '../plan/examples.ts';
import { knownDefinitions, slowDay } from './examples.ts';

type Change = readonly [path: readonly (string | number)[], value: unknown];

const problemsWith = (changes: readonly Change[], project = knownDefinitions()): string[] => {
  const definition = changes.reduce<unknown>((all, [path, value]) => changed(all, path, value), slowDay);
  return problemsOfGameDay({ gameDay: gameDaySchema.parse(definition), project }).map(
    ({ path, message, severity }) => `${severity === 'note' ? 'note ' : ''}${path.join('.')}: ${message}`,
  );
};

const roles = ['environments', 'staging', 'roles'];
const arn = (name: string) => `arn:aws:iam::111111111111:role/${name}`;

describe('a game day', () => {
  it('that names only what there is has no problem, also with an experiment in it twice', () => {
    expect(problemsWith([])).toEqual([]);
  });

  it('tells what nothing is called', () => {
    const people = { roles: slowDay.environments.staging.roles };
    const wrong: Change[] = [
      [['lab'], 'shpo'],
      [['environments', 'stagin'], people],
      [['stages', 1, 'experiment'], 'slow-databas'],
    ];
    expect(problemsWith(wrong)).toEqual([
      "environments.stagin: no environment is called 'stagin'",
      "lab: no lab is called 'shpo'",
      "stages.1.experiment: no experiment is called 'slow-databas'",
    ]);
  });

  it('says of what has problems of its own that these are mended first', () => {
    const project = { ...knownDefinitions([]), isBroken: () => true };
    expect(problemsWith([], project)[0]).toMatch(
      /^stages.0.experiment: the experiment .* has problems of its own/,
    );
  });

  it.each([
    [['stages', 0, 'stage'], 4, "stages.0.stage: 'slow-database' has 3 stages, and no 4"],
    [['stages', 0, 'set'], { delay: '1s' }, "stages.0.set.delay: 'slow-database' opens no 'delay'"],
    [
      ['stages', 0, 'predictions', 'fast', 'shownBy'],
      'products.p99',
      "stages.0.predictions.fast.shownBy: 'slow-database' has no tolerance 'products.p99'",
    ],
  ] as const)('tells what the experiment of a stage does not have (%j)', (path, value, problem) => {
    expect(problemsWith([[path, value]])).toEqual([problem]);
  });

  it('takes only values that an experiment opens', () => {
    const opening = {
      ...slowDatabase,
      opens: { delay: ['500ms', '1s'] },
      faults: {
        slow: {
          ...slowDatabase.faults.slow,
          parameters: { delay: { opened: 'delay' }, to: ['database'] },
        },
      },
    } satisfies ExperimentDefinition;
    const project = knownDefinitions([opening]);
    expect(problemsWith([[['stages', 0, 'set'], { delay: '1s' }]], project)).toEqual([]);
    expect(problemsWith([[['stages', 0, 'set'], { delay: '2s', delai: '1s' }]], project)).toEqual([
      "stages.0.set.delay: '2s' is none of the values that 'slow-database' opens as 'delay': 500ms, 1s",
      "stages.0.set.delai: 'slow-database' opens no 'delai'",
    ]);
  });

  it('takes place where its experiments do', () => {
    const { environments: _, ...rehearsed } = slowDatabase;
    const elsewhere = { ...slowDatabase, lab: 'market' };
    expect(problemsWith([], knownDefinitions([rehearsed]))).toMatchObject([
      "stages.0.experiment: 'slow-database' is not deployed in environment 'staging', where the game day takes place",
      "stages.1.experiment: 'slow-database' is not deployed in environment 'staging', where the game day takes place",
    ]);
    expect(problemsWith([], knownDefinitions([elsewhere]))[0]).toBe(
      "stages.0.experiment: 'slow-database' is rehearsed in the lab 'market', and the game day in the lab 'shop'",
    );
  });

  it('counts on guards that are there', () => {
    expect(problemsWith([[['guards'], ['shopErors']]])).toEqual([
      "guards.0: no guard is called 'shopErors' in environment 'staging'",
      "guards.0: no guard is called 'shopErors' in lab 'shop'",
    ]);
  });

  it.each([
    [
      'shop-is-down',
      [
        "note {}: no guard or alarm is called 'shop-is-down' in environment 'staging': it is taken for the name of an alarm there",
        "note {}: 'shop-is-down' is an alarm of AWS, so that rehearsals in lab 'shop' do not wait for it",
      ],
    ],
    [
      'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop',
      [
        "note {}: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop' is an alarm of AWS, so that rehearsals in lab 'shop' do not wait for it",
      ],
    ],
    [
      'arn:aws:sns:eu-west-1:111111111111:shop',
      [
        "{}: 'arn:aws:sns:eu-west-1:111111111111:shop' is no alarm",
        "{}: 'arn:aws:sns:eu-west-1:111111111111:shop' is no alarm",
      ],
    ],
  ])('awaits alarms that can be heard (%s)', (alarm, expected) => {
    const place = 'stages.1.alerts.errors.alarm';
    expect(problemsWith([[place.split('.').map((step) => (step === '1' ? 1 : step)), alarm]])).toEqual(
      expected.map((text) => text.replace('{}', place)),
    );
  });

  it('refuses alarms of another account or Region', () => {
    const alarm = 'arn:aws:cloudwatch:eu-central-1:111111111111:alarm:shop';
    expect(
      problemsWith([
        [['lab'], undefined],
        [['stages', 1, 'alerts', 'errors', 'alarm'], alarm],
      ]),
    ).toEqual([
      `stages.1.alerts.errors.alarm: '${alarm}' is an alarm of account 111111111111 in eu-central-1, of which environment 'staging' hears nothing`,
    ]);
  });

  it('needs an operator, and somebody else who may approve', () => {
    expect(problemsWith([[[...roles, 'operator'], undefined]])).toEqual([
      'environments.staging.roles: nobody is operator, so that nothing could be proposed',
    ]);
    expect(problemsWith([[[...roles, 'onCall'], undefined]])).toEqual([
      'environments.staging.roles: nobody could approve a stage: nobody is onCall',
    ]);
    expect(problemsWith([[['approvals', 'go'], ['operator']]])).toEqual([
      'approvals.go: the operator proposes, and would approve it as well: nobody else may',
    ]);
  });

  it('lets nobody be both operator and approver, by pattern neither', () => {
    expect(
      problemsWith([
        [
          [...roles, 'onCall'],
          [arn('people'), arn('team/Game-Day-Operator')],
        ],
      ]),
    ).toEqual([
      `environments.staging.roles.onCall.1: '${arn('team/Game-Day-Operator')}' may act as operator too, and could approve what it proposed itself`,
    ]);
    expect(problemsWith([[[...roles, 'observer'], [arn('game-day-*')]]])).toHaveLength(1);
    // Who only writes things down may be the operator.
    expect(problemsWith([[[...roles, 'scribe'], [arn('game-day-operator')]]])).toEqual([]);
  });

  it('names alarms that call people, in an environment and where its lab plays them', () => {
    const alert: Change = [['stages', 1, 'alerts', 'errors', 'alarm'], 'pager'];
    const withAlarms = (lab: Record<string, unknown>, environment: Record<string, string>) => {
      const known = knownDefinitions();
      return {
        ...known,
        environments: known.environments.map((one) => ({
          ...one,
          parsed: environmentSchema.parse({ ...one.definition, alarms: environment }),
        })),
        labs: known.labs.map((one) => ({
          ...one,
          parsed: labSchema.parse({ ...one.definition, alarms: lab }),
        })),
      };
    };
    const rule = { metric: 'errorRate', above: 0.5 };
    expect(problemsWith([alert], withAlarms({ pager: rule }, { pager: 'shop-pager' }))).toEqual([]);
    expect(problemsWith([alert], withAlarms({}, { pager: 'shop-pager' }))).toEqual([
      "note stages.1.alerts.errors.alarm: 'pager' is an alarm of AWS, so that rehearsals in lab 'shop' do not wait for it",
    ]);
    expect(problemsWith([alert], withAlarms({ pager: rule }, {}))).toEqual([
      "stages.1.alerts.errors.alarm: no alarm is called 'pager' in environment 'staging'",
    ]);
    const elsewhere = 'arn:aws:cloudwatch:us-east-1:111111111111:alarm:pager';
    expect(problemsWith([alert], withAlarms({ pager: rule }, { pager: elsewhere }))).toEqual([
      `stages.1.alerts.errors.alarm: '${elsewhere}' is an alarm of account 111111111111 in us-east-1, of which environment 'staging' hears nothing`,
    ]);
  });

  it('has time for all of its stages', () => {
    expect(problemsWith([[['times', 'experiment'], '15m']])[0]).toMatch(
      /^times.experiment: the stages may take .* in environment 'staging', and the experiment ends after 15 min: the last would never be offered/,
    );
  });
});

describe('the schema of game days', () => {
  it('tells of keys that are names which of them there are', () => {
    expect(told('gameDay', changed(slowDay, [...roles, 'boss'], [arn('x')]))).toEqual([
      "environments.staging.roles.boss: there is no key 'boss' here (known here: operator, observer, onCall, scribe)",
    ]);
  });

  it('tells slips with what was meant, and who cannot be meant', () => {
    const wrong = [
      [['blastRaduis'], 'x'],
      [['timeZone'], 'Europe/Dubln'],
      [['stages', 0, 'predictions', 'fast', 'shownBy'], 'p95'],
      [
        [...roles, 'operator'],
        ['arn:aws:sts::111111111111:assumed-role/x/y', arn('team/*')],
      ],
      [[...roles, 'scribbler'], [arn('x')]],
      [[...roles, 'oncall'], [arn('x')]],
      [[...roles, 'observer'], ['*']],
      [['stages', 1, 'stage'], 0],
      [['cadence'], 'weekly'],
    ] as const;
    const definition = wrong.reduce<unknown>((all, [path, value]) => changed(all, path, value), slowDay);
    expect(
      told('gameDay', definition).map((text) => text.split(': ').slice(0, 2).join(': ')),
    ).toMatchInlineSnapshot(`
      [
        "stages.0.predictions.fast.shownBy: write a probe and one of its tolerances, such as 'orders.errorRate'",
        "stages.1.stage: is no stage",
        "timeZone: 'Europe/Dubln' is no IANA time zone",
        "cadence: 'weekly' is none of monthly, quarterly (known here",
        "environments.staging.roles.operator.0: 'arn:aws:sts::111111111111:assumed-role/x/y' is no IAM role or user",
        "environments.staging.roles.operator.1: 'arn:aws:iam::111111111111:role/team/*' may be anybody",
        "environments.staging.roles.observer.0: '*' is no IAM role or user",
        "environments.staging.roles.scribbler: there is no key 'scribbler' here (known here",
        "environments.staging.roles.oncall: there is no key 'oncall' here (did you mean 'onCall'?)",
        "blastRaduis: there is no key 'blastRaduis' here (did you mean 'blastRadius'?)",
      ]
    `);
  });

  it('is of game days that take place somewhere', () => {
    const { lab: _, environments: __, ...nowhere } = slowDay;
    expect(told('gameDay', nowhere)).toEqual([
      'lab: takes place nowhere: name a lab to rehearse in, or environments to deploy to',
    ]);
  });

  it('judges the rest of a broken one', () => {
    expect(told('gameDay', changed(changed(slowDay, ['stages', 0], 'x'), ['title'], undefined))).toHaveLength(
      2,
    );
  });
});
