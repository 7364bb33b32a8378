import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { faultSchema } from '../../lib/experiment/fault.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actionIds, actionServices, actions, findAction } from '../../lib/fis/catalogue.ts';
import { evidenceWords, worthOfFisWord } from '../../lib/fis/evidence.ts';
import { exampleFault, parameterFactsOf } from '../../lib/fis/parameter-facts.ts';
import { confinementWords } from '../../lib/fis/permission.ts';
import { referenceActions } from './reference.ts';

const all: readonly FisAction[] = actions;
const each = all.map((action) => [action.id, action] as const);

/** The parameters of FIS that a definition, a stage, a launch type, a service's pods or the catalogue itself gives. */
const givenBy = (action: FisAction): string[] => [
  ...Object.values(action.fisParameters).map(({ name }) => name),
  ...(action.durationParameter === undefined ? [] : [action.durationParameter]),
  ...Object.keys(action.launchTypeParameters?.fargate ?? {}),
  ...Object.keys(action.podParameters ?? {}),
];

describe('the catalogue', () => {
  it('holds every action that FIS has, once, and no other', () => {
    expect(actionIds.toSorted()).toEqual(Object.keys(referenceActions).toSorted());
    expect(actionIds).toHaveLength(50);
  });

  it('knows the service of each by its id', () => {
    expect(actionServices).toHaveLength(18);
    for (const { id, service } of all) expect(id.startsWith(`aws:${service}:`)).toBe(true);
  });

  it('finds an action by its id, and none of another name', () => {
    expect(findAction('aws:ecs:stop-task')?.title).toBe('Stops ECS tasks');
    expect(findAction('aws:ecs:stop-tasks')).toBeUndefined();
  });
});

describe.each(each)('%s', (id, action) => {
  const reference = referenceActions[id];

  it('has the target of the reference, and its limit', () => {
    const { maximum, ...target } = action.target ?? {};
    expect(action.target === undefined ? undefined : target).toEqual(reference?.target);
    expect(maximum).toBe(reference?.maximum);
  });

  it('gives every parameter that FIS takes, and no other', () => {
    expect([...new Set(givenBy(action))].toSorted()).toEqual(
      Object.keys(reference?.parameters ?? {}).toSorted(),
    );
  });

  it('never leaves a parameter out that FIS requires', () => {
    const always = [
      ...parameterFactsOf(action).flatMap(({ isRequired, fisName }) => (isRequired ? [fisName] : [])),
      ...(action.durationParameter === undefined ? [] : [action.durationParameter]),
      ...Object.keys(action.assumedParameters ?? {}),
      ...Object.keys(action.podParameters ?? {}),
    ];
    const required = Object.entries(reference?.parameters ?? {}).flatMap(([name, isRequired]) =>
      isRequired ? [name] : [],
    );
    expect(required.filter((name) => !always.includes(name))).toEqual([]);
  });

  it('has the permissions of the reference, and says how each is confined', () => {
    const given = action.permissions.map((permission) => permission.action);
    expect(reference?.permissions.filter((name) => !given.includes(name))).toEqual([]);
    for (const permission of action.permissions) expect(confinementWords(permission)).toMatch(/\w+ \w+/);
  });

  it('needs a permission of IAM or Kubernetes, unless it is a wait', () => {
    expect(action.permissions.length + (action.kubernetes?.length ?? 0) > 0).toBe(id !== 'aws:fis:wait');
  });

  it('names its evidence: an effect on the side of its targets, and what FIS has only its word for', () => {
    const { effect } = action.evidence;
    expect(effect).toMatch(/^[A-Za-z].*\w$/);
    expect(effect).not.toMatch(/FIS's own/);
    expect(worthOfFisWord(action.evidence).because).toMatch(/\w+ \w+ \w+/);
    const words = evidenceWords(action.evidence);
    expect(words[0]).toBe(effect);
    expect(words.join(' ')).toMatch(/is asked whether|which suffices:|which does not suffice:.*metric/);
  });

  it('describes every parameter, and knows how FIS takes it', () => {
    const names = parameterFactsOf(action).map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(action.fisParameters).toSorted());
    for (const { description } of parameterFactsOf(action)) expect(description).toMatch(/^[A-Z].*\.$/);
  });

  it('shows an example that a definition may hold', () => {
    expect(faultSchema.safeParse(exampleFault(action)).error?.issues ?? []).toEqual([]);
  });

  it('refuses a parameter that it does not have', () => {
    const parameters = { ...z.looseObject({}).parse(action.example), surprise: 1 };
    const parsed = faultSchema.safeParse({ ...exampleFault(action), parameters });
    expect(parsed.error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['surprise'], path: ['parameters'] },
    ]);
  });

  it('names a traffic share and assumed parameters by names that FIS knows', () => {
    const named = [action.trafficShareParameter ?? [], Object.keys(action.assumedParameters ?? {})].flat();
    expect(named.filter((name) => reference?.parameters[name] === undefined)).toEqual([]);
  });
});

describe("FIS's own word that a fault has reached its targets", () => {
  it.each([
    ['aws:ecs:stop-task', true],
    ['aws:ecs:task-network-latency', true],
    ['aws:lambda:invocation-error', false],
    ['aws:fis:inject-api-throttle-error', false],
    ['aws:kinesis:stream-expired-iterator-exception', false],
  ])('of %s suffices: %s', (id, suffices) => {
    const action = findAction(id);
    expect(action && worthOfFisWord(action.evidence).suffices).toBe(suffices);
  });
});

describe('what lasts at least so long', () => {
  it.each([
    ['aws:ebs:pause-volume-io', 1_000],
    ['aws:network:disrupt-connectivity', 60_000],
    ['aws:directconnect:virtual-interface-disconnect', 600_000],
    ['aws:ecs:task-network-latency', undefined],
  ])('%s', (id, leastMs) => {
    expect(findAction(id)?.leastDurationMs).toBe(leastMs);
  });
});

describe('the parameters of task-network-latency', () => {
  const parse = (parameters: unknown) =>
    faultSchema.safeParse({
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters,
    });

  it('are read as quantities', () => {
    expect(parse({ delay: '500ms', jitter: '0ms', to: ['database'], flows: '10%' }).data?.parameters).toEqual(
      {
        delay: { ms: 500, text: '500ms' },
        jitter: { ms: 0, text: '0ms' },
        to: ['database'],
        flows: { ratio: 0.1, text: '10%' },
      },
    );
  });

  it.each([{ delay: 500 }, { to: [] }, { to: [''] }, { flows: '101%' }, { latency: '1s' }])(
    'are not %j',
    (parameters) => {
      expect(parse(parameters).success).toBe(false);
    },
  );
});
