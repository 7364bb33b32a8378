import { describe, expect, it } from 'vitest';
import type { EnvironmentStatement } from '../../lib/cdk/environment-statement.ts';
import {
  approverStatements,
  operatorStatements,
  viewerStatements,
} from '../../lib/cdk/environment-statements.ts';
import { gameDayRoleStatements } from '../../lib/cdk/game-day/role-statements.ts';
import type { RoleName } from '../../lib/experiment/role-names.ts';
import { environmentNames } from '../../lib/plan/environment-names.ts';
import { slowDay } from '../cdk/game-day/example.ts';
import { synthesize } from '../cdk/synthesis.ts';
import { slowDatabase, staging } from '../plan/examples.ts';
import { requestOf } from './ask-request.ts';
import type { Ask } from './calls/asking.ts';
import type { Caller } from './request.ts';
import { isAllowed, type Statement } from './simulate.ts';

const names = environmentNames(staging);
const { account, region } = staging;
const caller: Caller = { roleArn: `arn:aws:iam::${account}:role/somebody`, account, region };

const statementsOf = (statements: readonly EnvironmentStatement[]): Statement[] =>
  statements.map(
    ({ sid, effect, actions, resources, conditions }): Statement => ({
      Sid: sid,
      Effect: effect ?? 'Allow',
      Action: actions,
      Resource: resources,
      ...(conditions === undefined ? {} : { Condition: conditions }),
    }),
  );

const inRole = (role: RoleName) => statementsOf(gameDayRoleStatements(names, role, ['observer', 'onCall']));

/** Somebody who may do everything besides. */
const everything: Statement = { Effect: 'Allow', Action: ['*'], Resource: ['*'] };

const may = async (statements: readonly Statement[], ask: Ask) =>
  isAllowed(statements, await requestOf(ask, caller), caller);

const invoke = (name: string, viaUrl?: boolean): Ask => ({
  action: 'lambda:InvokeFunction',
  on: ['function', { FunctionName: `steadfast-staging-${name}` }],
  ...(viaUrl === undefined ? {} : { context: { 'lambda:InvokedViaFunctionUrl': String(viaUrl) } }),
});

const write = (call: string, partition: string): Ask => ({
  action: `dynamodb:${call}`,
  on: ['table', { TableName: 'steadfast-staging' }],
  context: { 'dynamodb:LeadingKeys': [partition] },
});

const edition = { StateMachineName: 'steadfast-gameday-staging-slow-day', ExecutionId: 'one' };
const start: Ask = { action: 'states:StartExecution', on: ['statemachine', edition] };
const stop: Ask = { action: 'states:StopExecution', on: ['execution', edition] };
const sign = (alias = names.evidenceAlias): Ask => ({
  action: 'kms:Sign',
  on: ['key', { KeyId: '1234' }],
  context: { 'kms:ResourceAliases': [alias] },
});

const roles = ['operator', 'observer', 'onCall', 'scribe'] as const;

describe('whoever acts in a role of game days', () => {
  it.each(roles)('calls the widget of that role and no other: %s', async (role) => {
    for (const other of roles)
      expect([other, await may(inRole(role), invoke(`view-${other}`))]).toEqual([other, other === role]);
  });

  it.each(roles)('calls the desk by its URL and never past it, whatever else they may: %s', async (role) => {
    expect(await may(inRole(role), invoke('desk', true))).toBe(true);
    for (const viaUrl of [false, undefined]) {
      expect(await may(inRole(role), invoke('desk', viaUrl))).toBe(false);
      expect(await may([...inRole(role), everything], invoke('desk', viaUrl))).toBe(false);
    }
  });

  it.each(roles)('writes nothing of what game days write, whatever else they may: %s', async (role) => {
    for (const partition of ['GAMEDAYAPPROVAL', 'GAMEDAY#slow-day', 'GAMEDAY#EDITIONS'])
      for (const call of ['PutItem', 'UpdateItem', 'DeleteItem'])
        expect(await may([...inRole(role), everything], write(call, partition))).toBe(false);
    // The denial is of that alone.
    expect(await may([...inRole(role), everything], write('PutItem', 'PAUSE'))).toBe(true);
  });

  it.each(roles)('pulls the kill switch: %s', async (role) => {
    const killSwitch = { StateMachineName: 'steadfast-halt-staging' };
    expect(await may(inRole(role), { action: start.action, on: ['statemachine', killSwitch] })).toBe(true);
  });

  it.each(roles)('reads evidence and the journals that are part of it, and writes none: %s', async (role) => {
    const object = (ObjectName: string) =>
      ['object', { BucketName: 'steadfast-staging-111111111111', ObjectName }] as const;
    for (const key of ['game-days/one/input.json', 'runs/one/journal.json']) {
      expect(await may(inRole(role), { action: 's3:GetObject', on: object(key) })).toBe(true);
      expect(await may(inRole(role), { action: 's3:PutObject', on: object(key) })).toBe(false);
    }
    expect(await may(inRole(role), { action: 's3:GetObject', on: object('campaigns/one') })).toBe(false);
  });

  it('begins and ends editions as the operator alone', async () => {
    for (const role of roles) {
      expect([role, await may(inRole(role), start)]).toEqual([role, role === 'operator']);
      expect([role, await may(inRole(role), stop)]).toEqual([role, role === 'operator']);
    }
  });

  it('signs evidence as the operator or the scribe, with the key of evidence', async () => {
    for (const role of roles) {
      const signs = role === 'operator' || role === 'scribe';
      expect([role, await may(inRole(role), sign())]).toEqual([role, signs]);
      expect(await may(inRole(role), sign('alias/another'))).toBe(false);
    }
  });

  it('calls no widget of an approver as the operator, whatever else they may', async () => {
    for (const role of ['observer', 'onCall'])
      expect(await may([...inRole('operator'), everything], invoke(`view-${role}`))).toBe(false);
    expect(await may([...inRole('operator'), everything], invoke('view-operator'))).toBe(true);
  });
});

describe.each([
  ['viewers', viewerStatements],
  ['approvers', approverStatements],
  ['operators', operatorStatements],
])('%s of an environment', (_, of) => {
  const statements = statementsOf(of(names));

  it('neither answer for game days nor write their logs', async () => {
    for (const partition of ['GAMEDAYAPPROVAL', 'GAMEDAY#slow-day'])
      for (const call of ['PutItem', 'UpdateItem', 'DeleteItem'])
        expect(await may(statements, write(call, partition))).toBe(false);
  });

  it('neither begin nor end editions, nor press what a role may', async () => {
    for (const ask of [
      start,
      stop,
      sign(),
      invoke('desk', true),
      ...roles.map((role) => invoke(`view-${role}`)),
    ])
      expect([ask.action, await may(statements, ask)]).toEqual([ask.action, false]);
  });
});

describe('the policies of all stacks', () => {
  it('let nobody send a task token, for there is none', () => {
    const stacks = synthesize({
      experiments: [{ ...slowDatabase, environments: { staging: {} } }],
      gameDays: [slowDay],
    });
    const text = JSON.stringify([...stacks.values()]);
    expect(text).toContain('states:StartExecution');
    expect(text).not.toMatch(/states:(SendTask|Send\*|\*)|waitForTaskToken|Task\.Token/);
  });
});
